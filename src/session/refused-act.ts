/** Tries an act by hand on a branch that nobody sees, so that one that is refused leaves no trace. */
import type { Input, Simulation } from '../engine/simulation';
import { type Cursor, forkAt } from './cursor';

/** Whatever is due at the same moment comes before an act. */
const MAX_STEPS = 1000;

/** Why an act is refused; null where it is not. Commands say themselves what is wrong with them. */
export function refusalOf(simulation: Simulation, input: Input, at: Cursor): string | null {
  if (input.kind === 'kubectl' || input.kind === 'apply') return null;
  const trial = forkAt(simulation, at);
  const from = trial.step;
  trial.act(input);
  trial.run({ timeMs: trial.nowMs, maxSteps: MAX_STEPS });
  const steps = trial.trace(from + 1, trial.step);
  return steps.find(({ actor, verb }) => actor === input.to && verb === 'refuse')?.message ?? null;
}
