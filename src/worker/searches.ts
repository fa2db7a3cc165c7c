/** Searches along a run, which is brought on as far as they go. */
import type { Simulation } from '../engine/simulation';
import { runBit, runBitTo } from './run-ahead';

/** Steps within which what was done by hand shows up: whatever is due at the same moment may come first. */
const ACT_STEPS = 200;
/** A search for the next reconcile gives up after so many steps. */
const SEARCH_STEPS = 50_000;

/** The first step after another, and no later than now, that a person or a fault made. */
export function stepOfAct(simulation: Simulation, after: number): number | undefined {
  const timeMs = simulation.nowMs;
  for (let step = after + 1; step <= after + ACT_STEPS; step += 1) {
    while (step > simulation.step && !runBit(simulation, { step, timeMs }));
    if (step > simulation.step) return undefined;
    const { actor } = simulation.traceAt(step);
    if (actor === 'user' || actor === 'fault') return step;
  }
  return undefined;
}

/** A search, bit by bit, for the next step of a controller or the scheduler; the last step where there is none. */
export function reconcileAfter(simulation: Simulation, from: number): () => number | undefined {
  let step = from + 1;
  return () => {
    if (step > from + SEARCH_STEPS) return simulation.step;
    if (step > simulation.step && !runBitTo(simulation, { step })) return undefined;
    if (step > simulation.step) return simulation.step;
    if (isReconcile(simulation.traceAt(step).actor)) return step;
    step += 1;
    return undefined;
  };
}

function isReconcile(actor: string): boolean {
  return actor.endsWith('-controller') || actor.includes('scheduler');
}
