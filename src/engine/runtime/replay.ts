/**
 * The proof that a fork makes: while it re-runs to its step, every step and every value it writes is held against its parent's
 * record. What is equal is taken over from there, so that branches share it.
 */
import type { KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import { differenceOf } from '../client/derived';
import type { LogEntry, Store } from '../store/store';
import type { TraceStep } from '../trace/trace';
import type { StepRecord } from './step-record';

/** What a step is held against the record by. */
export interface ReplayedStep {
  readonly entry: TraceStep;
  readonly revision: number;
  readonly fired: number;
  readonly detail: unknown;
}

/** A write that is about to be made. */
export type ReplayedWrite = Omit<LogEntry<KubeObject>, 'previous'>;

/** See the header. */
export class Replay {
  /** The first thing that was otherwise than recorded, with the step it happened in. */
  difference: string | undefined;

  constructor(
    private readonly record: StepRecord,
    private readonly store: Store<KubeObject>,
  ) {}

  /** Compares a step; returns the recorded one if they are equal. */
  checkStep(replayed: ReplayedStep): { entry: TraceStep; detail: unknown } {
    const { record } = this;
    const { step } = replayed.entry;
    if (step > record.length) {
      this.note(step, ': there is no such step');
      return replayed;
    }
    const recorded: ReplayedStep = {
      entry: record.at(step),
      revision: record.revisionAt(step),
      fired: record.firedAt(step),
      detail: record.detailAt(step),
    };
    if (!deepEqual(recorded, replayed)) {
      this.note(step, differenceOf(recorded, replayed) ?? ': not equal');
      return replayed;
    }
    return recorded;
  }

  /** Compares a write; returns the recorded change if it is equal. */
  checkWrite(write: ReplayedWrite): LogEntry<KubeObject> | undefined {
    const found = this.store.entryAt(write.revision);
    const where = `: revision ${write.revision} (${write.kind} ${write.key})`;
    if (!found) {
      this.note(write.step, `${where} was not written`);
      return undefined;
    }
    const { revision, step, atMs, kind, key, value } = found;
    const recorded: ReplayedWrite = { revision, step, atMs, kind, key, value };
    if (deepEqual(recorded, write)) return found;
    this.note(write.step, `${where}${differenceOf(recorded, write) ?? ''}`);
    return undefined;
  }

  /** The value that was recorded at a revision, if it is equal. */
  recorded(revision: number, value: KubeObject): KubeObject | undefined {
    const found = this.store.entryAt(revision)?.value;
    return found && deepEqual(found, value) ? found : undefined;
  }

  private note(step: number, what: string): void {
    this.difference ??= `step ${step}${what}`;
  }
}
