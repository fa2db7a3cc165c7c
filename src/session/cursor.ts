/** A moment of a branch, and a branch that stands at one. */
import type { Simulation } from '../engine/simulation';

/** A moment: a step, and a time from which the next step is still to come. */
export interface Cursor {
  readonly step: number;
  readonly timeMs: number;
}

/** True where nothing has happened yet after a moment: what is done there needs no branch. */
export function isAtHead(simulation: Simulation, { step, timeMs }: Cursor): boolean {
  return step >= simulation.step && timeMs >= simulation.nowMs;
}

/** A branch that stands at a moment of another. */
export function forkAt(simulation: Simulation, { step, timeMs }: Cursor): Simulation {
  const fork = simulation.fork(step);
  // Further steps of the same ms must stay ahead, so time only passes when the cursor stands later than its step.
  if (timeMs > fork.nowMs) fork.run({ timeMs });
  return fork;
}
