/** The small parts of a branch, each by itself: what it counts, keeps and names. */
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/meta';
import type { Component, Context, WatchEvent } from '../client/component';
import { type ActiveFault, LEADERSHIP_LOST } from '../client/environment';
import type { Input, Limits, SimulationConfig } from '../simulation';
import type { Store } from '../store/store';
import type { TraceStep } from '../trace/trace';
import { isCheckpointDue, type RunnerState } from './checkpoint';
import { ClockText } from './clock-text';
import type { Cluster, ClusterSetup } from './cluster';
import { retryDelayMs } from './containment';
import { describeFiring } from './describe-firing';
import { EventNames } from './event-names';
import { newFiring } from './firing';
import { FiringRate } from './firing-rate';
import { createFoundation } from './foundation';
import { joined, restoreRunners } from './joining';
import { exceededLimit, raisedLimits, type Use } from './limits';
import { answersOf, type MeteredCluster } from './metrics';
import { machineOf, peerOf } from './peers';
import { isDown, isOutOfReach, startsAtMs } from './reach';
import type { Runner } from './runner';
import type { Saved } from './snapshot';
import { StepRecord } from './step-record';
import type { World } from './world';

describe('a checkpoint is due', () => {
  it.each([
    // steps  timers  copied  due
    [0, 0, 0, false],
    [63, 9999, 0, false],
    [64, 0, 0, true],
    [0, 10_000, 0, true],
    [64, 0, 1536, true],
    [64, 0, 1537, false],
    [65, 0, 1537, true],
    [0, 10_000, 1536, true],
    [0, 10_000, 1537, false],
    [200, 10_000, 4800, true],
    [64, 20_000, 3072, true],
  ])('after %i steps and %i timers, when one copied %i: %s', (steps, timers, copied, due) => {
    expect(isCheckpointDue(steps, timers, copied)).toBe(due);
  });
});

describe('the firing rate', () => {
  const counted = (...firings: readonly (readonly [number, string])[]) => {
    const rate = new FiringRate();
    for (const [atMs, actor] of firings) rate.count(atMs, actor);
    return rate;
  };

  it.each([
    ['nothing', [], 0, 0, ''],
    [
      'several in one ms',
      [
        [5, 'a'],
        [5, 'a'],
        [5, 'b'],
      ],
      3,
      3,
      'a',
    ],
    [
      'a new ms',
      [
        [5, 'a'],
        [5, 'a'],
        [6, 'b'],
      ],
      1,
      3,
      'a',
    ],
    [
      'the end of a second',
      [
        [0, 'a'],
        [999, 'b'],
        [999, 'b'],
      ],
      2,
      3,
      'b',
    ],
    [
      'a new second',
      [
        [999, 'a'],
        [999, 'a'],
        [1000, 'b'],
      ],
      1,
      1,
      'b',
    ],
    [
      'as many of two: the first by name',
      [
        [1, 'b'],
        [1, 'a'],
        [1, 'a'],
        [1, 'b'],
      ],
      4,
      4,
      'a',
    ],
    [
      'the same, the other way round',
      [
        [1, 'a'],
        [1, 'b'],
        [1, 'b'],
        [1, 'a'],
      ],
      4,
      4,
      'a',
    ],
  ] as const)('%s', (_what, firings, inMs, inSecond, busiest) => {
    const rate = counted(...firings);
    expect([rate.inMs, rate.inSecond, rate.busiest()]).toEqual([inMs, inSecond, busiest]);
    const restored = new FiringRate();
    restored.count(3, 'other');
    restored.restore(rate.save());
    expect([restored.inMs, restored.inSecond, restored.busiest()]).toEqual([inMs, inSecond, busiest]);
    for (const one of [rate, restored]) one.count(1000, 'z');
    expect(restored.save()).toEqual(rate.save());
  });
});

describe('the record of steps', () => {
  const nothing = () => undefined;
  const step = (number: number, time: number): TraceStep =>
    ({ step: number, time, message: `m${number}` }) as TraceStep;
  const filled = () => {
    const record = new StepRecord(nothing);
    const times = [0, 0, 999, 1000, 2500, 2500, 2999];
    for (const [at, time] of times.entries())
      record.add(step(at + 1, time), 10 * (at + 1), 100 * (at + 1), `d${at + 1}`);
    return record;
  };

  it('is empty at first', () => {
    const record = new StepRecord(nothing);
    expect([record.length, record.second, record.stepsThisSecond]).toEqual([0, -1, 0]);
    expect([record.revisionAt(0), record.revisionAt(5), record.firedAt(0)]).toEqual([0, 0, 0]);
    expect(record.stepAtTime(99)).toBe(0);
    expect(() => record.at(1)).toThrow(new RangeError('there is no step 1; the last is 0'));
  });

  it('says what a step was', () => {
    const record = filled();
    expect([record.length, record.at(7).time, record.detailAt(7)]).toEqual([7, 2999, 'd7']);
    expect([record.revisionAt(0), record.revisionAt(1), record.revisionAt(7), record.revisionAt(8)]).toEqual([
      0, 10, 70, 70,
    ]);
    expect([record.firedAt(0), record.firedAt(1), record.firedAt(7)]).toEqual([0, 100, 700]);
    expect(record.slice(2, 4).map((one) => one.step)).toEqual([2, 3, 4]);
    for (const none of [0, 8]) expect(() => record.at(none)).toThrow(`there is no step ${none}; the last is 7`);
  });

  it.each([
    [-1, 0],
    [0, 2],
    [998, 2],
    [999, 3],
    [1000, 4],
    [2500, 6],
    [9999, 7],
  ])('at %i ms the last step is %i', (ms, last) => {
    expect(filled().stepAtTime(ms)).toBe(last);
  });

  it.each([
    [0, -1, 0],
    [1, 0, 1],
    [3, 0, 3],
    [4, 1, 1],
    [5, 2, 1],
    [7, 2, 3],
  ])('up to step %i: %i is the second, with %i steps; a fork counts on', (upTo, second, count) => {
    const fork = filled().fork(upTo, nothing);
    expect([fork.length, fork.second, fork.stepsThisSecond]).toEqual([upTo, second, count]);
    fork.add(step(upTo + 1, 2999), 1, 1, undefined);
    expect([fork.second, fork.stepsThisSecond]).toEqual([2, second === 2 ? count + 1 : 1]);
    fork.add(step(upTo + 2, 3000), 1, 1, undefined);
    expect([fork.second, fork.stepsThisSecond]).toEqual([3, 1]);
    expect([fork.revisionAt(upTo), fork.firedAt(upTo), fork.detailAt(upTo)]).toEqual(
      upTo === 0 ? [0, 0, undefined] : [10 * upTo, 100 * upTo, `d${upTo}`],
    );
  });
});

describe('what a firing did', () => {
  const pod = (more: object = {}): KubeObject => ({
    apiVersion: '',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '7', ...more },
  });
  const reference = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web', uid: 'u', resourceVersion: '7' };
  const wrote = (verb: string, value: KubeObject | undefined, previous?: KubeObject, writes = 1) =>
    describeFiring({ ...newFiring(), firstWrite: { verb, event: { value, previous } as WatchEvent }, writes });

  it('is nothing', () => expect(describeFiring(newFiring())).toBeUndefined());

  it.each([
    ['create', pod(), undefined, 1, 'Created Pod web'],
    ['create', pod(), undefined, 2, 'Created Pod web (and 1 more)'],
    ['update', pod(), pod(), 1, 'Updated Pod web'],
    ['update-status', pod(), pod(), 1, 'Updated the status of Pod web'],
    ['bind', pod(), pod(), 1, 'Bound Pod web'],
    ['delete', undefined, pod(), 1, 'Deleted Pod web'],
    ['evict', pod(), pod(), 1, 'evict Pod web'],
    ['update', pod({ deletionTimestamp: 't' }), pod(), 4, 'Marked for deletion: Pod web (and 3 more)'],
    ['update', pod({ deletionTimestamp: 't' }), pod({ deletionTimestamp: 't' }), 1, 'Updated Pod web'],
    ['bind', pod({ deletionTimestamp: 't' }), pod(), 1, 'Bound Pod web'],
  ] as const)('%s', (verb, value, previous, writes, message) => {
    expect(wrote(verb, value, previous, writes)).toEqual({ verb, object: reference, message });
  });

  it('is named by what was said of it', () => {
    const said = { verb: 'bind', object: pod(), message: 'Web is bound' };
    const event = { value: pod() } as WatchEvent;
    expect(describeFiring({ ...newFiring(), said, firstWrite: { verb: 'update', event }, writes: 1 })).toEqual({
      verb: 'bind',
      object: reference,
      message: 'Web is bound',
    });
  });

  it.each([
    ['nobody', undefined, null],
    ['what is a reference already', reference, reference],
    [
      'an object without namespace, of a kind of its own',
      { apiVersion: 'a.example/v1', kind: 'Thing', metadata: { name: 'x' } },
      { apiVersion: 'a.example/v1', kind: 'Thing', namespace: '', name: 'x', uid: '', resourceVersion: '' },
    ],
  ])('may be about %s', (_what, object, expected) => {
    const said = { verb: 'say', object: object as never, message: 'm' };
    expect(describeFiring({ ...newFiring(), said })?.object).toEqual(expected);
  });
});

describe('which components a fault reaches', () => {
  const component = (name: string, more: Partial<Component> = {}): Component =>
    ({ name, process: name, ...more }) as Component;
  const kubelet = component('kubelet/n1', { process: 'kubelet', node: 'n1', machine: 'machine/n1' });
  const machine = component('machine/n1', { process: 'machine', node: 'n1' });
  const controller = component('job-controller', { process: 'kube-controller-manager' });
  const election = component('kube-controller-manager');
  const fault = component('fault');
  type Row = readonly [Partial<ActiveFault>, Component, boolean, boolean];
  const rows: readonly Row[] = [
    // fault                                                             component    down   out of reach
    [{ type: 'node-crash', node: 'n1' }, kubelet, true, true],
    [{ type: 'node-crash', node: 'n2' }, kubelet, false, false],
    [{ type: 'node-crash', node: 'n1' }, machine, false, true],
    [{ type: 'node-crash', node: 'n1' }, controller, false, false],
    [{ type: 'node-partition', node: 'n1' }, kubelet, false, true],
    [{ type: 'node-partition', node: 'n2' }, kubelet, false, false],
    [{ type: 'node-partition', node: 'n1' }, controller, false, false],
    [{ type: 'component-down', component: 'job-controller' }, controller, true, true],
    [{ type: 'component-down', component: 'kube-controller-manager' }, controller, true, true],
    [{ type: 'component-down', component: 'kube-scheduler' }, controller, false, false],
    [{ type: 'component-down', component: 'kubelet' }, kubelet, true, true],
    [{ type: 'component-down', component: 'kubelet', node: 'n1' }, kubelet, true, true],
    [{ type: 'component-down', component: 'kubelet', node: 'n2' }, kubelet, false, false],
    [{ type: 'component-down', component: 'fault' }, fault, false, false],
    [{ type: LEADERSHIP_LOST, component: 'kube-controller-manager' }, controller, true, true],
    [{ type: LEADERSHIP_LOST, component: 'kube-controller-manager' }, election, false, false],
    [{ type: LEADERSHIP_LOST, component: 'kube-scheduler' }, controller, false, false],
    [{ type: 'etcd-slow', component: 'kubelet', node: 'n1' }, kubelet, false, false],
  ];
  it.each(rows)('%j: %o', (active, one, down, out) => {
    const other = { type: 'etcd-slow' };
    const environment = {
      faults: new Map([other, active].map((each, at) => [`${at}`, each as ActiveFault])),
      ended: [],
    };
    expect([isDown(environment, one), isOutOfReach(environment, one)]).toEqual([down, out]);
    expect([
      isDown({ faults: new Map(), ended: [] }, one),
      isOutOfReach({ faults: new Map(), ended: [] }, one),
    ]).toEqual([false, false]);
  });

  it('agents of a node start when it joins, its machine and all else at 0', () => {
    const config = { nodes: [{ name: 'n0' }, { name: 'n1', joinsAtMs: 5000 }] } as unknown as SimulationConfig;
    const first = { ...kubelet, node: 'n0' };
    expect([kubelet, machine, controller, first].map((one) => startsAtMs(one, config))).toEqual([5000, 0, 0, 0]);
  });
});

describe('what etcd holds at first', () => {
  it('has identities of its own, and is as old as the cluster', () => {
    const extra = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra', namespace: 'default' } };
    const kinds = createFoundation('2026-01-01T02:00:00+02:00', [extra]);
    expect(kinds.get('ConfigMap')?.get('default/extra')?.metadata).toEqual({
      ...extra.metadata,
      uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    });
    const uids = [...kinds.values()].flatMap((objects) => [...objects.values()].map(({ metadata }) => metadata.uid));
    expect(uids.length).toBeGreaterThan(50);
    expect(new Set(uids).size).toBe(uids.length);
    expect(createFoundation('2026-01-01T00:00:00Z').has('ConfigMap')).toBe(false);
  });
});

describe('names of Events', () => {
  it('that are taken are passed over', () => {
    const taken = new Set<string>();
    const store = {
      get: (kind: string, key: string) => (kind === 'Event' && taken.has(key) ? ({} as KubeObject) : undefined),
    } as unknown as Store<KubeObject>;
    const world = { startUnixMs: 0, nowMs: 1000, store };
    const given = (count: number) => new EventNames(world, 'kubelet/n1', count).next('ns', 'web');
    const [first, second] = [given(0), given(1)];
    expect(second).not.toBe(first);
    taken.add(`ns/${first}`);
    expect(given(0)).toBe(second);
    expect(BigInt(`0x${second.split('.')[1]}`) - BigInt(`0x${first.split('.')[1]}`)).toBe(1n);
    expect(given(1000)).toBe(second);
  });
});

describe('what a metrics server is shown', () => {
  it('is the cluster as it is then', () => {
    const object = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } } as KubeObject;
    const store = { list: (kind: string) => (kind === 'Node' ? [object] : []) } as unknown as Store<KubeObject>;
    const contextOf = (actor: string) => (actor === 'a' ? ({ actor } as Context) : undefined);
    const world = {
      environment: { faults: new Map(), ended: [] },
      nowMs: 7,
      contextOf,
      store,
      startUnixMs: 1000,
    } as unknown as World;
    const asked: [string, MeteredCluster][] = [];
    const answers = answersOf(
      (kind, cluster) => {
        asked.push([kind, cluster]);
        return [object];
      },
      () => world,
    );
    expect(answers.measured?.('PodMetrics')).toEqual([object]);
    expect(answers.metrics?.()).toBe('up');
    const [kind, cluster] = asked[0] as [string, MeteredCluster];
    expect([kind, cluster.nowMs, cluster.environment]).toEqual(['PodMetrics', 7, world.environment]);
    expect([cluster.list('Node'), cluster.list('Pod')]).toEqual([[object], []]);
    expect([cluster.contextOf('a')?.actor, cluster.contextOf('b')]).toEqual(['a', undefined]);
    expect(cluster.timestamp(2000)).toBe('1970-01-01T00:00:03Z');
    expect(answersOf(undefined, () => world)).toEqual({});
  });
});

describe('a machine that joins', () => {
  const part = (name: string, node: string, more: Partial<Component> = {}) =>
    ({ name, node, process: name, start: () => undefined, ...more }) as unknown as Component;
  const machine = (node: string) => part(`machine/${node}`, node, { process: 'machine' });
  const nodes = [{ kind: 'Node', metadata: { name: 'n1' } }];

  const joining = (name: string) => {
    const asked: unknown[] = [];
    const set: unknown[] = [];
    const before = {
      components: [machine('n1'), part('kubelet/n2', 'n2')],
      withNode: (config: unknown, known: unknown) => {
        asked.push(config, known);
        const passive = { ...part('passive/n2', 'n2'), start: undefined } as unknown as Component;
        return { components: [machine('n1'), machine('n2'), part('kubelet/n2', 'n2'), passive] };
      },
    } as unknown as ClusterSetup;
    const cluster = {
      nowMs: 500,
      store: { list: (kind: string) => (kind === 'Node' ? nodes : []) },
      timers: { add: (...timer: unknown[]) => set.push(timer) },
    } as unknown as Cluster;
    const input = { to: 'user', kind: 'join', payload: { name, cpu: 4 } } as unknown as Input;
    return { setup: joined(before, cluster, input, 9), asked, set };
  };

  it('is in another composition, and its agents start at once, because of the step', () => {
    const { setup, asked, set } = joining('n2');
    expect(setup?.components).toHaveLength(4);
    expect(asked).toEqual([{ name: 'n2', cpu: 4, joinsAtMs: 500 }, nodes]);
    expect(set).toEqual([
      [500, 'machine/n2', '@start', '', 9],
      [500, 'kubelet/n2', '@start', '', 9],
    ]);
  });

  it('is nothing new where there is one of that name', () =>
    expect(joining('n1')).toEqual({ setup: undefined, asked: [], set: [] }));

  it('begins as the faults that hold let it; the others go on as they were saved', () => {
    const runner = (component: Component) => ({
      component,
      stopped: false,
      held: false,
      restored: undefined as unknown,
      restore(state: unknown) {
        this.restored = state;
      },
    });
    const [known, crashed, cutOff, free] = ['n1', 'n2', 'n3', 'n4'].map((node) =>
      runner(part(`kubelet/${node}`, node, { process: 'kubelet', machine: `machine/${node}` })),
    );
    const faults = new Map([
      ['a', { type: 'node-crash', node: 'n2' } as ActiveFault],
      ['b', { type: 'node-partition', node: 'n3' } as ActiveFault],
      ['c', { type: 'node-crash', node: 'n1' } as ActiveFault],
    ]);
    const state = {} as Saved<RunnerState>;
    restoreRunners([known, crashed, cutOff, free] as unknown as Runner[], [state], { faults, ended: [] });
    const gist = [known, crashed, cutOff, free].map((one) => [one?.restored, one?.stopped, one?.held]);
    expect(gist).toEqual([
      [state, false, false],
      [undefined, true, true],
      [undefined, false, true],
      [undefined, false, false],
    ]);
    expect(known?.restored).toBe(state);
  });
});

describe('whom a component can ask', () => {
  const contexts = new Map([
    ['machine/n1', {} as Context],
    ['dns', {} as Context],
  ]);
  const world = { contextOf: (actor: string) => contexts.get(actor) };
  const component = (more: Partial<Component>): Component => ({ name: 'c', ...more }) as Component;

  it('its machine', () => {
    expect(machineOf(world, component({ machine: 'machine/n1' }))).toBe(contexts.get('machine/n1'));
    for (const machine of [undefined, 'machine/n2'])
      expect(() => machineOf(world, component({ machine }))).toThrow('c runs on no machine');
  });

  it('those that it says it reads', () => {
    const one = component({ reads: ['machine', 'dns'] });
    expect(peerOf(world, one, 'machine/n1')).toBe(contexts.get('machine/n1'));
    expect(peerOf(world, one, 'dns')).toBe(contexts.get('dns'));
    expect(peerOf(world, one, 'machine/n2')).toBeUndefined();
    expect(() => peerOf(world, one, 'kubelet/n1')).toThrow('c does not say that it reads kubelet');
    expect(() => peerOf(world, component({}), 'dns')).toThrow('c does not say that it reads dns');
  });
});

it('the clock is told in whole seconds', () => {
  const clock = new ClockText();
  const times = [0, 999, 1000, 1999, 60_000, 0].map((ms) => clock.at(ms).slice(14));
  expect(times).toEqual(['00:00Z', '00:00Z', '00:01Z', '00:01Z', '01:00Z', '00:00Z']);
});

it('refusals put a try off for 800 ms, doubled up to half a minute', () => {
  expect([0, 1, 2, 5, 6, 7, 99].map(retryDelayMs)).toEqual([800, 1600, 3200, 25_600, 30_000, 30_000, 30_000]);
});

describe('a budget', () => {
  const limits: Limits = {
    maxObjects: 1,
    maxStepsPerSecond: 2,
    maxRevisions: 3,
    maxTimersPerMs: 4,
    maxTimersPerSecond: 5,
  };
  const use: Use = {
    ...{ objects: 1, steps: 2, revisions: 3, timersInMs: 4, timersInSecond: 5 },
    ...{ second: 7, nowMs: 8999, busiest: 'x' },
  };
  it.each([
    [{}, undefined],
    [
      { objects: 2 },
      'the cluster holds 2 objects, more than the budget of 1. Raise the budget (maxObjects; --max-objects',
    ],
    [
      { steps: 3 },
      'more than 2 steps happened in virtual second 7. Raise the budget (maxStepsPerSecond; --max-steps-per-second',
    ],
    [
      { revisions: 4 },
      'the history holds 4 revisions, more than the budget of 3. Raise the budget (maxRevisions; --max-revisions',
    ],
    [
      { timersInMs: 5 },
      'x set too many timers: more than 4 fired in virtual millisecond 8999. Raise the budget (maxTimersPerMs; --max-timers-per-ms',
    ],
    [
      { timersInSecond: 6 },
      'x set too many timers: more than 5 fired in virtual second 8. Raise the budget (maxTimersPerSecond; --max-timers-per-second',
    ],
  ])('with %j', (more, words) => {
    const message = words && `Paused: ${words} on the command line) to go on.`;
    expect(exceededLimit(limits, { ...use, ...more })).toBe(message);
  });

  it('is raised like all others', () => {
    expect(raisedLimits(limits, 10)).toEqual({
      ...{ maxObjects: 10, maxStepsPerSecond: 20, maxRevisions: 30, maxTimersPerMs: 40, maxTimersPerSecond: 50 },
    });
  });
});
