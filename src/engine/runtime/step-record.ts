/**
 * The record of a branch's steps: what each was, the evidence attached to it, the store revision after it, and how many timers
 * had fired by then. A fork shares the past and keeps only its own steps.
 */
import { AppendList } from '../kernel/append-list';
import { inOnePiece } from '../kernel/in-one-piece';
import type { TraceStep } from '../trace/trace';

const secondOf = (step: TraceStep): number => Math.floor(step.time / 1000);

/** Append-only; steps count from 1. */
export class StepRecord {
  private steps = new AppendList<TraceStep>();
  private details = new AppendList<unknown>();
  private revisions = new AppendList<number>();
  private fired = new AppendList<number>();
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
    inOnePiece(step.message);
    this.steps.push(step);
    this.revisions.push(revision);
    this.fired.push(fired);
    this.details.push(detail);
    const second = secondOf(step);
    if (second === this.currentSecond) return;
    this.currentSecond = second;
    this.firstOfSecond = step.step;
  }

  /** A record of its own with the steps up to one. */
  fork(upTo: number): StepRecord {
    const copy = new StepRecord();
    copy.steps = this.steps.fork(upTo);
    copy.details = this.details.fork(upTo);
    copy.revisions = this.revisions.fork(upTo);
    copy.fired = this.fired.fork(upTo);
    const last = this.steps.at(upTo - 1);
    if (last) {
      copy.currentSecond = secondOf(last);
      copy.firstOfSecond = 1 + this.steps.firstIndex((step) => secondOf(step) >= copy.currentSecond);
    }
    return copy;
  }

  at(step: number): TraceStep {
    const found = this.steps.at(step - 1);
    if (!found) throw new RangeError(`there is no step ${step}; the last is ${this.length}`);
    return found;
  }

  detailAt(step: number): unknown {
    return this.details.at(step - 1);
  }

  slice(from: number, to: number): readonly TraceStep[] {
    return this.steps.slice(from - 1, to);
  }

  /** The last step at or before a time. */
  stepAtTime(ms: number): number {
    return this.steps.firstIndex((step) => step.time > ms);
  }

  /** The store revision after a step; 0 before the first. */
  revisionAt(step: number): number {
    return this.revisions.at(Math.min(step, this.length) - 1) ?? 0;
  }

  /** Timers fired up to and including the one that made a step. */
  firedAt(step: number): number {
    return this.fired.at(step - 1) ?? 0;
  }
}
