/** How long a component's requests take, and who waits: the decisions of latency.ts one by one. */
import { describe, expect, it } from 'vitest';
import type { Answer, ApiRequest } from '../api/request';
import type { ApiServer } from '../apiserver/handle';
import type { Component, WatchEvent } from '../client/component';
import { type ActiveFault, hasFault, isApiServerDown, storageLatencyMs } from '../client/environment';
import type { Timer } from '../kernel/timers';
import { newFiring } from './firing';
import { admit, newPace, notBefore, RESUME, send, settle, takeToken } from './latency';
import { announce, DELIVER, takeArrived } from './watch-stream';

const fault = (more: Partial<ActiveFault>): ActiveFault => ({ type: 'etcd-slow', sinceMs: 0, step: 1, ...more });
const faults = (...active: readonly Partial<ActiveFault>[]) => ({
  faults: new Map(active.map((one, at) => [`${at}`, fault(one)])),
  ended: [],
});

describe('faults that hold', () => {
  it.each([
    ['etcd-slow', {}, true],
    ['node-crash', {}, true],
    ['node-crash', { node: 'a' }, true],
    ['node-crash', { node: 'b' }, false],
    ['component-down', { component: 'etcd', node: 'a' }, true],
    ['component-down', { component: 'etcd', node: 'b' }, false],
    ['component-down', { component: 'kubelet' }, false],
    ['image-missing', { image: 'x' }, true],
    ['image-missing', { image: 'y' }, false],
    ['api-server-down', {}, false],
  ])('%s %j: %s', (type, where, holds) => {
    const environment = faults(
      {},
      { type: 'node-crash', node: 'a' },
      { type: 'component-down', component: 'etcd', node: 'a' },
      { type: 'image-missing', image: 'x' },
    );
    expect(hasFault(environment, type, where)).toBe(holds);
    expect(hasFault(faults(), type, where)).toBe(false);
  });

  it.each([
    [{ type: 'api-server-down' }, true],
    [{ type: 'component-down', component: 'kube-apiserver' }, true],
    [{ type: 'component-down', component: 'etcd' }, true],
    [{ type: 'component-down', component: 'kubelet' }, false],
    [{ type: 'node-crash', component: 'etcd' }, false],
  ])('%j: nobody is answered %s', (one, isDown) => expect(isApiServerDown(faults(one))).toBe(isDown));

  it('the slowest answer of etcd counts', () => {
    expect(storageLatencyMs(faults())).toBe(0);
    expect(storageLatencyMs(faults({ latencyMs: 20 }, { latencyMs: 50 }, { latencyMs: 30 }, {}))).toBe(50);
    expect(storageLatencyMs(faults({ type: 'node-crash', latencyMs: 9 }))).toBe(0);
  });
});

describe('a request', () => {
  const component = { name: 'c', process: 'kubelet' } as Component;
  const asked = (
    request: Partial<ApiRequest>,
    more: { active?: Partial<ActiveFault>[]; code?: number; elapsedMs?: number },
  ) => {
    const firing = { ...newFiring(), elapsedMs: more.elapsedMs ?? 0 };
    const seen: unknown[] = [];
    const handle = (one: ApiRequest): Answer => {
      seen.push(one);
      return { code: more.code ?? 200, warnings: [] } as Answer;
    };
    const api = { handle } as unknown as ApiServer;
    const wire = { nowMs: 0, firing, api, environment: faults(...(more.active ?? [])), flags: {} };
    const answer = send(wire, { component, pace: newPace() }, { verb: 'create', ...request } as ApiRequest);
    return { tookMs: firing.elapsedMs, wasHandled: seen.length === 1, code: answer.code, status: answer.status };
  };
  const slow = (latencyMs: number) => ({ active: [{ latencyMs }] });

  it.each([
    ['takes no time', {}, {}, 0],
    ['takes as long as etcd', {}, slow(300), 300],
    ['after others', {}, { ...slow(300), elapsedMs: 50 }, 350],
    ['that etcd need not answer', { verb: 'get', options: { resourceVersion: '0' } }, slow(300), 0],
    ['that is tried out only', { options: { dryRun: true } }, slow(300), 0],
    ['without an API server', {}, { active: [{ latencyMs: 300 }, { type: 'api-server-down' }] }, 0],
    ['that is found wrong before', {}, { ...slow(300), code: 422, elapsedMs: 7 }, 7],
    ['that is forbidden', {}, { ...slow(300), code: 403 }, 0],
    ['that finds nothing', {}, { ...slow(300), code: 404 }, 300],
    ['just within its own timeout', { options: { timeoutMs: 301 } }, slow(300), 300],
    ['just within all timeouts', {}, slow(59_999), 59_999],
  ] as const)('%s', (_what, request, more, tookMs) => {
    const { code, ...told } = asked(request as never, more as never);
    expect(told).toEqual({ tookMs, wasHandled: true, status: undefined });
    expect(code).toBe('code' in more ? more.code : 200);
  });

  it.each([
    ['its own timeout', { options: { timeoutMs: 300 } }, slow(300), 300],
    ['less', { options: { timeoutMs: 200 } }, slow(300), 200],
    ['the server, whatever it wishes', { options: { timeoutMs: 90_000 } }, slow(70_000), 60_000],
    ['the server', {}, slow(60_000), 60_000],
  ] as const)('is given up after %s', (_what, request, more, tookMs) => {
    const { status, ...told } = asked(request as never, more as never);
    expect(told).toEqual({ tookMs, wasHandled: false, code: 504 });
    expect(status?.reason).toBe('Timeout');
  });

  it.each([
    ['without a limit', 'kubelet', {}, [0, 0, 0]],
    ['a limit of nothing is none', 'kubelet', { kubelet: { 'kube-api-qps': 0 } }, [0, 0, 0]],
    ['of another process', 'kubelet', { other: { 'kube-api-qps': 1, 'kube-api-burst': 1 } }, [0, 0, 0]],
    ['with a burst of its own', 'kubelet', { kubelet: { 'kube-api-qps': 2, 'kube-api-burst': 2 } }, [0, 0, 500]],
    ['a burst is at least one', 'kubelet', { kubelet: { 'kube-api-qps': 2, 'kube-api-burst': 0 } }, [0, 500, 1000]],
  ] as const)('waits for its token: %s', (_what, process, flags, waits) => {
    const api = { handle: () => ({ code: 200, warnings: [] }) } as unknown as ApiServer;
    const sender = { component: { name: 'c', process } as Component, pace: newPace() };
    const took = waits.map(() => {
      const firing = newFiring();
      send({ nowMs: 0, firing, api, environment: faults(), flags }, sender, { verb: 'create' } as ApiRequest);
      return firing.elapsedMs;
    });
    expect(took).toEqual(waits);
  });

  it.each([
    ['kube-controller-manager', 30],
    ['kube-scheduler', 100],
    ['kubelet', 100],
    ['kube-proxy', 10],
  ])('of %s may be one of a burst of %i', (process, burst) => {
    const api = { handle: () => ({ code: 200, warnings: [] }) } as unknown as ApiServer;
    const sender = { component: { name: 'c', process } as Component, pace: newPace() };
    const firing = newFiring();
    const wire = { nowMs: 0, firing, api, environment: faults(), flags: { [process]: { 'kube-api-qps': 1 } } };
    let free = 0;
    for (; firing.elapsedMs === 0; free++) send(wire, sender, { verb: 'create' } as ApiRequest);
    expect(free - 1).toBe(burst);
  });

  it('of one firing wait for their tokens one after another', () => {
    const api = { handle: () => ({ code: 200, warnings: [] }) } as unknown as ApiServer;
    const sender = { component: { name: 'c', process: 'c' } as Component, pace: newPace() };
    const firing = newFiring();
    const flags = { c: { 'kube-api-qps': 1, 'kube-api-burst': 1 } };
    const tookMs = [1, 2, 3, 4].map(() => {
      send({ nowMs: 0, firing, api, environment: faults(), flags }, sender, { verb: 'create' } as ApiRequest);
      return firing.elapsedMs;
    });
    expect(tookMs).toEqual([0, 1000, 2000, 3000]);
  });

  it('finds no fewer tokens when time seems to stand still or go back', () => {
    const [first] = takeToken(undefined, 1000, 5, 3);
    expect(first).toEqual({ tokens: 2, atMs: 1000 });
    expect(takeToken(first, 900, 5, 3)).toEqual([{ tokens: 1, atMs: 1000 }, 0]);
    expect(takeToken({ tokens: -0.5, atMs: 0 }, 0, 3, 3)).toEqual([{ tokens: -1.5, atMs: 0 }, 500]);
  });
});

describe('workers', () => {
  const workers = { sync: { name: 'pods' }, status: { name: 'pods' }, slow: { name: 'slow', costMs: 40 } };
  const component = { name: 'c', process: 'kubelet', workers } as unknown as Component;
  const timer = (kind: string, key = ''): Timer => ({ atMs: 0, sequence: 1, to: 'c', kind, key, cause: null });
  const at = (nowMs: number, elapsedMs = 0) => ({ nowMs, firing: { ...newFiring(), elapsedMs } });
  const resume = (atMs: number, key: string) => ({ atMs, to: 'c', kind: RESUME, key, cause: undefined });

  it('are shared by kinds of timers; others wait for nobody', () => {
    const paced = { component, pace: newPace() };
    settle(at(0, 100), paced, timer('sync'));
    for (const [kind, atMs] of [
      ['sync', 100],
      ['status', 100],
      ['slow', 5],
      ['free', 5],
      [DELIVER, 5],
      ['input/x', 5],
    ] as const)
      expect([kind, notBefore(paced, kind, 5)]).toEqual([kind, atMs]);
    expect(notBefore(paced, 'sync', 101)).toBe(101);
    expect(admit(at(99), paced, timer('status', 'b'))).toBeUndefined();
    for (const kind of ['slow', 'free', DELIVER, 'input/x']) expect(admit(at(99), paced, timer(kind))?.kind).toBe(kind);
    expect(paced.pace.waiting.map(({ key }) => key)).toEqual(['b']);
  });

  it('are none for deliveries and acts, whatever a component declares', () => {
    const paced = { component: { name: 'c', process: 'kubelet' } as Component, pace: newPace() };
    for (const kind of [DELIVER, 'input/x']) settle(at(0, 100), paced, timer(kind));
    expect([...paced.pace.busyUntilMs]).toEqual([]);
    settle(at(0, 100), paced, timer('sync'));
    expect([...paced.pace.busyUntilMs]).toEqual([['sync', 100]]);
  });

  it('are free at the very ms at which they have done', () => {
    const paced = { component, pace: newPace() };
    settle(at(0, 100), paced, timer('sync'));
    expect(admit(at(100), paced, timer('sync', 'a'))?.key).toBe('a');
  });

  it('take what they cost besides', () => {
    const paced = { component, pace: newPace() };
    settle(at(10), paced, timer('slow'));
    settle(at(10, 5), paced, timer('sync'));
    expect([...paced.pace.busyUntilMs]).toEqual([
      ['slow', 50],
      ['pods', 15],
    ]);
    settle(at(20), paced, timer('status'));
    settle(at(20, 9), paced, timer('free'));
    expect([...paced.pace.busyUntilMs]).toEqual([['slow', 50]]);
  });

  it('resume what waits, first come first served, and only that of their own', () => {
    const paced = { component, pace: newPace() };
    settle(at(0, 100), paced, timer('sync'));
    settle(at(0, 10), paced, timer('slow'));
    const early = at(50);
    expect(admit(early, paced, timer('sync', 'a'))).toBeUndefined();
    expect(admit(early, paced, timer('status', 'b'))).toBeUndefined();
    expect(admit(early, paced, timer('slow', 'c'))?.key).toBe('c');
    expect(early.firing.timers).toEqual([resume(100, 'pods')]);
    expect(admit(at(100), paced, timer(RESUME, 'slow'))).toBeUndefined();
    const next = admit(at(100), paced, timer(RESUME, 'pods')) as Timer;
    expect([next.key, paced.pace.waiting.map(({ key }) => key).join()]).toEqual(['a', 'b']);
    const after = at(100);
    settle(after, paced, next);
    expect(after.firing.timers).toEqual([resume(100, 'pods')]);
    const slow = at(100);
    settle(slow, paced, timer('slow'));
    expect(slow.firing.timers).toEqual([]);
  });

  it('of people there are none', () => {
    const person = { component: { ...component, process: 'user' }, pace: newPace() };
    settle(at(0, 100), person, timer('sync'));
    expect(person.pace.busyUntilMs.size).toBe(0);
  });
});

describe('deliveries', () => {
  const watcher = (more = {}) => ({
    component: { name: 'c' } as Component,
    pace: newPace(),
    inbox: [] as WatchEvent[],
    deliveryPending: false,
    held: false,
    ...more,
  });
  const at = (nowMs: number, elapsedMs = 0) => ({ nowMs, firing: { ...newFiring(), elapsedMs } });
  const change = (revision: number): WatchEvent => ({ revision, step: revision + 100 }) as WatchEvent;

  it('come 10 ms after the first change, because of it, once', () => {
    const one = watcher();
    const world = at(5);
    announce(world, one, change(1));
    announce(world, one, change(2));
    expect(world.firing.timers).toEqual([{ atMs: 15, to: 'c', kind: DELIVER, key: '', cause: 101 }]);
    expect(one.pace.arrivals.size).toBe(0);
    expect(takeArrived(at(15), one).map(({ revision }) => revision)).toEqual([1, 2]);
    expect([one.inbox, one.deliveryPending]).toEqual([[], false]);
  });

  it('are not set for whom nothing reaches', () => {
    const one = watcher({ held: true });
    const world = at(5);
    announce(world, one, change(1));
    expect([world.firing.timers, one.inbox.length, one.deliveryPending]).toEqual([[], 1, false]);
  });

  it('of what is under way wait for its very ms', () => {
    const one = watcher();
    announce(at(0, 90), one, change(1));
    expect([...one.pace.arrivals]).toEqual([[1, 100]]);
    const early = at(99);
    expect(takeArrived(early, one)).toEqual([]);
    expect(early.firing.timers).toMatchObject([{ atMs: 100, cause: 101 }]);
    expect(takeArrived(at(100), one)).toHaveLength(1);
    expect([one.pace.arrivals.size, one.inbox]).toEqual([0, []]);
  });
});
