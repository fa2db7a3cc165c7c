/** Searches a run, on from a moment, for the first moment at which a condition holds: what *run until* and breakpoints do. */
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import { compileCondition, holdsAt } from './condition';
import type { Moment } from './moment';
import { NEXT_WARNING, writesWarning } from './next-warning';
import { mayDiffer, noteLook, notLooked } from './observer';
import { Walk } from './walk';

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

/** Whether what is searched for is at a moment. */
type IsAt = (moment: Moment) => boolean | Exclude<Found, 'nothing'>;

/**
 * A search, bit by bit: each call looks at one more moment, after a step or at a whole second; undefined while it goes on. What comes to hold by time
 * alone is found at its very ms.
 */
export function searchFor(simulation: Simulation, text: string, from: Stretch): () => Found | undefined {
  if (text === NEXT_WARNING) return searchBy(simulation, writesWarning, from);
  const program = compileCondition(text);
  if ('problem' in program) return () => program;
  return searchWith(simulation, program, from, true);
}

/** The same for a condition that has been compiled; only where it `isExact` is there looked between those moments. */
export function searchWith(
  simulation: Simulation,
  program: CelProgram,
  from: Stretch,
  isExact = false,
): () => Found | undefined {
  const last = notLooked();
  let notYet: number | undefined;
  const isAt: IsAt = (moment) => {
    if (!mayDiffer(last, moment)) return false;
    if (!last.looks && isExact && !holdsAt(program, { simulation, ...from }).holds) notYet = from.timeMs;
    const { looks, holds = false, error } = holdsAt(program, moment);
    noteLook(last, looks, moment);
    if (error !== undefined) return { problem: error };
    if (holds && isExact && looks.everySecond && notYet !== undefined) return beganAt(program, moment, notYet);
    notYet = moment.timeMs;
    return holds;
  };
  return searchBy(simulation, isAt, from);
}

/** Where a condition that holds at a moment, and did not at an earlier time, began to: it may have between two steps. */
function beganAt(program: CelProgram, moment: Moment, notYetMs: number): Exclude<Found, 'nothing'> {
  const { simulation, step, timeMs } = moment;
  const stepAt = (ms: number): number => simulation.stepAtTime(ms);
  const holds = (ms: number): boolean =>
    holdsAt(program, { ...moment, step: stepAt(ms), timeMs: ms, isMidway: false }).holds === true;
  let [before, since] = [notYetMs, timeMs - 1];
  if (since <= before || !holds(since)) return { step, timeMs };
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (holds(middle)) since = middle;
    else before = middle;
  }
  return { step: stepAt(since), timeMs: since };
}

function searchBy(simulation: Simulation, isAt: IsAt, { step: from, timeMs: fromMs, untilMs }: Stretch) {
  const walk = new Walk(simulation, from, fromMs);
  return (): Found | undefined => {
    const halted = walk.bringOn(untilMs);
    if (halted !== undefined) return { problem: halted };
    const moment = walk.next();
    const { step, timeMs } = moment;
    if (timeMs > untilMs) return 'nothing';
    walk.pass(moment);
    const found = isAt(moment);
    if (typeof found === 'object') return found;
    return found ? { step, timeMs } : undefined;
  };
}
