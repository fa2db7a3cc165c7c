/**
 * A cluster of three toy components, so small that it can be run again from every step: whatever is saved, restored, forked, sliced or
 * done by hand, what is recorded is the same.
 */
import { describe, expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Component, Context } from '../client/component';
import type { DerivedCache } from '../client/derived';
import { type CompositionOptions, createSimulation } from '../create-simulation';
import type { Input, Simulation, SimulationConfig, TimedInput } from '../simulation';
import type { TraceStep } from '../trace/trace';

interface Ledger extends Record<string, unknown> {
  readonly seen: Map<string, number>;
  readonly late: Set<string>;
  order: readonly string[];
  readonly nested: { readonly counts: Map<string, number>; total: number };
}

const names: DerivedCache<number> = {
  name: 'maps',
  follows: ['ConfigMap'],
  build: ({ lister }, namespace) => lister.list('ConfigMap', namespace).length,
  apply: (kept, { value, previous }) => {
    const { namespace = '' } = (value ?? previous)?.metadata ?? {};
    const known = kept.get(namespace);
    if (known !== undefined) kept.set(namespace, known + (value ? 1 : 0) - (previous ? 1 : 0));
  },
};

const configMap = (name: string, data: Readonly<Record<string, string>> = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data }) as KubeObject;

/** Writes ConfigMaps, some of them random, notes what it sees of them, and tells Events. */
const ledger: Component<Ledger> = {
  // Faults befall what they know by name.
  name: 'job-controller',
  process: 'ledger',
  watches: [
    {
      kind: 'ConfigMap',
      on: ({ memory, nowMs, afterBecause }, { key, step }) => {
        memory.seen.set(key, nowMs);
        memory.order = [...memory.order, key].slice(-5);
        if (nowMs % 2) memory.late.add(key);
        else memory.late.delete(key);
        memory.nested.counts.set(key, (memory.nested.counts.get(key) ?? 0) + 1);
        memory.nested.total++;
        afterBecause(3, 'look', key, step);
      },
    },
  ],
  initial: () => ({ seen: new Map(), late: new Set(), order: [], nested: { counts: new Map(), total: 0 } }),
  start: ({ after, memory }) => {
    after(5, 'write', '0');
    memory.order = ['started'];
  },
  handle: (context, { kind, key }) => (kind === 'write' ? write(context, Number(key)) : look(context, key)),
};

function write({ client, random, after, say, attach }: Context<Ledger>, number: number): void {
  const name = `map-${random.below(6)}`;
  const known = client.find('ConfigMap', 'default', name);
  const draw = random.below(5);
  if (known && draw === 0) client.delete('ConfigMap', 'default', name);
  else if (known) client.update({ ...known, data: { draw: `${number}` } } as KubeObject);
  else client.create(configMap(name, { draw: `${number}` }));
  if (draw === 1)
    client.create({ ...configMap(''), metadata: { generateName: 'more-', namespace: 'default' } } as never);
  if (draw === 2) say('draw', known, `The draw was ${draw}`);
  attach({ draw, number });
  after(7 + draw, 'write', String(number + 1));
}

function look({ lister, derived, events, memory, say }: Context<Ledger>, key: string): void {
  const map = lister.byKey('ConfigMap', key);
  if (!map || memory.nested.total % 3 > 0) return;
  const count = derived.read(names as unknown as DerivedCache<number>, 'default');
  events.record(map, 'Normal', 'Looked', `There are ${count} maps, ${memory.late.size} of them late`);
  say('look', map, `Looked at ${key}: ${memory.order.join(', ')}`);
}

/** Asks nothing of anybody, and makes no step. */
const idle: Component = {
  name: 'default-scheduler',
  process: 'idle',
  watches: [],
  initial: () => ({ ticks: 0 }),
  start: ({ after }) => after(1, 'tick', ''),
  handle: ({ memory, after }) => {
    memory.ticks = Number(memory.ticks) + 1;
    after(4, 'tick', '');
  },
};

/** What people do: `call` writes a ConfigMap of that name. */
const person: Component = {
  name: 'person',
  process: 'user',
  watches: [],
  initial: () => ({ acts: 0 }),
  handle: ({ client, input, memory, say }, { key }) => {
    const { name } = input(key).payload as { name: string };
    memory.acts = Number(memory.acts) + 1;
    say('act', client.create(configMap(name)), `Made ${name}, the ${memory.acts}.`);
  },
};

const OWN = [ledger, idle, person] as unknown as readonly Component[];
const OTHERS = createWorld({ nodes: 0 })
  .simulation.components.map(({ name }) => name)
  .filter((name) => name !== 'kube-apiserver' && name !== 'fault');
const END_MS = 900;
const down = (component: string, atMs: number, forMs: number): TimedInput => ({
  to: 'fault',
  kind: 'fault',
  payload: { type: 'component-down', component, forMs },
  atMs,
});

function start(options: CompositionOptions = {}, more: Partial<SimulationConfig> = {}): Simulation {
  const config = {
    ...{ seed: 3, startTime: '2026-01-01T00:00:00Z', nodes: [], components: {}, programs: [] },
    inputs: [down('job-controller', 400, 90), down('etcd', 560, 60), down('default-scheduler', 700, 1000)],
    ...more,
  };
  return createSimulation(config, {
    components: OWN,
    without: OTHERS,
    freeze: true,
    derivedTrial: 'verify',
    ...options,
  });
}

const act = (name: string): Input => ({ to: 'person', kind: 'call', payload: { name } });

/** Acts at odd moments, two of them in the same ms. */
function acted(simulation: Simulation): Simulation {
  for (const [timeMs, name] of [
    [300, 'one'],
    [455, 'two'],
    [455, 'three'],
    [801, 'four'],
  ] as const) {
    simulation.run({ timeMs });
    simulation.act(act(name));
  }
  simulation.run({ timeMs: END_MS });
  return simulation;
}

/** Everything that is recorded of a run, and what its components remember. */
function recordOf(simulation: Simulation): unknown {
  const { step, revision, nowMs } = simulation;
  const details = simulation
    .trace(1, step)
    .map((one) => [one, simulation.detailAt(one.step), simulation.revisionAt(one.step)]);
  const memories = simulation.componentStates().map(({ component, memory, inbox, seenRevision, standing }) => {
    return [component.name, memory, inbox, seenRevision, standing];
  });
  const pending = simulation.upcoming(50).map(({ cause: _cause, ...timer }) => timer);
  return { step, revision, nowMs, details, memories, pending, changes: simulation.changes(0, revision) };
}

const original = acted(start());
const recorded = recordOf(original);

describe('a small world', () => {
  it('sees what it is there for', () => {
    const verbs = new Set(original.trace(1, original.step).map(({ verb }) => verb));
    for (const verb of [
      'bootstrap',
      'create',
      'update',
      'delete',
      'draw',
      'look',
      'act',
      'component-down',
      'heal',
      'retry',
    ])
      expect([...verbs]).toContain(verb);
    expect(original.step).toBeGreaterThan(70);
    expect(original.inputs).toHaveLength(4);
    const idleState = original.componentStates().find(({ component }) => component.name === 'default-scheduler');
    expect([idleState?.standing, idleState?.memory]).toEqual(['stopped', { ticks: 175 }]);
    expect(original.activeFaults().map(({ component }) => component)).toEqual(['default-scheduler']);
  });

  it.each([1, 6])('is the same when each %i. step is a checkpoint that it goes on from', (stepsPerCheckpoint) => {
    expect(recordOf(acted(start({ stepsPerCheckpoint, restoreAtCheckpoints: true })))).toEqual(recorded);
  });

  it('is the same without caches', () => {
    expect(recordOf(acted(start({ derivedTrial: 'drop' })))).toEqual(recorded);
  });

  it.each([
    ['one step at a time', { maxSteps: 1 }],
    ['some steps at a time', { maxSteps: 13 }],
    ['one timer at a time', { maxTimers: 1 }],
    ['some timers at a time', { maxTimers: 17 }],
  ])('is the same, run %s', (_what, slice) => {
    const inputs = [...original.config.inputs, ...original.inputs];
    const sliced = start({}, { inputs });
    for (let at = 0; at < 5000 && sliced.run({ timeMs: END_MS, ...slice }).stopped !== 'time'; at++);
    expect(recordOf(sliced)).toEqual(recorded);
  });

  it('is the same in forks of every seventeenth step, and in forks of those', () => {
    const parent = acted(start({ stepsPerCheckpoint: 9 }));
    for (let step = 0; step <= parent.step; step += 17) {
      const fork = parent.fork(step);
      expect([fork.step, fork.revision]).toEqual([step, parent.revisionAt(step)]);
      const done = fork.inputs.length;
      expect(fork.inputs).toEqual(parent.inputs.slice(0, done));
      const again = fork.fork(step - 5);
      expect([again.step, fork.step]).toEqual([Math.max(0, step - 5), step]);
      for (const { atMs, to, kind, payload } of parent.inputs.slice(done)) {
        fork.run({ timeMs: atMs });
        fork.act({ to, kind, payload });
      }
      fork.run({ timeMs: END_MS });
      expect(recordOf(fork)).toEqual(recorded);
    }
  });

  it('leaves an act out of a fork at its own step, and has it once in one behind it', () => {
    const parent = start({ stepsPerCheckpoint: 4 }, { inputs: [] });
    parent.run({ step: 30 });
    parent.act(act('one'));
    parent.run({ step: 50 });
    const acted = parent.trace(31, 50).find(({ actor }) => actor === 'person')?.step ?? 0;
    expect([30, acted, acted + 1, 50].map((step) => parent.fork(step).inputs.length)).toEqual([0, 1, 1, 1]);
  });

  it('remembers in a fork what it remembered then, and shares none of it', () => {
    const again = start();
    for (const step of [20, 40, 60]) {
      again.run({ step });
      const fork = again.fork(step);
      for (const { name } of OWN) {
        expect(fork.memoryOf(name)).toEqual(again.memoryOf(name));
        expect(fork.memoryOf(name)).not.toBe(again.memoryOf(name));
      }
      expect(fork.upcoming(99)).toEqual(again.upcoming(99));
      fork.run({ timeMs: END_MS });
      expect(again.step).toBe(step);
    }
  });

  it('looks back on every step as it was', () => {
    const again = start({}, { inputs: [...original.config.inputs, ...original.inputs] });
    const kinds = ['ConfigMap', 'Event', 'Namespace'];
    for (let step = 1; step <= original.step; step++) {
      again.run({ step });
      for (const kind of kinds) expect(original.objectsAt(step, kind)).toEqual(again.objectsAt(again.step, kind));
      expect(original.traceAt(step)).toEqual(again.traceAt(step));
      const [one] = original.objectsAt(step, 'ConfigMap');
      if (one) expect(original.objectAt(step, 'ConfigMap', 'default', one.metadata.name)).toBe(one);
    }
    expect(original.kinds()).toEqual(expect.arrayContaining(kinds));
    for (const { revision, step } of original.changes(0, original.revision))
      expect(original.stepOfRevision(revision)).toBe(step);
    expect([original.stepOfRevision(0), original.stepOfRevision(99_999)]).toEqual([0, 0]);
    const changed = original.differences('ConfigMap', 30, 40);
    const between = original.changes(original.revisionAt(30), original.revisionAt(40));
    const keys = between.filter(({ kind }) => kind === 'ConfigMap').map(({ key }) => key);
    expect(changed.size).toBeGreaterThan(0);
    expect(changed).toEqual(
      new Map(
        keys.map((key) => [
          key,
          original.objectsAt(40, 'ConfigMap').find(({ metadata }) => key.endsWith(`/${metadata.name}`)),
        ]),
      ),
    );
    expect(original.history('Namespace', undefined, 'default').map(({ revision }) => revision)).toEqual([1]);
  });

  it('tells what a firing read, which changes nothing', () => {
    const parent = acted(start({ stepsPerCheckpoint: 7 }));
    const reads = (find: (step: TraceStep) => boolean) => {
      const { step } = parent
        .trace(1, parent.step)
        .find((one) => one.actor === 'job-controller' && find(one)) as TraceStep;
      return parent.readsAt(step).map(({ from, kind, what }) => `${from} ${kind} ${what}`);
    };
    const looked = reads(({ verb }) => verb === 'look');
    expect(looked).toEqual([expect.stringMatching(/^cache ConfigMap default\/map-\d$/), 'derived maps default']);
    expect(reads(({ verb }) => verb === 'update')).toEqual([
      expect.stringMatching(/^server configmaps default\/map-\d$/),
    ]);
    for (const step of [0, -1, parent.step + 1]) expect(parent.readsAt(step)).toEqual([]);
    expect(parent.readsAt(parent.step)).toEqual(parent.fork(parent.step).readsAt(parent.step));
    expect(recordOf(parent)).toEqual(recorded);
  });

  it('tells the same wherever the checkpoints are', () => {
    const [near, far] = [3, 100_000].map((stepsPerCheckpoint) => acted(start({ stepsPerCheckpoint })));
    for (let step = 1; step <= original.step; step++) expect(near?.readsAt(step)).toEqual(far?.readsAt(step));
  });

  it('is the same in a fork that had to fire thousands of timers', () => {
    const parent = start({ stepsPerCheckpoint: 100_000 }, { inputs: [] });
    parent.run({ timeMs: 6000 });
    const fork = parent.fork(parent.step);
    fork.run({ timeMs: 6000 });
    expect(recordOf(fork)).toEqual(recordOf(parent));
  });

  it('goes on from a checkpoint at the very steps that it was told', () => {
    const simulation = start({ stepsPerCheckpoint: 5, restoreAtCheckpoints: true });
    const restoredAt: number[] = [];
    for (let step = 1, before = simulation.memoryOf('person'); step <= 16; step++) {
      simulation.run({ step });
      const memory = simulation.memoryOf('person');
      if (memory !== before) restoredAt.push(step);
      before = memory;
    }
    expect(restoredAt).toEqual([5, 10, 15]);
  });

  it('has no timers of a process that is gone, but what was planned for it', () => {
    const simulation = start({}, { inputs: [down('job-controller', 402, 1)] });
    const writes = () => simulation.upcoming(99).filter(({ to, kind }) => to === 'job-controller' && kind === 'write');
    simulation.run({ timeMs: 401 });
    const [before] = writes();
    simulation.run({ timeMs: 404 });
    expect([before?.key === '0', writes().map(({ key }) => key)]).toEqual([false, ['0']]);
    const ticks = (...planned: TimedInput[]): number => {
      const one = start({}, { inputs: [down('default-scheduler', 402, 1), ...planned] });
      one.run({ timeMs: 451 });
      return Number(one.memoryOf('default-scheduler')?.ticks);
    };
    expect(ticks({ to: 'default-scheduler', kind: 'call', payload: {}, atMs: 451 })).toBe(ticks() + 1);
  });

  it('says why it stops', () => {
    const simulation = start({}, { inputs: [] });
    expect(simulation.run({ step: 0 })).toEqual({ stopped: 'steps' });
    expect(simulation.run({ maxTimers: 0 })).toEqual({ stopped: 'timers' });
    expect([simulation.step, simulation.nowMs]).toEqual([0, 0]);
    expect(simulation.run({ timeMs: 20.7 })).toEqual({ stopped: 'time' });
    expect(simulation.nowMs).toBe(20);
    expect(simulation.run({ timeMs: 10 })).toEqual({ stopped: 'time' });
    expect(simulation.nowMs).toBe(20);
    const empty = createSimulation(
      { ...simulation.config, inputs: [] },
      { without: [...OTHERS, 'kube-apiserver', 'fault'] },
    );
    expect(empty.run({ timeMs: 50 })).toEqual({ stopped: 'idle' });
    expect([empty.nowMs, empty.step, empty.run({}).stopped]).toEqual([50, 0, 'idle']);
    const later = createSimulation(
      { ...simulation.config, inputs: [{ ...act('later'), atMs: 80, afterTimer: 0, afterStep: 0 }] },
      { components: [person] as unknown as Component[], without: [...OTHERS, 'kube-apiserver', 'fault'] },
    );
    expect([later.run({ timeMs: 50 }).stopped, later.run({ timeMs: 90 }).stopped, later.step]).toEqual([
      'time',
      'idle',
      1,
    ]);
    expect(start({}, { limits: { maxObjects: 3 } }).run({ timeMs: 60 }).stopped).toBe('limit');
    simulation.setLimits({ maxObjects: 3 });
    expect(simulation.run({ timeMs: 60 }).stopped).toBe('limit');
    expect(simulation.fork(simulation.step).run({ timeMs: 60 }).stopped).toBe('limit');
  });
});
