/**
 * Breakpoints: conditions at which playing stops. One that holds already stops again only when it came not to hold meanwhile; one that is about
 * the step itself stops at every step of which it holds.
 */
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import { compileCondition, holdsAt } from './condition';
import type { Moment } from './moment';
import { NEXT_WARNING, writesWarning } from './next-warning';
import { type LastLook, mayDiffer, noteLook, notLooked } from './observer';
import type { Stretch } from './search';
import { Walk } from './walk';

/** Where playing would stop, and because of which condition; or how far there is no stop. */
export type Stop =
  /** `isMidway`: at the step; else when the time has come, after all of its steps. */
  | { readonly step: number; readonly timeMs: number; readonly condition: string; readonly isMidway: boolean }
  | { readonly clear: { readonly step: number; readonly timeMs: number } }
  /** A condition that can't be told, or a run that can't go on. */
  | { readonly problem: string; readonly condition?: string };

interface Watched {
  readonly condition: string;
  /** Undefined for {@link NEXT_WARNING}. */
  readonly program: CelProgram | undefined;
  readonly last: LastLook;
  holds: boolean;
}

/** Whether a condition begins to hold at a moment; what it said last stays said while nothing it looks at has changed. */
function begins(watched: Watched, moment: Moment): boolean | { readonly problem: string } {
  const { last, program } = watched;
  if (!program) return writesWarning(moment);
  if (!mayDiffer(last, moment)) return false;
  const { looks, holds = false, error } = holdsAt(program, moment);
  if (error !== undefined) return { problem: error };
  const isNew = holds && (!watched.holds || looks.everyStep);
  watched.holds = holds;
  noteLook(last, looks, moment);
  return isNew;
}

/** A search, bit by bit, for the first moment after one at which one of some conditions begins to hold, up to a time, and to the end of its second. */
export function nextStop(
  simulation: Simulation,
  conditions: readonly string[],
  { step, timeMs, untilMs: wantedMs }: Stretch,
): () => Stop | undefined {
  // Of what begins to hold within a second the end is looked at: whoever searches on from its midst would take it for seen.
  const untilMs = Math.ceil(wantedMs / 1000) * 1000;
  const all: Watched[] = [];
  for (const condition of conditions) {
    const program = condition === NEXT_WARNING ? undefined : compileCondition(condition);
    if (program && 'problem' in program) return () => ({ problem: program.problem, condition });
    all.push({ condition, program, last: notLooked(), holds: false });
  }
  const look = (moment: Moment): Stop | undefined => {
    for (const watched of all) {
      const found = begins(watched, moment);
      if (typeof found === 'object') return { ...found, condition: watched.condition };
      if (found) {
        const { step: at, timeMs: atMs, isMidway = false } = moment;
        return { step: at, timeMs: atMs, condition: watched.condition, isMidway };
      }
    }
    return undefined;
  };
  const walk = new Walk(simulation, step, timeMs);
  let seen: Moment | undefined;
  return () => {
    if (!seen) {
      seen = { simulation, step, timeMs };
      // What holds here has been seen: a stop here would be none.
      const found = look(seen);
      return found && 'problem' in found ? found : undefined;
    }
    const halted = walk.bringOn(untilMs);
    if (halted !== undefined) return { problem: halted };
    const moment = walk.next();
    if (moment.timeMs > untilMs) return { clear: { step: seen.step, timeMs: Math.max(seen.timeMs, untilMs) } };
    walk.pass(moment);
    seen = moment;
    return look(moment);
  };
}
