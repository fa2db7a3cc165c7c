import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { Pod } from '../../api/types';

const FLAGS = { 'kube-controller-manager': { 'terminated-pod-gc-threshold': 2 } };
/** What would bind the Pods of these tests, or judge their Nodes. */
const OTHERS = ['default-scheduler', 'node-lifecycle-controller', 'taint-eviction-controller'];

function newWorld(): World {
  const world = createWorld({
    nodes: 0,
    flags: FLAGS,
    without: OTHERS,
  });
  world.runFor(1);
  return world;
}

function makeNode(world: World, name: string): void {
  world.client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: {} });
}

function makePod(world: World, name: string, nodeName?: string, finalizers?: string[]): void {
  const metadata = { name, namespace: 'default', ...(finalizers ? { finalizers } : {}) };
  const spec = { ...(nodeName ? { nodeName } : {}), containers: [{ name: 'app', image: 'nginx' }] };
  world.client.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec });
}

function setPhase(world: World, name: string, phase: string, reason?: string): void {
  const pod = world.get<Pod>('Pod', 'default', name);
  world.client.updateStatus({ ...pod, status: { ...pod.status, phase, ...(reason ? { reason } : {}) } });
}

const names = (world: World) => world.list('Pod').map(({ metadata }) => metadata.name);
const pod = (world: World, name: string) => world.get<Pod>('Pod', 'default', name);

describe('pod garbage collector', () => {
  it('knows that a bound Pod is gone which went without being ended first', () => {
    const world = newWorld();
    makeNode(world, 'a');
    makePod(world, 'one', 'a');
    world.runFor(30_000);
    world.client.delete('Pod', 'default', 'one', { gracePeriodSeconds: 0 });
    // The next change has the cache compared with what is there.
    makePod(world, 'two', 'a');
    world.runFor(30_000);
    expect(names(world)).toEqual(['two']);
  });

  it('deletes the Pods of a Node that has been gone for forty seconds, and says so in their status', () => {
    const world = newWorld();
    makeNode(world, 'a');
    makeNode(world, 'b');
    makePod(world, 'on-a', 'a', ['example.com/hold']);
    makePod(world, 'on-b', 'b');
    world.client.delete('Node', undefined, 'a');
    world.runUntil(59_900);
    expect(pod(world, 'on-a').metadata.deletionTimestamp).toBeUndefined();
    world.runUntil(60_100);
    const { status, metadata } = pod(world, 'on-a');
    expect(metadata.deletionTimestamp).toBeDefined();
    expect(status.phase).toBe('Failed');
    expect(status.conditions?.at(-1)).toMatchObject({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
    });
    expect(pod(world, 'on-b').metadata.deletionTimestamp).toBeUndefined();
  });

  it('spares the Pods of a Node that comes back in time', () => {
    const world = newWorld();
    makeNode(world, 'a');
    makePod(world, 'p', 'a');
    world.client.delete('Node', undefined, 'a');
    world.runUntil(50_000);
    makeNode(world, 'a');
    world.runUntil(200_000);
    expect(names(world)).toEqual(['p']);
  });

  it('deletes Pods bound to a Node that never was', () => {
    const world = newWorld();
    makePod(world, 'p', 'nowhere');
    world.runUntil(61_000);
    expect(names(world)).toEqual([]);
  });

  it('deletes the finished Pods that are too many: evicted ones first, then by age and name', () => {
    const world = newWorld();
    for (const name of ['a', 'b', 'c', 'd', 'e']) makePod(world, name, undefined);
    for (const name of ['a', 'b', 'c']) setPhase(world, name, 'Succeeded');
    setPhase(world, 'd', 'Failed', 'Evicted');
    world.runUntil(21_000);
    expect(names(world)).toEqual(['b', 'c', 'e']);
  });

  it('deletes a terminating Pod that was never bound, as no kubelet will', () => {
    const world = newWorld();
    makePod(world, 'p', undefined, ['example.com/hold']);
    world.client.delete('Pod', 'default', 'p');
    world.runUntil(21_000);
    expect(pod(world, 'p').status.phase).toBe('Failed');
    expect(world.steps().at(-1)?.message).toContain('no kubelet will end it');
  });

  it('deletes the terminating Pods of a Node that is not ready and out of service', () => {
    const world = newWorld();
    makeNode(world, 'a');
    makePod(world, 'p', 'a');
    makePod(world, 'stays', 'a');
    world.client.delete('Pod', 'default', 'p', { gracePeriodSeconds: 30 });
    world.runUntil(21_000);
    expect(names(world)).toEqual(['p', 'stays']);
    const body = { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'x', effect: 'NoExecute' }] } };
    world.client.patch('Node', undefined, 'a', { type: 'merge', body });
    world.runUntil(41_000);
    expect(names(world)).toEqual(['stays']);
  });
});
