/** The record of a branch's steps: what each was, the store revision after it, and how many timers had fired by then. */
import type { TraceStep } from '../trace/trace';

/** Append-only; steps count from 1. */
export class StepRecord {
  private readonly steps: TraceStep[] = [];
  private readonly details = new Map<number, unknown>();
  private readonly revisions: number[] = [];
  private readonly fired: number[] = [];
  private currentSecond = -1;
  private firstOfSecond = 0;

  /** The latest step; 0 before the first. */
  get length(): number {
    return this.steps.length;
  }

  /** The virtual second of the latest step; -1 before the first. */
  get second(): number {
    return this.currentSecond;
  }

  /** How many steps that second has had so far. */
  get stepsThisSecond(): number {
    return this.currentSecond < 0 ? 0 : this.length - this.firstOfSecond + 1;
  }

  add(step: TraceStep, revision: number, fired: number, detail: unknown): void {
    // Reading a text as a number makes engines store it in one piece: sentences are kept for the whole history.
    Number(step.message);
    this.steps.push(step);
    this.revisions.push(revision);
    this.fired.push(fired);
    if (detail !== undefined) this.details.set(step.step, detail);
    const second = Math.floor(step.time / 1000);
    if (second === this.currentSecond) return;
    this.currentSecond = second;
    this.firstOfSecond = step.step;
  }

  /** Takes over another record up to a step. */
  copy(from: StepRecord, upTo: number): void {
    for (let step = 1; step <= upTo; step++) {
      this.add(from.at(step), from.revisionAt(step), from.firedAt(step), from.details.get(step));
    }
  }

  at(step: number): TraceStep {
    const found = this.steps[step - 1];
    if (!found) throw new RangeError(`there is no step ${step}; the last is ${this.length}`);
    return found;
  }

  detailAt(step: number): unknown {
    return this.details.get(step);
  }

  slice(from: number, to: number): readonly TraceStep[] {
    return this.steps.slice(Math.max(0, from - 1), Math.max(0, to));
  }

  /** The last step at or before a time. */
  stepAtTime(ms: number): number {
    let low = 0;
    let high = this.steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.steps[middle] as TraceStep).time <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The store revision after a step; 0 before the first. */
  revisionAt(step: number): number {
    return step <= 0 ? 0 : (this.revisions[Math.min(step, this.length) - 1] ?? 0);
  }

  /** Timers fired up to and including the one that made a step. */
  firedAt(step: number): number {
    return step <= 0 ? 0 : (this.fired[step - 1] ?? 0);
  }
}
