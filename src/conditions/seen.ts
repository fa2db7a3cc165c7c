/** Watches a run that others run on for the first moment at which a condition holds: it looks at what has happened and runs nothing itself. */
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import { holdsAt } from './condition';
import type { Moment } from './moment';
import { mayDiffer, noteLook, notLooked } from './observer';
import { Walk } from './walk';

/** See the header. A condition that has no value at a moment doesn't hold there. */
export class Seen {
  /** Where it held first. */
  found: { readonly step: number; readonly timeMs: number } | undefined;
  private walk: Walk | undefined;
  private readonly last = notLooked();

  /** The moment at which everything of `fromMs` has happened is the first that counts. */
  constructor(
    readonly simulation: Simulation,
    private readonly program: CelProgram,
    private readonly fromMs: number,
  ) {}

  /** Looks at one more moment; false when there is none more to look at by now. */
  advance(): boolean {
    if (this.found) return false;
    const moment = this.next();
    if (!moment) return false;
    if (!mayDiffer(this.last, moment)) return true;
    const { looks, holds } = holdsAt(this.program, moment);
    if (holds) this.found = { step: moment.step, timeMs: moment.timeMs };
    noteLook(this.last, looks, moment);
    return true;
  }

  private next(): Moment | undefined {
    const { simulation, fromMs: timeMs } = this;
    if (!this.walk) {
      // What was done by hand before it may have been done at that very ms.
      if (simulation.nowMs < timeMs) return undefined;
      const step = simulation.stepAtTime(timeMs);
      this.walk = new Walk(simulation, step, timeMs);
      return { simulation, step, timeMs };
    }
    const moment = this.walk.next();
    if (!moment.isMidway && simulation.nowMs <= moment.timeMs) return undefined;
    this.walk.pass(moment);
    return moment;
  }
}
