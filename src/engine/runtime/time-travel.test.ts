import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createSession } from '../../session/create-session';
import { drawScenario, startText } from '../../testing/swarm';
import { createWorld } from '../../testing/world';
import type { Component, Memory } from '../client/component';
import { createSimulation } from '../create-simulation';
import { Random } from '../kernel/random';
import type { Simulation } from '../simulation';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

/** Random scenarios that this file travels in, each run to this time. */
const SEEDS = [3, 19] as const;
const END_MS = 240_000;

const text = new Map<number, string>();
const original = new Map<number, Simulation>();

function textOf(seed: number): string {
  const drawn = text.get(seed) ?? drawScenario(seed);
  text.set(seed, drawn);
  return drawn;
}

/** The run that others are compared with. */
function originalOf(seed: number): Simulation {
  const known = original.get(seed);
  if (known) return known;
  const simulation = startText(textOf(seed));
  simulation.run({ timeMs: END_MS });
  original.set(seed, simulation);
  return simulation;
}

function digest(lines: Iterable<unknown>): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${JSON.stringify(line)}\n`);
  return hash.digest('hex');
}

const traceHash = (simulation: Simulation): string => digest(simulation.trace(1, simulation.step));

/** Everything stored at a step. */
const worldHash = (simulation: Simulation, step: number): string =>
  digest(simulation.kinds().flatMap((kind) => simulation.objectsAt(step, kind)));

/** Some steps of a run, in order: the first, the last, and others between. */
function someSteps(simulation: Simulation, seed: number, count: number): number[] {
  const random = Random.split(seed, 'steps');
  const steps = Array.from({ length: count }, () => 1 + random.below(simulation.step));
  return [...new Set([1, ...steps, simulation.step])].sort((a, b) => a - b);
}

describe('looking back', () => {
  it.each(SEEDS)('shows what a run from scratch shows at that step (seed %i)', (seed) => {
    const simulation = originalOf(seed);
    const again = startText(textOf(seed));
    for (const step of someSteps(simulation, seed, 30)) {
      again.run({ step });
      expect(again.step).toBe(step);
      expect(again.revision, `revision at step ${step}`).toBe(simulation.revisionAt(step));
      expect(worldHash(simulation, step), `world at step ${step}`).toBe(worldHash(again, step));
    }
  });

  it('reads single objects, their history and the step of each revision alike', () => {
    const simulation = originalOf(7);
    for (const step of someSteps(simulation, 1, 20)) {
      for (const object of simulation.objectsAt(step, 'Pod')) {
        const { namespace, name } = object.metadata;
        expect(simulation.objectAt(step, 'Pod', namespace, name)).toBe(object);
        const past = simulation
          .history('Pod', namespace, name)
          .filter(({ revision }) => revision <= simulation.revisionAt(step));
        expect(past.at(-1)?.value).toBe(object);
        const written = simulation.stepOfRevision(past.at(-1)?.revision ?? 0);
        expect(written).toBeLessThanOrEqual(step);
        expect(simulation.revisionAt(written - 1)).toBeLessThan(past.at(-1)?.revision ?? 0);
      }
    }
  });

  it('finds the last step at or before a time', () => {
    const simulation = originalOf(3);
    for (const step of someSteps(simulation, 2, 30)) {
      const { time } = simulation.traceAt(step);
      const found = simulation.stepAtTime(time);
      expect(found).toBeGreaterThanOrEqual(step);
      expect(simulation.traceAt(found).time).toBe(time);
      if (found < simulation.step) expect(simulation.traceAt(found + 1).time).toBeGreaterThan(time);
    }
    expect(simulation.stepAtTime(-1)).toBe(0);
  });
});

describe('forking', () => {
  it.each(SEEDS)('goes on to the same end, byte for byte (seed %i)', (seed) => {
    const simulation = originalOf(seed);
    for (const step of someSteps(simulation, seed + 1000, 4)) {
      const fork = simulation.fork(step);
      expect(fork.step).toBe(step);
      fork.run({ timeMs: END_MS });
      expect(traceHash(fork), `forked at step ${step}`).toBe(traceHash(simulation));
      expect(worldHash(fork, fork.step)).toBe(worldHash(simulation, simulation.step));
    }
  });

  it('works from step 0, and from a fork of a fork', () => {
    const simulation = originalOf(7);
    const [a = 0, b = 0] = [Math.floor(simulation.step * 0.8), Math.floor(simulation.step * 0.4)];
    for (const fork of [simulation.fork(0), simulation.fork(a).fork(b), simulation.fork(b).fork(b)]) {
      fork.run({ timeMs: END_MS });
      expect(traceHash(fork)).toBe(traceHash(simulation));
    }
  });

  it('leaves the parent as it was', () => {
    const parent = startText(textOf(10));
    parent.run({ timeMs: 60_000 });
    const before = [traceHash(parent), worldHash(parent, parent.step), parent.revision, parent.nowMs];
    const fork = parent.fork(Math.floor(parent.step / 2));
    fork.act({ to: 'user', kind: 'kubectl', payload: { command: 'delete deployment --all' } });
    fork.act({ to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1' } });
    fork.run({ timeMs: 90_000 });
    expect(traceHash(fork)).not.toBe(traceHash(parent));
    expect([traceHash(parent), worldHash(parent, parent.step), parent.revision, parent.nowMs]).toEqual(before);
    expect(parent.inputs).toEqual([]);
    parent.run({ timeMs: END_MS });
    expect(traceHash(parent)).toBe(traceHash(originalOf(10)));
  });
});

describe('checkpoints', () => {
  it.each(SEEDS)('hold all that a run goes on from (seed %i)', (seed) => {
    const simulation = originalOf(seed);
    const { config, components } = simulation;
    const checked = createSimulation(config, { components, stepsPerCheckpoint: 20 });
    checked.run({ timeMs: END_MS });
    expect(traceHash(checked)).toBe(traceHash(simulation));
    for (const step of someSteps(simulation, seed + 2000, 8)) {
      const fork = checked.fork(step);
      fork.run({ timeMs: END_MS });
      expect(traceHash(fork), `forked at step ${step}`).toBe(traceHash(simulation));
      expect(worldHash(fork, fork.step)).toBe(worldHash(simulation, simulation.step));
    }
  });

  it('stay as they were, however often they are used', () => {
    const { config, components } = originalOf(10);
    const checked = createSimulation(config, { components, stepsPerCheckpoint: 10 });
    checked.run({ timeMs: 50_000 });
    const step = checked.step - 5;
    for (let round = 0; round < 3; round++) {
      const fork = checked.fork(step);
      fork.act({ to: 'user', kind: 'kubectl', payload: { command: 'delete pods --all' } });
      fork.run({ timeMs: 90_000 });
    }
    const fork = checked.fork(step);
    fork.run({ timeMs: END_MS });
    expect(traceHash(fork)).toBe(traceHash(originalOf(10)));
  });
});

describe('slicing', () => {
  const slices: readonly (readonly [string, (simulation: Simulation) => void])[] = [
    [
      'one step at a time',
      (one) => {
        while (one.run({ timeMs: END_MS, maxSteps: 1 }).stopped === 'steps');
      },
    ],
    [
      'in odd numbers of steps',
      (one) => {
        while (one.run({ timeMs: END_MS, maxSteps: 37 }).stopped === 'steps');
      },
    ],
    [
      'in odd slices of time',
      (one) => {
        for (let timeMs = 0; timeMs < END_MS; timeMs += 1733) one.run({ timeMs });
      },
    ],
    [
      'looking back all the while',
      (one) => {
        while (one.run({ timeMs: END_MS, maxSteps: 50 }).stopped === 'steps')
          one.objectsAt(Math.floor(one.step / 2), 'Pod');
      },
    ],
  ];
  it.each(slices)('never alters a run: %s', (_name, advance) => {
    const simulation = startText(textOf(3));
    advance(simulation);
    simulation.run({ timeMs: END_MS });
    expect(traceHash(simulation)).toBe(traceHash(originalOf(3)));
  });
});

describe('acting by hand', () => {
  const command = (line: string) => ({ to: 'user', kind: 'kubectl', payload: { command: line } });

  function actedOn(): Simulation {
    const { session } = createSession(textOf(19));
    const simulation = session?.simulation as Simulation;
    simulation.run({ step: 150 });
    simulation.act(command('scale deployment --all --replicas=2'));
    simulation.act({ to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-1', forMs: 30_000 } });
    simulation.run({ timeMs: 70_003 });
    simulation.act(command('rollout restart deployment/d1'));
    simulation.run({ timeMs: 70_003 });
    simulation.act(command('cordon node-2'));
    simulation.run({ timeMs: END_MS });
    return simulation;
  }

  it('replays from the recorded inputs', () => {
    const simulation = actedOn();
    expect(simulation.inputs).toHaveLength(4);
    const inputs = JSON.parse(JSON.stringify(simulation.inputs));
    const replayed = createSession(textOf(19), { inputs }).session?.simulation as Simulation;
    replayed.run({ timeMs: END_MS });
    expect(traceHash(replayed)).toBe(traceHash(simulation));
    expect(replayed.inputs).toEqual(simulation.inputs);
    expect(traceHash(simulation)).not.toBe(traceHash(originalOf(19)));
  });

  it('is kept by forks after it and left out of forks before it', () => {
    const simulation = actedOn();
    const [, , restart] = simulation.inputs as readonly { afterStep: number }[];
    const after = simulation.fork((restart?.afterStep ?? 0) + 30);
    expect(after.inputs).toHaveLength(4);
    after.run({ timeMs: END_MS });
    expect(traceHash(after)).toBe(traceHash(simulation));
    const before = simulation.fork(149);
    expect(before.inputs).toEqual([]);
    before.run({ timeMs: END_MS });
    expect(traceHash(before)).toBe(traceHash(originalOf(19)));
  });

  it('drops what was still to be replayed', () => {
    const inputs = actedOn().inputs;
    const replayed = createSession(textOf(19), { inputs }).session?.simulation as Simulation;
    replayed.run({ timeMs: 65_000 });
    replayed.act(command('uncordon node-1'));
    expect(replayed.inputs).toHaveLength(3);
    const again = createSession(textOf(19), { inputs: replayed.inputs }).session?.simulation as Simulation;
    for (const one of [replayed, again]) one.run({ timeMs: END_MS });
    expect(traceHash(again)).toBe(traceHash(replayed));
  });
});

describe('the seed', () => {
  it('decides everything', () => {
    const again = startText(textOf(7));
    again.run({ timeMs: END_MS });
    expect(traceHash(again)).toBe(traceHash(originalOf(7)));
  });

  it('makes another run when it is another', () => {
    const { session } = createSession(textOf(7), { seed: 8 });
    session?.simulation.run({ timeMs: END_MS });
    expect(traceHash(session?.simulation as Simulation)).not.toBe(traceHash(originalOf(7)));
  });
});

/** Freezes what checkpoints share: everything inside the containers that a snapshot copies. */
function freezeShared(value: unknown, depth: number): void {
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    for (const inner of value.values()) freezeWhole(inner);
  } else if (depth === 0) freezeWhole(value);
  else if (value !== null && typeof value === 'object')
    for (const inner of Object.values(value)) freezeShared(inner, depth - 1);
}

const FROZEN = new WeakSet<object>();

function freezeWhole(value: unknown): void {
  if (value === null || typeof value !== 'object' || FROZEN.has(value)) return;
  FROZEN.add(value);
  if (value instanceof Map || value instanceof Set) {
    const refuse = (): never => {
      throw new Error('a container inside a value of memory was mutated');
    };
    for (const method of ['set', 'add', 'delete', 'clear']) Object.defineProperty(value, method, { value: refuse });
    for (const inner of value.values()) freezeWhole(inner);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && !Array.isArray(value)) throw new Error('memory holds an instance of a class');
  Object.freeze(value);
  for (const inner of Object.values(value)) freezeWhole(inner);
}

describe('memory', () => {
  it.each(SEEDS)('is never mutated below what a checkpoint copies (seed %i)', (seed) => {
    const simulation = originalOf(seed);
    const memories = new Map<string, Memory>();
    const watched = simulation.components.map(
      (component): Component => ({
        ...component,
        initial: () => {
          const memory = component.initial();
          memories.set(component.name, memory);
          return memory;
        },
      }),
    );
    const again = createSimulation(simulation.config, { components: watched, freeze: true });
    for (let stopped = 'steps'; stopped === 'steps'; ) {
      const result = again.run({ timeMs: END_MS, maxSteps: 5 });
      expect(result.stopped, result.message).not.toBe('failed');
      stopped = result.stopped;
      for (const memory of memories.values()) freezeShared(memory, 3);
    }
    expect(traceHash(again)).toBe(traceHash(simulation));
  });
});

const deployment = (replicas: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'app:1'}]}
`;

describe('a component that is down', () => {
  const down = (component: string, atMs: number, forMs: number, node?: string) => ({
    to: 'fault',
    kind: 'fault',
    payload: { type: 'component-down', component, node, for: forMs },
    atMs,
  });
  const readyPods = (world: ReturnType<typeof createWorld>) =>
    world.list('Pod').filter((pod) => JSON.stringify(pod.status).includes('"type":"Ready","status":"True"')).length;

  it.each([
    ['kube-controller-manager', 0],
    ['kube-scheduler', 0],
    ['replicaset-controller', 0],
    ['kubelet', 0],
  ])('%s: nothing it does happens, and all of it afterwards', (component, before) => {
    const world = createWorld({ documents: deployment(3), inputs: [down(component, 0, 30_000)] });
    world.runUntil(29_000);
    expect(readyPods(world)).toBe(before);
    world.runUntil(60_000);
    expect(readyPods(world)).toBe(3);
  });

  it('finds again what it had made before', () => {
    const world = createWorld({
      documents: deployment(4),
      inputs: [down('kube-controller-manager', 10_000, 10_000), down('kubelet', 30_000, 5000, 'node-1')],
    });
    world.runUntil(9000);
    const names = world.list('Pod').map(({ metadata }) => metadata.name);
    world.runUntil(60_000);
    expect(world.list('Pod').map(({ metadata }) => metadata.name)).toEqual(names);
    expect(readyPods(world)).toBe(4);
  });
});
