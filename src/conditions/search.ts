/** Searches a run, on from a moment, for the first moment at which a condition holds: what *run until* and breakpoints do. */
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import { compileCondition, holdsAt } from './condition';
import type { Moment } from './moment';
import { type LastLook, mayDiffer, noteLook } from './observer';

/** What a search comes to. */
export type Found =
  | { readonly step: number; readonly timeMs: number }
  /** Why the condition could not be told, or the run not go on. */
  | { readonly problem: string }
  | 'nothing';

/** Where a search begins (that moment itself doesn't count), and when it gives up. */
export interface Stretch {
  readonly step: number;
  readonly timeMs: number;
  readonly untilMs: number;
}

/** A search, bit by bit: each call looks at one more moment, after a step or at a whole second; undefined while it goes on. */
export function searchFor(simulation: Simulation, text: string, from: Stretch): () => Found | undefined {
  const program = compileCondition(text);
  if ('problem' in program) return () => program;
  return searchWith(simulation, program, from);
}

/** The same for a condition that has been compiled. */
export function searchWith(
  simulation: Simulation,
  program: CelProgram,
  { step: from, timeMs: fromMs, untilMs }: Stretch,
) {
  const last: LastLook = { looks: undefined, step: 0, revision: 0, second: -1 };
  let step = from;
  let secondMs = (Math.floor(fromMs / 1000) + 1) * 1000;
  return (): Found | undefined => {
    const halted = bringTo(simulation, step + 1, secondMs);
    if (halted !== undefined) return { problem: halted };
    // Steps of the very ms in which a second ends come before its end.
    const isMidway = step < simulation.step && simulation.traceAt(step + 1).time <= secondMs;
    if (isMidway) step += 1;
    const timeMs = isMidway ? simulation.traceAt(step).time : secondMs;
    if (!isMidway) secondMs += 1000;
    if (timeMs > untilMs) return 'nothing';
    const moment: Moment = { simulation, step, timeMs, isMidway };
    if (!mayDiffer(last, moment)) return undefined;
    const { looks, holds, error } = holdsAt(program, moment);
    if (error !== undefined) return { problem: error };
    if (holds) return { step, timeMs };
    noteLook(last, looks, moment);
    return undefined;
  };
}

/** Runs on to a step, or to a time if that comes first. Returns why it could not. */
export function bringTo(simulation: Simulation, step: number, timeMs: number): string | undefined {
  if (simulation.step >= step || simulation.nowMs > timeMs) return undefined;
  const { stopped, message } = simulation.run({ timeMs, step });
  return stopped === 'limit' || stopped === 'failed' ? (message ?? 'the run can not go on') : undefined;
}
