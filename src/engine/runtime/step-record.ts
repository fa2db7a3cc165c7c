/**
 * The record of a branch's steps: what each was, the evidence attached to it, the store revision after it, and how many timers
 * had fired by then. A fork shares the past and keeps only its own steps. A history has very many, so that it keeps columns of
 * them, and of an object that the store has only the revision; a step is put together when it is looked at.
 */
import type { KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import type { ObjectReference } from '../client/component';
import { AppendList } from '../kernel/append-list';
import { inOnePiece } from '../kernel/in-one-piece';
import { NumberList } from '../kernel/number-list';
import type { TraceStep } from '../trace/trace';
import { referenceTo } from './describe-firing';

const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** The object that a revision wrote. */
export type Written = (revision: number) => KubeObject | undefined;

/** A step's object: none, what was written at a revision, or, where that says otherwise, the reference itself. */
type Shown = ObjectReference | number | null;

/** Append-only; steps count from 1. */
export class StepRecord {
  private times = new NumberList(Float64Array);
  /** 0 stands for none. */
  private causes = new NumberList(Uint32Array);
  private revisions = new NumberList(Uint32Array);
  private fired = new NumberList(Uint32Array);
  private actors = new AppendList<string>();
  private verbs = new AppendList<string>();
  private objects = new AppendList<Shown>();
  private messages = new AppendList<string>();
  private details = new AppendList<unknown>();
  private currentSecond = -1;
  private firstOfSecond = 0;

  constructor(private readonly written: Written) {}

  /** The latest step; 0 before the first. */
  get length(): number {
    return this.times.length;
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
    this.times.push(step.time);
    this.causes.push(step.cause ?? 0);
    this.revisions.push(revision);
    this.fired.push(fired);
    this.actors.push(step.actor);
    this.verbs.push(step.verb);
    this.objects.push(this.shownAs(step.object));
    this.messages.push(inOnePiece(step.message));
    this.details.push(detail);
    const second = secondOf(step.time);
    if (second === this.currentSecond) return;
    this.currentSecond = second;
    this.firstOfSecond = step.step;
  }

  /** A record of its own with the steps up to one. */
  fork(upTo: number, written: Written): StepRecord {
    const copy = new StepRecord(written);
    copy.times = this.times.fork(upTo);
    copy.causes = this.causes.fork(upTo);
    copy.revisions = this.revisions.fork(upTo);
    copy.fired = this.fired.fork(upTo);
    copy.actors = this.actors.fork(upTo);
    copy.verbs = this.verbs.fork(upTo);
    copy.objects = this.objects.fork(upTo);
    copy.messages = this.messages.fork(upTo);
    copy.details = this.details.fork(upTo);
    const last = this.times.at(upTo - 1);
    if (last !== undefined) {
      copy.currentSecond = secondOf(last);
      copy.firstOfSecond = 1 + this.times.firstIndex((ms) => secondOf(ms) >= copy.currentSecond);
    }
    return copy;
  }

  at(step: number): TraceStep {
    const index = step - 1;
    const time = this.times.at(index);
    if (time === undefined) throw new RangeError(`there is no step ${step}; the last is ${this.length}`);
    return {
      step,
      time,
      actor: this.actors.at(index) as string,
      verb: this.verbs.at(index) as string,
      object: this.objectAt(index),
      cause: this.causes.at(index) || null,
      message: this.messages.at(index) as string,
    };
  }

  detailAt(step: number): unknown {
    return this.details.at(step - 1);
  }

  slice(from: number, to: number): readonly TraceStep[] {
    const first = Math.max(1, from);
    const last = Math.min(this.length, to);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => this.at(first + index));
  }

  /** The last step at or before a time. */
  stepAtTime(ms: number): number {
    return this.times.firstIndex((time) => time > ms);
  }

  /** The store revision after a step; 0 before the first. */
  revisionAt(step: number): number {
    return this.revisions.at(Math.min(step, this.length) - 1) ?? 0;
  }

  /** Timers fired up to and including the one that made a step. */
  firedAt(step: number): number {
    return this.fired.at(step - 1) ?? 0;
  }

  private shownAs(object: ObjectReference | null): Shown {
    const revision = Number(object?.resourceVersion);
    return revision > 0 && deepEqual(referenceTo(this.written(revision)), object) ? revision : object;
  }

  private objectAt(index: number): ObjectReference | null {
    const shown = this.objects.at(index) ?? null;
    return typeof shown === 'number' ? referenceTo(this.written(shown)) : shown;
  }
}
