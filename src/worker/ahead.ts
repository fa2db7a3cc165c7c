/** Runs whatever branch is present ahead to the horizon, in slices, and says how far it is and why it stands still. */
import { DEFAULT_LIMITS, raisedLimits } from '../engine/runtime/limits';
import type { Limits, Simulation } from '../engine/simulation';
import type { Progress } from './protocol';
import { type Halt, haltOf, inSlices, runBit, type Turns } from './run-ahead';

/** How often the page is told how far the run is. */
const PROGRESS_EVERY_MS = 60;
/** How much further each budget goes when the reader raises it. */
const RAISE_FACTOR = 4;

/** What running ahead needs of its host. */
export interface AheadPorts {
  readonly present: () => Simulation;
  readonly tell: () => void;
  readonly turns: Turns;
  readonly now: () => number;
}

/** See the header. */
export class Ahead {
  private limits: Limits = DEFAULT_LIMITS;
  private horizonMs = 0;
  private halted: Halt = null;
  private running = false;
  private toldAtMs = 0;

  constructor(private readonly ports: AheadPorts) {}

  /** Another session is present. */
  begin(horizonMs: number, limits: Limits): void {
    this.halted = null;
    this.limits = limits;
    this.horizonMs = horizonMs;
  }

  get progress(): Pick<Progress, 'head' | 'horizonMs' | 'halted'> {
    const { step, nowMs } = this.ports.present();
    return { head: { step, timeMs: nowMs }, horizonMs: Math.max(this.horizonMs, nowMs), halted: this.halted };
  }

  /** So far time is to run; a search may have gone further. */
  get endMs(): number {
    return this.horizonMs;
  }

  /** Time is to run at least so far. */
  reach(timeMs: number): void {
    this.horizonMs = Math.max(this.horizonMs, timeMs);
  }

  /** Lets time run at least so far. */
  extend(timeMs: number): null {
    this.reach(timeMs);
    this.run();
    return null;
  }

  /** Runs on to the horizon, in turns of its own. */
  run(): void {
    if (this.running) return;
    this.running = true;
    const { turns, now } = this.ports;
    turns(() => void inSlices(() => this.bit(), turns, now).catch((error: Error) => this.stopAt(error)));
  }

  /** After something was done, or a branch was chosen: the present branch runs on, and the page hears of it. */
  goOn(): void {
    this.halted = null;
    this.reach(this.ports.present().nowMs);
    this.run();
    this.tell();
  }

  /** Raises every budget and goes on. */
  raiseLimits(): null {
    this.limits = raisedLimits(this.limits, RAISE_FACTOR);
    this.ports.present().setLimits(this.limits);
    this.halted = null;
    this.run();
    return null;
  }

  /** What no assertion of the engine foresaw stops the run, not the worker: everything up to there can still be looked at. */
  stopAt({ message }: Error): void {
    this.running = false;
    this.halted = { reason: 'failed', message };
    this.tell();
  }

  private tell(): void {
    this.toldAtMs = this.ports.now();
    this.ports.tell();
  }

  private bit(): true | undefined {
    const result = runBit(this.ports.present(), { timeMs: this.horizonMs });
    this.halted = result ? haltOf(result) : null;
    this.running = result === undefined;
    if (result || this.ports.now() - this.toldAtMs > PROGRESS_EVERY_MS) this.tell();
    return result && true;
  }
}
