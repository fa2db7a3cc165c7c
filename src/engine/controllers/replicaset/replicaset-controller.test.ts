/** ReplicaSets in the real engine, with a stand-in for scheduler and kubelets. */
import { expect, test } from 'vitest';
import { createPodRunner } from '../../../testing/pod-runner';
import { createWorld, manifests, type World } from '../../../testing/world';
import { controllerOf, type KubeObject } from '../../api/meta';
import { isPodActive } from '../../api/pod';
import type { CoreEvent, Pod, ReplicaSet } from '../../api/types';
import type { DerivedTrial } from '../../client/derived';

const NODES = ['node-a', 'node-b', 'node-c'];
const WITHOUT = ['default-scheduler', 'node-lifecycle-controller', 'node-controller'];

function replicaSetYaml(replicas: number, spec = '', podSpec = ''): string {
  return `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  ${spec}
  template:
    metadata: {labels: {app: web}}
    spec:
      ${podSpec}
      containers:
      - {name: app, image: "app:v1"}
`;
}

function podYaml(name: string, image = 'app:v1', annotations = '{}'): string {
  return `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}, annotations: ${annotations}}
spec:
  restartPolicy: Never
  containers:
  - {name: app, image: "${image}"}
`;
}

function start(documents: readonly string[], derivedTrial: DerivedTrial = 'verify'): World {
  const machines = NODES.map(
    (name) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
`,
  );
  return createWorld({
    nodes: 0,
    without: WITHOUT,
    components: [createPodRunner({ nodes: NODES })],
    derivedTrial,
    documents: [...machines, ...documents].join('---'),
  });
}

const web = (world: World): ReplicaSet => world.get<ReplicaSet>('ReplicaSet', 'default', 'web');
const pods = (world: World): Pod[] => world.list<Pod>('Pod');
const names = (world: World): string[] => pods(world).map(({ metadata }) => metadata.name);

function eventsOf(world: World, reason: string): string[] {
  return (world.events() as CoreEvent[]).filter((event) => event.reason === reason).map(({ message = '' }) => message);
}

test('Pods are made one per step, each caused by the reconcile that missed them', () => {
  const world = start([replicaSetYaml(3)]);
  world.runUntil(100);
  const steps = world.steps().filter(({ actor }) => actor === 'replicaset-controller');
  const [decision, ...rest] = steps;
  expect(decision?.message).toBe('ReplicaSet web has 0 of 3 Pods: creating 3');
  const creations = rest.filter(({ verb }) => verb === 'create');
  expect(creations.map(({ cause, time }) => [cause, time])).toEqual(Array(3).fill([decision?.step, decision?.time]));
  expect(eventsOf(world, 'SuccessfulCreate').sort()).toEqual(names(world).map((name) => `Created pod: ${name}`));
  for (const pod of pods(world)) {
    expect(pod.metadata.generateName).toBe('web-');
    expect(controllerOf(pod)).toMatchObject({ kind: 'ReplicaSet', name: 'web', blockOwnerDeletion: true });
  }
});

test('status and count follow the size up and down', () => {
  const world = start([replicaSetYaml(3)]);
  world.runUntil(3000);
  expect(web(world).status).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    terminatingReplicas: 0,
    observedGeneration: 1,
  });
  world.client.scale('ReplicaSet', 'default', 'web', 1);
  world.runUntil(6000);
  expect(pods(world)).toHaveLength(1);
  expect(web(world).status).toMatchObject({ replicas: 1, readyReplicas: 1, observedGeneration: 2 });
  expect(eventsOf(world, 'SuccessfulDelete')).toHaveLength(2);
  world.client.scale('ReplicaSet', 'default', 'web', 0);
  world.runUntil(9000);
  expect(web(world).status).toEqual({ replicas: 0, terminatingReplicas: 0, observedGeneration: 3 });
});

test('a refusal ends the slow start after its batch; the rest is tried again with growing delays', () => {
  const world = start([replicaSetYaml(10, '', 'serviceAccountName: missing')]);
  world.runUntil(1000);
  expect(pods(world)).toHaveLength(0);
  const [message] = eventsOf(world, 'FailedCreate');
  expect(message).toMatch(/^Error creating: pods "web-" is forbidden: .*serviceaccount "missing" not found/);
  const condition = web(world).status.conditions?.[0];
  expect(condition).toMatchObject({ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' });
  const attempts = world.steps().filter(({ message: text }) => text.startsWith('Could not create a Pod'));
  const times = attempts.map(({ time }) => time);
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
  expect(gaps.slice(-4)).toEqual([40, 80, 160, 320]);
  world.client.create({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'missing', namespace: 'default' },
  });
  world.runUntil(10_000);
  expect(pods(world)).toHaveLength(10);
  expect(web(world).status.conditions).toBeUndefined();
});

test('a running Pod that matches is adopted, and only the missing one is made', () => {
  const world = start([podYaml('orphan')]);
  world.runUntil(2000);
  world.client.create(manifest(2));
  world.runUntil(6000);
  expect(names(world)).toContain('orphan');
  expect(pods(world)).toHaveLength(2);
  expect(pods(world).every((pod) => controllerOf(pod)?.name === 'web')).toBe(true);
  expect(web(world).status).toMatchObject({ replicas: 2, readyReplicas: 2 });
});

function manifest(replicas: number): KubeObject {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:v1' }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } }, template },
  };
}

test('a Pod whose labels no longer match is released and replaced', () => {
  const world = start([replicaSetYaml(2)]);
  world.runUntil(3000);
  const [pod] = pods(world);
  world.client.update({ ...pod, metadata: { ...pod?.metadata, labels: { app: 'debug' } } } as Pod);
  world.runUntil(6000);
  expect(controllerOf(world.get('Pod', 'default', pod?.metadata.name ?? ''))).toBeUndefined();
  expect(pods(world)).toHaveLength(3);
  expect(web(world).status.replicas).toBe(2);
  world.client.update({
    ...world.get<Pod>('Pod', 'default', pod?.metadata.name ?? ''),
    metadata: { ...pod?.metadata, resourceVersion: undefined, ownerReferences: [] },
  } as unknown as Pod);
  world.runUntil(9000);
  expect(pods(world).filter(isPodActive)).toHaveLength(2);
});

test('a failed Pod is not counted and is replaced, yet stays', () => {
  const world = start([podYaml('task', 'fail:v1'), replicaSetYaml(1)]);
  world.runUntil(5000);
  expect(names(world)).toContain('task');
  expect(pods(world)).toHaveLength(2);
  expect(web(world).status.replicas).toBe(1);
});

test('the Pod with the lowest deletion cost goes first', () => {
  const cost = (value: string) => `{controller.kubernetes.io/pod-deletion-cost: "${value}"}`;
  const world = start([
    podYaml('cheap', 'app:v1', cost('-5')),
    podYaml('dear', 'app:v1', cost('10')),
    podYaml('plain'),
  ]);
  world.runUntil(3000);
  world.client.create(manifest(3));
  world.runUntil(5000);
  world.client.scale('ReplicaSet', 'default', 'web', 2);
  world.runUntil(8000);
  expect(names(world)).toEqual(['dear', 'plain']);
  world.client.scale('ReplicaSet', 'default', 'web', 1);
  world.runUntil(12_000);
  expect(names(world)).toEqual(['dear']);
});

test('more than 500 Pods come in bursts of 500', () => {
  const world = start([replicaSetYaml(700)]);
  world.runUntil(50);
  expect(pods(world)).toHaveLength(700);
  const creations = world.steps().filter(({ message }) => message.startsWith('Created Pod'));
  const perMoment = new Map<number, number>();
  for (const { time } of creations) perMoment.set(time, (perMoment.get(time) ?? 0) + 1);
  expect([...perMoment.values()]).toEqual([500, 200]);
});

test('minReadySeconds: available only after that long, to the second it began', () => {
  const world = start([replicaSetYaml(2, 'minReadySeconds: 5')]);
  world.runUntil(5900);
  expect(web(world).status).toMatchObject({ readyReplicas: 2 });
  expect(web(world).status.availableReplicas).toBeUndefined();
  world.runUntil(6200);
  expect(web(world).status.availableReplicas).toBe(2);
});

test('it does not act again before its cache shows what it did itself', () => {
  const world = start([replicaSetYaml(2, 'minReadySeconds: 5')]);
  // Its next look, when the Pods become available, is at 6000: 5 ms after it adopts this one, 5 ms before it sees that.
  world.runUntil(5985);
  world.client.create(manifests(podYaml('late'))[0] as KubeObject);
  world.runUntil(8000);
  const adoptions = world.steps().filter(({ message }) => message.includes('adopted late'));
  expect(adoptions.map(({ time }) => time)).toEqual([5995]);
});

function busyRun(derivedTrial: DerivedTrial): World {
  const world = start([podYaml('orphan'), podYaml('task', 'fail:v1'), replicaSetYaml(6)], derivedTrial);
  for (let round = 1; round <= 12; round++) {
    world.runUntil(round * 700);
    const list = pods(world).filter(isPodActive);
    const pod = list[(round * 7) % list.length] as Pod;
    if (round % 4 === 0) world.client.delete('Pod', 'default', pod.metadata.name);
    if (round % 4 === 1) world.client.scale('ReplicaSet', 'default', 'web', 3 + ((round * 5) % 7));
    if (round % 4 === 2) world.client.update({ ...pod, metadata: { ...pod.metadata, labels: { app: 'off' } } });
    if (round % 4 === 3)
      world.client.update({ ...pod, metadata: { ...pod.metadata, labels: { app: 'web', extra: 'x' } } });
  }
  world.runUntil(20_000);
  return world;
}

test('counts that are kept and counts from scratch are the same, and so is what happens', () => {
  const world = busyRun('verify');
  const wanted = web(world).spec.replicas;
  expect(web(world).status).toMatchObject({ replicas: wanted, readyReplicas: wanted });
  expect(busyRun('drop').steps()).toEqual(world.steps());
});

test('a branch forked in the middle goes on the same way', () => {
  const world = busyRun('none');
  const { simulation } = world;
  const fork = simulation.fork(Math.floor(simulation.step / 2));
  fork.run({ timeMs: 20_000 });
  expect(fork.trace(1, fork.step).length).toBeGreaterThan(10);
});
