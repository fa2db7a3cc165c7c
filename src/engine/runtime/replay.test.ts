import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { drawScenario, startText } from '../../testing/swarm';
import { type CompositionOptions, createSimulation } from '../create-simulation';
import type { Input, Simulation } from '../simulation';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

/** What is recorded of a run: its trace, with the evidence, and everything stored at the end. */
function digest(simulation: Simulation): string {
  const hash = createHash('sha256');
  for (const step of simulation.trace(1, simulation.step)) {
    hash.update(JSON.stringify([step, simulation.detailAt(step.step), simulation.revisionAt(step.step)]));
  }
  for (const kind of simulation.kinds()) hash.update(JSON.stringify(simulation.objectsAt(simulation.step, kind)));
  return hash.digest('hex');
}

describe('a fork', () => {
  it('shares what it replays with its parent, and holds nothing of what its parent does later', () => {
    const parent = startText(drawScenario(3));
    parent.run({ timeMs: 120_000 });
    const step = Math.floor(parent.step / 2) + 7;
    const fork = parent.fork(step);
    for (let at = 1; at <= step; at++) expect(fork.traceAt(at)).toEqual(parent.traceAt(at));
    const revision = parent.revisionAt(step);
    expect(fork.changes(0, revision).every((change, index) => change === parent.changes(index, index + 1)[0])).toBe(
      true,
    );
    const later = new Set<unknown>([parent, ...parent.changes(revision, parent.revision)]);
    for (let at = step + 1; at <= parent.step; at++) if (parent.detailAt(at)) later.add(parent.detailAt(at));
    expect(reachable(fork).filter((value) => later.has(value))).toEqual([]);
  });
});

/** Everything that can be reached from a value. */
function reachable(root: unknown): unknown[] {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const inner of value instanceof Map ? [...value].flat() : value instanceof Set ? value : []) open.push(inner);
    for (const field of Object.values(Object.getOwnPropertyDescriptors(value))) open.push(field.value);
  }
  return [...seen];
}

const command = (line: string): Input => ({ to: 'user', kind: 'kubectl', payload: { command: line } });

/** What people do by hand in the middle of a swarm's run. */
const ACTS: readonly Input[] = [
  command('scale deployment --all --replicas=3'),
  command('delete pods --all --wait=false'),
  command('rollout restart deployment/d1'),
  command('cordon node-1'),
  command('delete deployment d1 --cascade=orphan'),
  command('delete pods --all --force --grace-period=0'),
  command('delete node node-2'),
  command('delete namespace other --wait=false'),
  command('drain node-1 --force --timeout=20s'),
  { to: 'fault', kind: 'fault', payload: { type: 'api-server-down', forMs: 3000 } },
  {
    to: 'fault',
    kind: 'fault',
    payload: { type: 'component-down', component: 'kubelet', node: 'node-1', forMs: 12_000 },
  },
  { to: 'fault', kind: 'fault', payload: { type: 'node-crash', node: 'node-2', forMs: 20_000 } },
  { to: 'fault', kind: 'fault', payload: { type: 'component-down', component: 'kube-scheduler', forMs: 9000 } },
];

const END_MS = 90_000;

describe('checkpoints, forks and acts by hand', () => {
  const texts = new Map([2, 4, 11].map((seed) => [seed, drawScenario(seed)]));
  const start = (seed: number, options: CompositionOptions): Simulation => {
    const { config, components } = startText(texts.get(seed) as string);
    return createSimulation(config, { components, ...options });
  };
  const act = (simulation: Simulation, plan: readonly { atMs: number; act: number }[]): Simulation => {
    for (const { atMs, act: which } of plan) {
      simulation.run({ timeMs: atMs });
      simulation.act(ACTS[which] as Input);
    }
    simulation.run({ timeMs: END_MS });
    return simulation;
  };
  const plans = fc
    .array(fc.record({ atMs: fc.integer({ min: 0, max: END_MS - 1 }), act: fc.nat(ACTS.length - 1) }), { maxLength: 4 })
    .map((acts) => acts.sort((a, b) => a.atMs - b.atMs));

  it('never alter a run: whatever the spacing, restored in place, from any step', () => {
    const cases = fc.record({
      seed: fc.constantFrom(...texts.keys()),
      plan: plans,
      spacing: fc.integer({ min: 1, max: 40 }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const holds = ({
      seed,
      plan,
      spacing,
      at,
    }: {
      seed: number;
      plan: { atMs: number; act: number }[];
      spacing: number;
      at: number;
    }) => {
      const plain = act(start(seed, {}), plan);
      const whole = digest(plain);
      const inPlace = act(start(seed, { stepsPerCheckpoint: spacing, restoreAtCheckpoints: true }), plan);
      expect(digest(inPlace)).toBe(whole);
      const step = Math.floor(at * inPlace.step);
      for (const parent of [inPlace, plain]) {
        const fork = parent.fork(step);
        expect(fork.step).toBe(step);
        const done = fork.inputs.length;
        expect(fork.inputs).toEqual(plain.inputs.slice(0, done));
        for (const input of plain.inputs.slice(done)) {
          fork.run({ timeMs: input.atMs });
          fork.act({ to: input.to, kind: input.kind, payload: input.payload });
        }
        fork.run({ timeMs: END_MS });
        expect(digest(fork)).toBe(whole);
      }
    };
    fc.assert(fc.property(cases, holds), { numRuns: Number(process.env.FORK_RUNS ?? 3), seed: 1 });
  });

  it('an act is left out of a fork at its own step, and made once in a fork after it', () => {
    const simulation = start(4, { stepsPerCheckpoint: 3 });
    simulation.run({ step: 100 });
    simulation.act(command('scale deployment --all --replicas=1'));
    simulation.run({ timeMs: END_MS });
    expect(simulation.fork(100).inputs).toEqual([]);
    const acted = simulation.trace(101, simulation.step).find(({ actor }) => actor === 'user')?.step ?? 0;
    for (const step of [acted, acted + 1, acted + 2, acted + 3, simulation.step]) {
      const fork = simulation.fork(step);
      expect(fork.inputs).toEqual(simulation.inputs);
      fork.run({ timeMs: END_MS });
      expect(digest(fork)).toBe(digest(simulation));
    }
  });
});
