/** Watches a run that others run on for the first moment at which a condition holds: it looks at what has happened and runs nothing itself. */
import type { CelProgram } from '../engine/api/cel/cel';
import type { Simulation } from '../engine/simulation';
import { holdsAt } from './condition';
import type { Moment } from './moment';
import { type LastLook, mayDiffer, noteLook } from './observer';

/** See the header. A condition that has no value at a moment doesn't hold there. */
export class Seen {
  /** Where it held first. */
  found: { readonly step: number; readonly timeMs: number } | undefined;
  private step = 0;
  private secondMs: number;
  private begun = false;
  private readonly last: LastLook = { looks: undefined, step: 0, revision: 0, second: -1 };

  /** The moment at which everything of `fromMs` has happened is the first that counts. */
  constructor(
    readonly simulation: Simulation,
    private readonly program: CelProgram,
    private readonly fromMs: number,
  ) {
    this.secondMs = (Math.floor(fromMs / 1000) + 1) * 1000;
  }

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
    const { simulation } = this;
    if (!this.begun) {
      // What was done by hand before it may have been done at that very ms.
      if (simulation.nowMs < this.fromMs) return undefined;
      this.begun = true;
      this.step = simulation.stepAtTime(this.fromMs);
      return { simulation, step: this.step, timeMs: this.fromMs };
    }
    const isMidway = this.step < simulation.step && simulation.traceAt(this.step + 1).time <= this.secondMs;
    if (isMidway) {
      this.step += 1;
      return { simulation, step: this.step, timeMs: simulation.traceAt(this.step).time, isMidway };
    }
    if (simulation.nowMs <= this.secondMs) return undefined;
    const timeMs = this.secondMs;
    this.secondMs += 1000;
    return { simulation, step: this.step, timeMs };
  }
}
