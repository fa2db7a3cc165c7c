/**
 * A run beside another that has gone on, whose head stands at moments of it one after the other: what components remember is known at a head
 * only.
 */
import type { Simulation } from '../engine/simulation';

/** See the header. */
export class Beside {
  private standing: Simulation | undefined;

  constructor(private readonly simulation: Simulation) {}

  /** A run whose head is a moment, to be looked at only. */
  at(step: number, timeMs: number): Simulation {
    const { simulation } = this;
    if (step === simulation.step) return simulation;
    // Between two steps nobody's memory changes but by what is dated: what is later can be told.
    if (this.standing?.step === step && this.standing.nowMs >= timeMs) return this.standing;
    const standing = this.goneOn(step, timeMs) ?? simulation.fork(step);
    // What is due in the very ms of the step stays to come.
    if (timeMs > standing.nowMs) standing.run({ timeMs });
    this.standing = standing;
    return standing;
  }

  /** What stands already, gone on to a step; what people do on the way happens only in a branch that is made after it. */
  private goneOn(step: number, timeMs: number): Simulation | undefined {
    const { standing, simulation } = this;
    if (!standing || standing.step > step || standing.nowMs > timeMs) return undefined;
    if (simulation.inputs.some(({ atMs }) => atMs >= standing.nowMs && atMs <= timeMs)) return undefined;
    standing.run({ step });
    return standing.step === step ? standing : undefined;
  }
}
