import { describe, expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../testing/world';
import type { CoreEvent, Lease, Node, Pod, ReplicaSet } from './api/types';
import { faultProblem, SIMULATED_FAULTS } from './fault';
import type { FaultSpec } from './fault-kinds';
import type { TimedInput } from './simulation';

const fault = (atMs: number, payload: FaultSpec): TimedInput => ({ to: 'fault', kind: 'fault', atMs, payload });
const heal = (atMs: number, payload: FaultSpec): TimedInput => ({ to: 'fault', kind: 'heal', atMs, payload });

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:v1' }] } };
const web = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web', namespace: 'default' },
  spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
} as unknown as ReplicaSet;

function worldWith(inputs: readonly TimedInput[], options: WorldOptions = {}): World {
  return createWorld({ nodes: 1, documents: [web], inputs, ...options });
}

const pods = (world: World): Pod[] => world.list<Pod>('Pod');
const reasons = (world: World): string[] => (world.events() as CoreEvent[]).map((event) => event.reason ?? '');
const readiness = (world: World, name = 'node-1') =>
  world.get<Node>('Node', undefined, name).status.conditions?.find((condition) => condition.type === 'Ready');
const said = (world: World): string[] =>
  world.steps().flatMap((step) => (step.actor === 'fault' ? [step.message] : []));

describe('component-down of the API server', () => {
  it('leaves requests unanswered, and a restarted server goes on with what is stored', () => {
    const down = { type: 'component-down', component: 'kube-apiserver', for: '20s' };
    const world = worldWith([fault(10_000, down)]);
    world.runUntil(15_000);
    expect(() => world.client.delete('Pod', 'default', pods(world)[0]?.metadata.name ?? '')).toThrow(
      'API server is down',
    );
    world.runUntil(60_000);
    expect(pods(world)).toHaveLength(1);
    expect(readiness(world)?.status).toBe('True');
  });
});

describe('container-exit and oom-kill', () => {
  it.each([
    ['container-exit', { code: 7 }, 7, 'Error'],
    ['oom-kill', {}, 137, 'OOMKilled'],
  ])('%s ends a process once', (type, fields, exitCode, reason) => {
    const world = worldWith([fault(10_000, { type, pod: 'web-*', ...fields })]);
    world.runFor(20_000);
    expect(pods(world)[0]?.status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode, reason, finishedAt: '2026-01-01T00:00:10Z' } },
    });
  });
});

describe('images', () => {
  it('registry-down hits only those that must pull', () => {
    const world = worldWith([fault(10_000, { type: 'registry-down', for: '30s' })]);
    world.runFor(15_000);
    world.client.scale('ReplicaSet', 'default', 'web', 2);
    world.client.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', namespace: 'default' },
      spec: { containers: [{ name: 'a', image: 'nginx:1' }] },
    });
    world.runFor(5000);
    expect(pods(world).filter((pod) => pod.status.phase === 'Running')).toHaveLength(2);
    const waiting = world.get<Pod>('Pod', 'default', 'other').status.containerStatuses?.[0]?.state?.waiting;
    expect(waiting?.message).toContain(
      'failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1"',
    );
    world.runFor(60_000);
    expect(world.get<Pod>('Pod', 'default', 'other').status.phase).toBe('Running');
  });

  it('image-pull-error hits one image until it is healed', () => {
    const spec = { type: 'image-pull-error', image: 'app:*' };
    const world = worldWith([fault(0, spec), heal(30_000, spec)]);
    world.runFor(29_000);
    expect(pods(world)[0]?.status.containerStatuses?.[0]?.state?.waiting?.reason).toBe('ImagePullBackOff');
    world.runFor(30_000);
    expect(pods(world)[0]?.status.phase).toBe('Running');
  });
});

describe('node-partition', () => {
  it('stops the heartbeats and is caught up with afterwards', () => {
    const inputs = [
      fault(10_000, { type: 'node-partition', node: 'node-1', for: '90s' }),
      fault(20_000, { type: 'container-exit', pod: 'web-*' }),
    ];
    const world = worldWith(inputs);
    world.runFor(95_000);
    const lease = world.get<Lease>('Lease', 'kube-node-lease', 'node-1');
    expect(lease.spec.renewTime).toBe('2026-01-01T00:00:00.000000Z');
    expect(readiness(world)).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(pods(world)[0]?.status.containerStatuses?.[0]?.restartCount).toBe(0);
    world.runFor(6000);
    expect(readiness(world)?.status).toBe('True');
    expect(pods(world)[0]?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 1, ready: true });
    world.runFor(10_000);
    const node = world.get<Node>('Node', undefined, 'node-1');
    expect(node.spec.taints).toBeUndefined();
  });

  it('ends Pods that were deleted meanwhile', () => {
    const world = worldWith([fault(10_000, { type: 'node-partition', node: 'node-1', for: '30s' })]);
    world.runFor(15_000);
    const name = pods(world)[0]?.metadata.name ?? '';
    world.client.delete('Pod', 'default', name);
    world.runFor(20_000);
    expect(world.find<Pod>('Pod', 'default', name)?.metadata.deletionTimestamp).toBeDefined();
    world.runFor(10_000);
    expect(world.find('Pod', 'default', name)).toBeUndefined();
    expect(pods(world)).toHaveLength(1);
  });
});

describe('node-crash', () => {
  it('kills the containers, which are started again after the boot', () => {
    const world = worldWith([fault(10_000, { type: 'node-crash', node: 'node-1', for: '20s' })]);
    world.runFor(29_000);
    expect(pods(world)[0]?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 0, ready: true });
    world.runFor(5000);
    expect(pods(world)[0]?.status).toMatchObject({ phase: 'Running', podIP: '10.244.0.3' });
    expect(pods(world)[0]?.status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
    expect(reasons(world)).toEqual(expect.arrayContaining(['Rebooted', 'SandboxChanged']));
  });

  const podOf = (name: string, restartPolicy: string, ...images: string[]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { restartPolicy, containers: images.map((image, index) => ({ name: `c${index}`, image })) },
  });
  const programs = [{ image: 'quick', exit: { afterMs: 1000, code: 0 } }];

  // Upstream: computePodActions.
  it.each([
    ['Never', ['app:v1'], 'Failed', ['c0 0 Unknown'], []],
    ['Never', ['app:v1', 'quick'], 'Failed', ['c0 0 Unknown', 'c1 0 Completed'], []],
    ['OnFailure', ['app:v1', 'quick'], 'Running', ['c0 1 running', 'c1 0 Completed'], ['SandboxChanged']],
    ['Always', ['app:v1'], 'Running', ['c0 1 running'], ['SandboxChanged']],
  ])('under restartPolicy %s starts again of %j what is to run', (policy, images, phase, containers, told) => {
    const documents = [podOf('p', policy, ...images)];
    const world = worldWith([fault(10_000, { type: 'node-crash', node: 'node-1', for: '20s' })], {
      documents,
      programs,
    });
    world.runFor(45_000);
    const { status } = pods(world)[0] as Pod;
    expect(status.phase).toBe(phase);
    const ends = (status.containerStatuses ?? []).map(
      ({ name, restartCount, state }) =>
        `${name} ${restartCount} ${state?.terminated?.reason ?? Object.keys(state ?? {})[0]}`,
    );
    expect(ends).toEqual(containers);
    expect(reasons(world).filter((reason) => reason === 'SandboxChanged')).toEqual(told);
  });
});

describe('component-down', () => {
  it('of a kubelet leaves the containers alone, and finds them again', () => {
    const world = worldWith([
      fault(10_000, { type: 'component-down', component: 'kubelet', node: 'node-1', for: '70s' }),
    ]);
    world.runFor(75_000);
    expect(readiness(world)?.status).toBe('Unknown');
    world.runFor(20_000);
    expect(readiness(world)?.status).toBe('True');
    expect(pods(world)).toHaveLength(1);
    expect(pods(world)[0]?.status).toMatchObject({ phase: 'Running', podIP: '10.244.0.2' });
    expect(pods(world)[0]?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 0, ready: true });
    world.client.scale('ReplicaSet', 'default', 'web', 2);
    world.runFor(5000);
    expect(pods(world).map((pod) => pod.status.podIP)).toEqual(expect.arrayContaining(['10.244.0.2', '10.244.0.3']));
  });
});

it('api-server-down: kubelets wait and go on', () => {
  const world = worldWith([fault(1000, { type: 'api-server-down', for: '20s' })]);
  world.runFor(15_000);
  expect(pods(world)[0]?.status.phase).toBe('Pending');
  world.runFor(10_000);
  expect(pods(world)[0]?.status.phase).toBe('Running');
});

describe('what a fault must be', () => {
  it.each([
    [{ type: 'solar-flare', node: 'node-1' }, /^the fault type "solar-flare" is not simulated yet; nothing happens/],
    [{ type: 'node-crash' }, /needs node/],
    [{ type: 'registry-down', for: 'soon' }, /"soon" is not a duration/],
    [{ type: 'registry-down', for: '1m30s' }, undefined],
    [{ type: 'etcd-slow', latency: 'much' }, /"much" is not a duration/],
    [{ type: 'etcd-slow', latency: '2s' }, undefined],
  ])('%j', (spec, expected) => {
    if (expected) expect(faultProblem(spec)).toMatch(expected);
    else expect(faultProblem(spec)).toBeUndefined();
  });

  it('is said in the trace', () => {
    const world = worldWith([
      fault(1000, { type: 'solar-flare' }),
      fault(2000, { type: 'container-exit', pod: 'nobody' }),
      heal(3000, { type: 'registry-down' }),
      fault(3100, { type: 'node-crash', node: 'no-such-node' }),
      fault(3200, { type: 'component-down', component: 'foo' }),
      fault(3300, { type: 'component-down', component: 'kubelet', node: 'zz' }),
      fault(3400, { type: 'component-down', component: 'kube-scheduler', node: 'node-1' }),
      fault(3500, { type: 'component-down', component: 'machine/node-1' }),
    ]);
    world.runFor(4000);

    expect(said(world)).toEqual([
      `The fault type "solar-flare" is not simulated yet; nothing happens (simulated: ${SIMULATED_FAULTS.join(', ')})`,
      'No Pod on a node is called nobody; nothing happens',
      'There is no fault "registry-down" to heal',
      'There is no node no-such-node; nothing happens',
      expect.stringMatching(/^There is no component foo; nothing happens \(there are: .*kube-apiserver.*kubelet/),
      'There is no node zz; nothing happens',
      'There is no kube-scheduler on node node-1; nothing happens',
      expect.stringMatching(/^There is no component machine\/node-1; nothing happens/),
    ]);
  });
});

it('without etcd nothing is written, and all goes on when it is back', () => {
  const world = worldWith([fault(1000, { type: 'component-down', component: 'etcd', for: '30s' })]);
  world.runFor(20_000);
  expect(() => world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } })).toThrow(
    'the API server is down',
  );
  world.runFor(20_000);
  expect(said(world)).toEqual(['etcd has stopped', 'etcd has started again']);
  expect(world.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }).metadata.name).toBe('n');
});

describe('faults of one kind that overlap', () => {
  const spans = (world: World): string[] =>
    world.steps().flatMap(({ actor, verb, time }) => (actor === 'fault' ? [`${time / 1000} ${verb}`] : []));
  const partition = (extra: object): FaultSpec => ({ type: 'node-partition', node: 'node-1', ...extra });

  it.each([
    ['a shorter later one', [fault(10_000, partition({ for: '60s' })), fault(20_000, partition({ for: '5s' }))], 70],
    ['a longer later one', [fault(10_000, partition({ for: '5s' })), fault(12_000, partition({ for: '58s' }))], 70],
    ['one without an end', [fault(10_000, partition({})), fault(20_000, partition({ for: '5s' }))], undefined],
    [
      'healed by hand, all at once',
      [fault(10_000, partition({ for: '90s' })), fault(20_000, partition({})), heal(30_000, partition({}))],
      30,
    ],
    [
      'of two nodes, which are two kinds',
      [fault(10_000, partition({ for: '60s' })), fault(20_000, partition({ node: 'node-2', for: '5s' }))],
      25,
    ],
  ])('%s', (_what, inputs, firstHeal) => {
    const world = worldWith(inputs, { nodes: 2 });
    world.runUntil(120_000);
    const heals = spans(world).filter((line) => line.endsWith('heal'));
    expect(heals[0]).toBe(firstHeal === undefined ? undefined : `${firstHeal} heal`);
    const isHealed = readiness(world)?.status === 'True';
    expect(isHealed).toBe(firstHeal !== undefined);
  });
});
