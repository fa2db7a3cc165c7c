import { expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { CSINode, Node } from '../api/types';

it('every node has a CSINode of its own, which goes with it and takes no uid from what is drawn', () => {
  const world = createWorld({ nodes: [{ name: 'n1' }, { name: 'n2' }] });
  world.runUntil(100);
  const uidOf = (name: string) => world.get<Node>('Node', undefined, name).metadata.uid;
  const own = world.get<CSINode>('CSINode', undefined, 'n1');
  expect(own).toMatchObject({
    metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n1', uid: uidOf('n1') }] },
    spec: { drivers: null },
  });
  expect(new Set([own.metadata.uid, uidOf('n1'), world.get('CSINode', undefined, 'n2').metadata.uid]).size).toBe(3);
  world.client.delete('Node', undefined, 'n1');
  world.runUntil(5000);
  expect(world.list('CSINode').map(({ metadata }) => metadata.name)).toEqual(['n2']);
});
