/** DaemonSets in the real engine, with real scheduler and kubelets. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { ControllerRevision, CoreEvent, DaemonSet, Node, Pod } from '../../api/types';

const FAST = [{ image: '*', pullMs: 100, startMs: 100, stopMs: 100 }] as const;

function daemonSetYaml(spec = '', podSpec = ''): string {
  return `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: default}
spec:
  selector: {matchLabels: {app: agent}}
  ${spec}
  template:
    metadata: {labels: {app: agent}}
    spec:
      ${podSpec}
      containers:
      - {name: app, image: "app:v1"}
`;
}

function start(yaml: string, nodes = 3): World {
  return createWorld({ nodes, documents: yaml, programs: [...FAST] as never });
}

const agent = (world: World): DaemonSet => world.get<DaemonSet>('DaemonSet', 'default', 'agent');
const podsOn = (world: World): string =>
  world
    .list<Pod>('Pod')
    .map(({ metadata, spec }) => `${spec.nodeName}${metadata.deletionTimestamp ? ' going' : ''}`)
    .sort()
    .join(', ');
const messages = (world: World, actor = 'daemonset-controller'): string[] =>
  world
    .steps()
    .filter((step) => step.actor === actor)
    .map(({ message }) => message);

function setImage(world: World, image: string): void {
  const body = { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } };
  world.client.patch('DaemonSet', 'default', 'agent', { type: 'strategic', body });
}

test('each node gets one Pod, a joining one too, and a cordoned one', () => {
  const world = start(daemonSetYaml());
  world.client.patch('Node', undefined, 'node-2', { type: 'merge', body: { spec: { unschedulable: true } } });
  world.runUntil(10_000);
  expect(podsOn(world)).toBe('node-1, node-2, node-3');
  expect(agent(world).status).toEqual({
    currentNumberScheduled: 3,
    desiredNumberScheduled: 3,
    numberAvailable: 3,
    numberMisscheduled: 0,
    numberReady: 3,
    observedGeneration: 1,
    updatedNumberScheduled: 3,
  });
  const joining: Node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-9' }, spec: {}, status: {} } as Node;
  world.client.create(joining);
  world.runFor(1000);
  expect(world.list<Pod>('Pod')).toHaveLength(4);
  expect(messages(world)).toContain('DaemonSet agent belongs on 4 of 4 nodes: creating 1 Pod for node-9');
});

test('an untolerated taint keeps it away, and why is said', () => {
  const world = start(daemonSetYaml(), 2);
  world.runUntil(5000);
  const taints = [{ key: 'only', value: 'db', effect: 'NoExecute' }];
  world.client.patch('Node', undefined, 'node-2', { type: 'merge', body: { spec: { taints } } });
  world.runFor(5000);
  expect(podsOn(world)).toBe('node-1');
  expect(agent(world).status).toMatchObject({ desiredNumberScheduled: 1, numberMisscheduled: 0 });
  expect(messages(world).join('\n')).toContain(
    'belongs on 1 node (not node-2: it has the untolerated taint only=db:NoExecute)',
  );
  world.client.patch('Node', undefined, 'node-2', { type: 'merge', body: { spec: { taints: null } } });
  world.runFor(5000);
  expect(podsOn(world)).toBe('node-1, node-2');
});

test('a rolling update replaces Pod after Pod, keeps its revisions, and goes back to an earlier one', () => {
  const world = start(daemonSetYaml());
  world.runUntil(5000);
  setImage(world, 'app:v2');
  let least = 3;
  for (let ms = 0; ms < 20_000; ms += 100) {
    world.runFor(100);
    least = Math.min(least, agent(world).status.numberAvailable ?? 0);
  }
  expect(least).toBe(2);
  expect(world.list<Pod>('Pod').map(({ spec }) => spec.containers[0]?.image)).toEqual(['app:v2', 'app:v2', 'app:v2']);
  const revisions = () =>
    world
      .list<ControllerRevision>('ControllerRevision')
      .map(({ revision }) => revision)
      .sort();
  expect(revisions()).toEqual([1, 2]);
  setImage(world, 'app:v1');
  world.runFor(20_000);
  expect(revisions()).toEqual([2, 3]);
  expect(agent(world).status.updatedNumberScheduled).toBe(3);
});

test('surging, each node keeps a ready Pod', () => {
  const world = start(daemonSetYaml('updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}'), 2);
  world.runUntil(5000);
  setImage(world, 'app:v2');
  let most = 0;
  for (let ms = 0; ms < 20_000; ms += 100) {
    world.runFor(100);
    expect(agent(world).status.numberAvailable).toBe(2);
    const staying = world.list<Pod>('Pod').filter(({ metadata }) => !metadata.deletionTimestamp);
    most = Math.max(most, staying.length);
  }
  expect(most).toBe(3);
  expect(world.list<Pod>('Pod').map(({ spec }) => spec.containers[0]?.image)).toEqual(['app:v2', 'app:v2']);
});

test('OnDelete waits for somebody to delete', () => {
  const world = start(daemonSetYaml('updateStrategy: {type: OnDelete}'), 1);
  world.runUntil(5000);
  setImage(world, 'app:v2');
  world.runFor(5000);
  const [pod] = world.list<Pod>('Pod');
  expect(pod?.spec.containers[0]?.image).toBe('app:v1');
  world.client.delete('Pod', 'default', pod?.metadata.name as string);
  world.runFor(5000);
  expect(world.list<Pod>('Pod')[0]?.spec.containers[0]?.image).toBe('app:v2');
});

test('history is cut off at its limit, but what Pods are of stays', () => {
  const world = start(daemonSetYaml('revisionHistoryLimit: 1\n  updateStrategy: {type: OnDelete}'), 1);
  world.runUntil(3000);
  for (const version of [2, 3, 4, 5]) {
    setImage(world, `app:v${version}`);
    world.runFor(1000);
  }
  const numbers = world.list<ControllerRevision>('ControllerRevision').map(({ revision }) => revision);
  expect(numbers.sort()).toEqual([1, 5]);
});

test('failed Pods are replaced at once, then after ever longer times', () => {
  const world = start(daemonSetYaml(), 1);
  world.runUntil(3000);
  const fail = (): number => {
    const pod = world.list<Pod>('Pod').find(({ metadata }) => !metadata.deletionTimestamp) as Pod;
    world.client.updateStatus<Pod>({ ...pod, status: { ...pod.status, phase: 'Failed' } });
    const from = world.simulation.nowMs;
    while (world.find('Pod', 'default', pod.metadata.name)) world.runFor(10);
    const tookMs = world.simulation.nowMs - from;
    world.runFor(100);
    return tookMs;
  };
  expect(fail()).toBeLessThan(1000);
  expect(fail()).toBeGreaterThan(500);
  const said = world.events().filter((event) => (event as CoreEvent).reason === 'FailedDaemonPod');
  expect(said.length).toBeGreaterThan(0);
});

test('an orphan on a node without a Pod is adopted, and a second one deleted', () => {
  const world = start(daemonSetYaml(), 1);
  world.runUntil(3000);
  const body = { metadata: { ownerReferences: null } };
  const [pod] = world.list<Pod>('Pod');
  world.client.patch('Pod', 'default', pod?.metadata.name as string, { type: 'merge', body });
  world.runFor(2000);
  expect(world.list<Pod>('Pod').map(({ metadata }) => metadata.name)).toEqual([pod?.metadata.name]);
  expect(messages(world).join('\n')).toContain(`DaemonSet agent adopted ${pod?.metadata.name}`);
});

test.each(['verify', 'drop'] as const)(
  'views that are kept and views from scratch are the same (%s)',
  (derivedTrial) => {
    const world = createWorld({ nodes: 3, documents: daemonSetYaml(), programs: [...FAST] as never, derivedTrial });
    world.runUntil(3000);
    setImage(world, 'app:v2');
    world.client.patch('Node', undefined, 'node-1', { type: 'merge', body: { metadata: { labels: { a: 'b' } } } });
    world.runFor(10_000);
    world.client.delete('DaemonSet', 'default', 'agent');
    world.runFor(10_000);
    expect(world.list('Pod')).toEqual([]);
    expect(world.list('ControllerRevision')).toEqual([]);
  },
);

test('DaemonSets that come with their nodes have their turn in the order in which they were made', () => {
  const named = (name: string): string => daemonSetYaml().replaceAll('agent', name);
  const world = start([named('zebra'), named('ant')].join('---'), 1);
  world.runUntil(1000);
  const made = messages(world).filter((message) => message.startsWith('Created Pod'));
  expect(made.map((message) => message.replace(/-.*/, ''))).toEqual(['Created Pod zebra', 'Created Pod ant']);
});
