import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../testing/world';
import type { Node } from '../../api/types';
import { blockAfter, timeToLive } from './node-ipam-controller';

describe('Nodes that people make', () => {
  it('get a block after those of the scenario and the annotation, and are written once', () => {
    const world = createWorld({ nodes: 2 });
    world.runFor(100);
    world.client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'by-hand' } });
    world.runFor(1000);
    const node = world.get<Node>('Node', undefined, 'by-hand');
    expect(node.spec).toMatchObject({ podCIDR: '10.244.2.0/24', podCIDRs: ['10.244.2.0/24'] });
    expect(node.metadata.annotations).toMatchObject({ 'node.alpha.kubernetes.io/ttl': '0' });
    world.client.delete('Node', undefined, 'by-hand');
    world.client.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'another' },
      spec: { podCIDR: '10.9.0.0/24' },
    });
    world.client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'third' } });
    world.runFor(1000);
    const cidrOf = (name: string) => world.get<Node>('Node', undefined, name).spec.podCIDR;
    expect([cidrOf('another'), cidrOf('third')]).toEqual(['10.9.0.0/24', '10.244.3.0/24']);
  });

  it.each([
    [0, '10.244.0.0/24'],
    [255, '10.244.255.0/24'],
    [256, '10.245.0.0/24'],
  ])('after %i blocks comes %s', (given, block) => expect(blockAfter(given)).toBe(block));

  it.each([
    [100, '0'],
    [101, '15'],
    [501, '30'],
    [1001, '60'],
    [2001, '300'],
  ])('with %i Nodes the time is %s', (nodes, seconds) => expect(timeToLive(nodes)).toBe(seconds));
});
