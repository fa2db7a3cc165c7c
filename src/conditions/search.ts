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
type IsAt = (moment: Moment) => boolean | { readonly problem: string };

/** A search, bit by bit: each call looks at one more moment, after a step or at a whole second; undefined while it goes on. */
export function searchFor(simulation: Simulation, text: string, from: Stretch): () => Found | undefined {
  if (text === NEXT_WARNING) return searchBy(simulation, writesWarning, from);
  const program = compileCondition(text);
  if ('problem' in program) return () => program;
  return searchWith(simulation, program, from);
}

/** The same for a condition that has been compiled. */
export function searchWith(simulation: Simulation, program: CelProgram, from: Stretch): () => Found | undefined {
  const last = notLooked();
  const isAt: IsAt = (moment) => {
    if (!mayDiffer(last, moment)) return false;
    const { looks, holds = false, error } = holdsAt(program, moment);
    noteLook(last, looks, moment);
    return error === undefined ? holds : { problem: error };
  };
  return searchBy(simulation, isAt, from);
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
