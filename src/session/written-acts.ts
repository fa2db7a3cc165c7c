/**
 * The text of a session with what was done by hand in the present branch as `actions`, so that running the text is that branch. A scenario's actions come
 * before all else that is due in their ms: of what was done after steps of its ms, it is said after how many.
 */
import { type HandInput, isByHand, type Simulation } from '../engine/simulation';
import { withActions } from '../scenario/written-actions';
import type { Session } from './session';

/** The text; or why it can't take what was done. */
export type WrittenText = { readonly text: string } | { readonly problem: string };

const stepsOfItsMs = (simulation: Simulation, { afterStep, atMs }: HandInput): number =>
  Math.max(0, Math.min(afterStep, simulation.step) - simulation.stepAtTime(atMs - 1));

/** See the header. Throws where the text can't take them, saying why. */
export function textWithActs({ text, scenario, simulation, inputs }: Session): string {
  const acts = inputs.filter(isByHand).map((input) => {
    return { input, atMs: input.atMs, afterSteps: stepsOfItsMs(simulation, input) };
  });
  return withActions(text, acts, scenario.durationMs);
}
