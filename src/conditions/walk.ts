/** Goes through the moments of a run one by one: after each step, and at each whole second. */
import type { Simulation } from '../engine/simulation';
import { Beside } from './beside';
import type { Moment } from './moment';

/** See the header. Begins after a moment. */
export class Walk {
  private secondMs: number;
  private readonly beside: Beside;

  constructor(
    private readonly simulation: Simulation,
    private step: number,
    fromMs: number,
  ) {
    this.secondMs = (Math.floor(fromMs / 1000) + 1) * 1000;
    this.beside = new Beside(simulation);
  }

  /** Runs on until the next moment is there, or to a time if that comes first. Returns why it could not. */
  bringOn(untilMs = Infinity): string | undefined {
    const { simulation, step } = this;
    const timeMs = Math.min(this.secondMs, untilMs);
    if (simulation.step > step || simulation.nowMs > timeMs) return undefined;
    const { stopped, message } = simulation.run({ timeMs, step: step + 1 });
    return stopped === 'limit' || stopped === 'failed' ? (message ?? 'the run can not go on') : undefined;
  }

  /** The next moment, as far as the run has come. Steps of the very ms in which a second ends come before its end. */
  next(): Moment {
    const { simulation, step, secondMs, beside } = this;
    const timeMs = step < simulation.step ? simulation.traceAt(step + 1).time : Infinity;
    if (timeMs <= secondMs) return { simulation, step: step + 1, timeMs, isMidway: true, beside };
    return { simulation, step, timeMs: secondMs, isMidway: false, beside };
  }

  /** Goes on to it. */
  pass({ step, isMidway }: Moment): void {
    if (isMidway) this.step = step;
    else this.secondMs += 1000;
  }
}
