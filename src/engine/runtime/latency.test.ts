import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX } from '../../testing/terminal';
import type { World, WorldOptions } from '../../testing/world';
import type { Deployment, Lease, Node } from '../api/types';
import { defineController } from '../client/controller';
import type { FaultSpec } from '../fault-kinds';
import type { Timer } from '../kernel/timers';
import type { TimedInput } from '../simulation';
import { newFiring } from './firing';
import { admit, asksStorage, newPace, notBefore, RESUME, settle, takeToken } from './latency';

const slow = (latency: string, extra: Partial<FaultSpec> = {}, atMs = 20_000): TimedInput => ({
  to: 'fault',
  kind: 'fault',
  atMs,
  payload: { type: 'etcd-slow', latency, ...extra },
});

describe('which requests etcd answers', () => {
  it.each([
    ['get', {}, true],
    ['get', { resourceVersion: '0' }, false],
    ['list', {}, true],
    ['list', { resourceVersion: '0' }, false],
    ['create', {}, true],
    ['update', { dryRun: true }, false],
    ['delete', {}, true],
  ] as const)('%s %j: %s', (verb, options, expected) => {
    expect(asksStorage({ verb, options })).toBe(expected);
  });
});

describe('the token bucket', () => {
  it.each([
    ['a burst is free', [0, 0, 0], [0, 0, 0]],
    ['then each waits for its token', [0, 0, 0, 0, 0], [0, 0, 0, 200, 400]],
    ['time fills it', [0, 0, 0, 400, 400, 400], [0, 0, 0, 0, 0, 200]],
    ['no further than the burst', [0, 9000, 9000, 9000, 9000], [0, 0, 0, 0, 200]],
  ])('%s', (_what, times, expected) => {
    let bucket: ReturnType<typeof takeToken>[0] | undefined;
    const waits = times.map((atMs) => {
      const [next, waitMs] = takeToken(bucket, atMs, 5, 3);
      bucket = next;
      return waitMs;
    });
    expect(waits).toEqual(expected);
  });
});

describe('a busy worker', () => {
  const component = defineController({ name: 'c', for: 'Pod', reconcile: () => undefined });
  const timer = (kind: string, key: string, atMs: number): Timer => ({
    atMs,
    sequence: 1,
    to: 'c',
    kind,
    key,
    cause: null,
  });

  it('takes what was due meanwhile in order, one after another; others do not wait', () => {
    const paced = { component, pace: newPace() };
    const first = { nowMs: 0, firing: { ...newFiring(), elapsedMs: 2000 } };
    settle(first, paced, timer('work', 'a', 0));
    expect(notBefore(paced, 'work', 10)).toBe(2000);
    expect(notBefore(paced, 'requeue', 10)).toBe(10);

    const second = { nowMs: 500, firing: newFiring() };
    expect(admit(second, paced, timer('work', 'b', 500))).toBeUndefined();
    expect(admit(second, paced, timer('work', 'c', 500))).toBeUndefined();
    expect(admit(second, paced, timer('requeue', 'd', 500))?.key).toBe('d');
    const resume = { atMs: 2000, to: 'c', kind: RESUME, key: 'work', cause: undefined };
    expect(second.firing.timers).toEqual([resume]);

    const third = { nowMs: 2000, firing: { ...newFiring(), elapsedMs: 300 } };
    expect(admit(third, paced, timer('work', 'e', 2000))).toBeUndefined();
    const next = admit(third, paced, timer(RESUME, 'work', 2000)) as Timer;
    expect(next.key).toBe('b');
    settle(third, paced, next);
    expect(third.firing.timers).toEqual([{ ...resume, atMs: 2300 }]);
    expect(paced.pace.waiting.map(({ key }) => key)).toEqual(['c', 'e']);
  });
});

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "app:v1"}]}}
`;
const setImage = (atMs: number): TimedInput => ({
  to: 'user',
  kind: 'kubectl',
  atMs,
  payload: { command: 'set image deployment/web app=app:v2' },
});
const worldWith = (inputs: readonly TimedInput[], options: WorldOptions = {}): World =>
  createTerminal({ nodes: 1, documents: WEB, inputs, ...options }).world;

/** When the second rollout was over. */
function rolledOutAt(inputs: readonly TimedInput[]): number {
  const world = worldWith([...inputs, setImage(30_000)]);
  for (let atMs = 31_000; atMs < 300_000; atMs += 1000) {
    world.runUntil(atMs);
    const { status, metadata } = world.get<Deployment>('Deployment', 'default', 'web');
    const isSeen = metadata.generation === 2 && status.observedGeneration === 2;
    if (isSeen && status.updatedReplicas === 3 && status.replicas === 3 && status.availableReplicas === 3) return atMs;
  }
  throw new Error('not rolled out');
}

describe('etcd-slow', () => {
  it('slows a rollout down until it is healed', () => {
    const normal = rolledOutAt([]);
    const slowed = rolledOutAt([slow('2s')]);
    expect(slowed - normal).toBeGreaterThan(12_000);
    expect(rolledOutAt([slow('2s', { for: '5s' })])).toBe(normal);
  });

  it('makes commands take as long as their requests', () => {
    const { run, world } = createTerminal();
    run('apply -f -', NGINX);
    world.runFor(20_000);
    world.simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'etcd-slow', latencyMs: 2000 } });
    const ends = (command: string): number => {
      const record = run(command);
      expect(record.code).toBe(0);
      return world.simulation.nowMs - record.startedMs;
    };
    expect(ends('scale deployment nginx --replicas=3')).toBe(4000);
    expect(ends('delete pod -l app=none')).toBe(2000);
    expect(ends('version')).toBe(0);
  });

  it.each([
    ['5s', 'True', 15_000],
    ['12s', 'Unknown', undefined],
  ])('of %s leaves a node Ready=%s', (latency, status, periodMs) => {
    // A controller manager that leads by a Lease would not be there to see it.
    const flags = { 'kube-controller-manager': { 'leader-elect': 'false' } };
    const world = worldWith([slow(latency, { for: '140s' })], { flags });
    world.runUntil(155_000);
    const readiness = () =>
      world.get<Node>('Node', undefined, 'node-1').status.conditions?.find(({ type }) => type === 'Ready')?.status;
    expect(readiness()).toBe(status);
    const renewals = world.steps().filter(({ verb, time }) => verb === 'renew' && time > 40_000);
    if (periodMs) expect((renewals[2]?.time ?? 0) - (renewals[1]?.time ?? 0)).toBe(periodMs);
    const renewed = world.get<Lease>('Lease', 'kube-node-lease', 'node-1').spec.renewTime ?? '';
    expect(renewed < '2026-01-01T00:00:30').toBe(periodMs === undefined);
    world.runUntil(200_000);
    expect(readiness()).toBe('True');
  });

  it('beyond the timeout of requests is refused as the API server does', () => {
    const { run, world } = createTerminal();
    run('apply -f -', NGINX);
    world.simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'etcd-slow', latencyMs: 90_000 } });
    const { startedMs, stderr, code } = run('delete deployment nginx');
    expect([stderr, code]).toEqual([
      'Error from server (Timeout): Timeout: request did not complete within requested timeout - context deadline exceeded\n',
      1,
    ]);
    expect(world.simulation.nowMs - startedMs).toBe(60_000);
  });

  it('is the same in forks taken in the midst of it', () => {
    const world = worldWith([slow('1500ms', { for: '60s' }), setImage(30_000)], { stepsPerCheckpoint: 7 });
    world.runUntil(120_000);
    const { simulation } = world;
    const steps = world.steps();
    const inside = steps.filter(({ time }) => time > 21_000 && time < 80_000);
    expect(inside.length).toBeGreaterThan(30);
    for (const { step } of inside.filter((_step, index) => index % 4 === 0)) {
      const fork = simulation.fork(step);
      fork.run({ timeMs: 120_000 });
      expect(fork.trace(1, fork.step)).toEqual(steps);
    }
  });
});

describe('kube-api-qps', () => {
  it('holds a controller back', () => {
    const createdOver = (flags: WorldOptions['flags']): number => {
      const world = worldWith([], { documents: WEB.replace('replicas: 3', 'replicas: 20'), flags });
      world.runUntil(60_000);
      const bound = world.steps().filter(({ verb }) => verb === 'bind' || verb === 'schedule');
      return (bound.at(-1)?.time ?? 0) - (bound[0]?.time ?? 0);
    };
    const free = createdOver({});
    const held = createdOver({ 'kube-controller-manager': { 'kube-api-qps': 2, 'kube-api-burst': 4 } });
    expect(held - free).toBeGreaterThan(6000);
  });
});
