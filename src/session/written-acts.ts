/**
 * The text of a session with what was done by hand in the present branch as `actions`, so that running the text is that branch. A scenario's actions come
 * before all else that is due in their ms: what was done after a step is written 1 ms after it.
 */
import { type HandInput, isByHand, type Simulation } from '../engine/simulation';
import { withActions } from '../scenario/written-actions';
import type { Cursor } from './cursor';
import type { Session } from './session';

/** The text, and when its run shows what was looked at; or why it can't take what was done. */
export type WrittenText = { readonly text: string; readonly timeMs: number } | { readonly problem: string };

function momentOf(simulation: Simulation, { afterStep, atMs }: HandInput): number {
  if (afterStep === 0 || afterStep > simulation.step) return atMs;
  return simulation.traceAt(afterStep).time === atMs ? atMs + 1 : atMs;
}

/** When what a moment of the branch shows is there in the run of its text. */
export function momentInText({ simulation, inputs }: Session, { step, timeMs }: Cursor): number {
  const before = inputs.filter(isByHand).filter(({ afterStep }) => afterStep < step);
  return Math.max(timeMs, ...before.map((input) => momentOf(simulation, input)));
}

/** See the header. Throws where the text can't take them, saying why. */
export function textWithActs({ text, scenario, simulation, inputs }: Session): string {
  const acts = inputs.filter(isByHand).map((input) => ({ input, atMs: momentOf(simulation, input) }));
  return withActions(text, acts, scenario.durationMs);
}
