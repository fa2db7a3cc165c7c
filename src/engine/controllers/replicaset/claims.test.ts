/** Whose a Pod is: bare ones that match are adopted, and surplus ones go; a label taken off releases a Pod. */
import { expect, test } from 'vitest';
import { createPodRunner } from '../../../testing/pod-runner';
import { createWorld, type World } from '../../../testing/world';
import { controllerOf, type KubeObject } from '../../api/meta';
import type { Pod, ReplicaSet } from '../../api/types';

const podYaml = (name: string, labels: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: ${labels}}
spec: {containers: [{name: c, image: "app:0"}]}
`;
const frontYaml = (replicas: number): string => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: front}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {tier: front}}
  template:
    metadata: {labels: {tier: front}}
    spec: {containers: [{name: c, image: "app:1"}]}
`;

function start(documents: readonly string[]): World {
  return createWorld({
    nodes: 0,
    without: ['default-scheduler', 'node-lifecycle-controller', 'node-controller'],
    components: [createPodRunner({ nodes: ['n1'], goneAfterMs: 500 })],
    documents: ['\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\n', ...documents].join('---'),
  });
}

const pod = (world: World, name: string): Pod | undefined => world.find<Pod>('Pod', 'default', name);
const owned = (world: World): string[] =>
  world
    .list<Pod>('Pod')
    .filter((one) => controllerOf(one)?.name === 'front' && one.metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.name);
const create = (world: World, name: string): unknown =>
  world.client.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { tier: 'front' } },
    spec: { containers: [{ name: 'c', image: 'app:2' }] },
  } as KubeObject);
const relabel = (world: World, name: string, labels: Record<string, string>): void => {
  const before = world.get<Pod>('Pod', 'default', name);
  world.client.update({ ...before, metadata: { ...before.metadata, labels } });
};

test('a Pod that was there before counts, one that comes later is adopted and goes at once', () => {
  const world = start([podYaml('early', '{tier: front}')]);
  world.runUntil(5000);
  world.client.create(frontObject(2));
  world.runUntil(9000);
  expect(owned(world)).toHaveLength(2);
  expect(owned(world)).toContain('early');
  const before = owned(world);
  create(world, 'late');
  world.runUntil(9100);
  const done = world.steps().filter(({ actor, message }) => actor === 'replicaset-controller' && /late/.test(message));
  expect(done.map(({ message }) => message)).toEqual([
    'ReplicaSet front adopted late: its selector matches and nobody owned them',
    'Deleted Pod late, 1 of 1 that are too many',
  ]);
  world.runUntil(12_000);
  expect(pod(world, 'late')).toBeUndefined();
  expect(owned(world)).toEqual(before);
});

function frontObject(replicas: number): KubeObject {
  const template = { metadata: { labels: { tier: 'front' } }, spec: { containers: [{ name: 'c', image: 'app:1' }] } };
  const spec = { replicas, selector: { matchLabels: { tier: 'front' } }, template };
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'front', namespace: 'default' }, spec };
}

test('of more bare Pods than are wanted, all are adopted and the surplus goes by rank', () => {
  const world = start(['a', 'b', 'c', 'd'].map((name) => podYaml(name, '{tier: front}')));
  world.runUntil(4000);
  world.client.create(frontObject(1));
  world.runUntil(8000);
  expect(owned(world)).toHaveLength(1);
  expect(world.list('Pod')).toHaveLength(1);
});

test('a label taken off releases a Pod and a new one is made; put back, it is adopted again and one goes', () => {
  const world = start([podYaml('early', '{tier: front}'), frontYaml(2)]);
  world.runUntil(5000);
  expect(owned(world)).toContain('early');
  relabel(world, 'early', {});
  world.runUntil(8000);
  expect(pod(world, 'early')?.metadata.ownerReferences).toBeUndefined();
  expect(owned(world)).toHaveLength(2);
  expect(world.list('Pod')).toHaveLength(3);
  relabel(world, 'early', { tier: 'front' });
  world.runUntil(12_000);
  expect(owned(world)).toHaveLength(2);
  expect(world.list('Pod')).toHaveLength(2);
  expect(world.get<ReplicaSet>('ReplicaSet', 'default', 'front').status).toMatchObject({
    replicas: 2,
    readyReplicas: 2,
  });
});

test('orphaned, its Pods live on without an owner', () => {
  const world = start([podYaml('early', '{tier: front}'), frontYaml(2)]);
  world.runUntil(5000);
  world.client.delete('ReplicaSet', 'default', 'front', { propagationPolicy: 'Orphan' });
  world.runUntil(8000);
  expect(world.find('ReplicaSet', 'default', 'front')).toBeUndefined();
  expect(world.list<Pod>('Pod').map(({ metadata }) => metadata.ownerReferences)).toEqual([undefined, undefined]);
});

test('a Pod in another namespace that names the ReplicaSet is none of its own', () => {
  const namespace = '\napiVersion: v1\nkind: Namespace\nmetadata: {name: far}\n';
  const world = createWorld({
    nodes: 0,
    without: ['default-scheduler', 'node-lifecycle-controller', 'node-controller', 'garbage-collector-controller'],
    components: [createPodRunner({ nodes: ['n1'], goneAfterMs: 500 })],
    documents: ['\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\n', namespace, frontYaml(1)].join('---'),
  });
  world.runUntil(2000);
  const { uid = '' } = world.get<ReplicaSet>('ReplicaSet', 'default', 'front').metadata;
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'front', uid, controller: true }];
  world.client.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'foreign', namespace: 'far', labels: { tier: 'front' }, ownerReferences },
    spec: { containers: [{ name: 'c', image: 'app:2' }] },
  } as KubeObject);
  world.runUntil(4000);
  const replicaSet = world.get<ReplicaSet>('ReplicaSet', 'default', 'front');
  expect(replicaSet.status.replicas).toBe(1);
  world.client.update({ ...replicaSet, spec: { ...replicaSet.spec, replicas: 0 } });
  world.runUntil(9000);
  expect(world.list<Pod>('Pod').map(({ metadata }) => metadata.name)).toEqual(['foreign']);
});
