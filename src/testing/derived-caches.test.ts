/**
 * Caches can't be seen: a run of the swarm in which every component drops all its caches before each delivery writes the same
 * objects in the same steps, with the same evidence, as one that keeps them. More seeds with `CACHE_SEEDS=1-60`.
 */
import { expect, it, vi } from 'vitest';
import type { DerivedTrial } from '../engine/client/derived';
import type { Simulation } from '../engine/simulation';
import { drawScenario, startText } from './swarm';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 300_000 });

/** By then people have stopped and put things right, and most of it has healed. */
const UNTIL_MS = 320_000;
const FIXED: readonly number[] = [1, 4, 7, 17];

function seedsOf(range: string | undefined): readonly number[] {
  if (!range) return FIXED;
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function run(text: string, trial: DerivedTrial): Simulation {
  const simulation = startText(text, trial);
  const { message } = simulation.run({ timeMs: UNTIL_MS });
  if (message) throw new Error(message);
  return simulation;
}

/** Every step with its evidence, and every write with what it left. */
function linesOf(simulation: Simulation): string[] {
  const steps = simulation
    .trace(1, simulation.step)
    .map((step) => JSON.stringify([step, simulation.detailAt(step.step)]));
  const writes = simulation
    .changes(0, simulation.revision)
    .map(({ revision, step, key, value }) => JSON.stringify([revision, step, key, value ?? null]));
  return [...steps, ...writes];
}

it.each(seedsOf(process.env.CACHE_SEEDS))('seed %i', (seed) => {
  const text = drawScenario(seed);
  const kept = linesOf(run(text, 'none'));
  const dropped = linesOf(run(text, 'drop'));
  const different = kept.findIndex((line, index) => line !== dropped[index]);
  expect(dropped[different], `line ${different} of seed ${seed}`).toBe(kept[different]);
  expect(dropped).toHaveLength(kept.length);
});
