/** What the StatefulSet controller remembers. */
import type { StatefulSet } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import type { OwnWrites } from '../../client/own-writes';
import type { SlowStart } from '../../client/pod-control';
import type { Revisions } from './revisions';
import type { Action, Wait } from './set-plan';

/** An action of a stage of a plan. */
export type StagedAction = Action & { readonly stage: number };

/** What a sync is doing. Replaced, never mutated. */
export interface SetRun {
  /** As they were when the sync began. */
  readonly statefulSet: StatefulSet;
  readonly revisions: Revisions;
  readonly actions: readonly StagedAction[];
  readonly wait: Wait | undefined;
  readonly next: number;
  /** The batches of the present stage. */
  readonly batch: SlowStart;
  readonly outdated: number;
  /** The first failure; it ends the run with its batch. */
  readonly failure: string | undefined;
  readonly wokenBy: number | null | undefined;
  /** Failures in a row before this run, which the queue has forgotten by now. */
  readonly failuresBefore: number;
}

/** Memory of the StatefulSet controller. */
export interface SetMemory extends ControllerMemory {
  readonly runs: Map<string, SetRun>;
  readonly written: OwnWrites;
  /** What each StatefulSet was last said to wait for. */
  readonly waits: Map<string, string>;
}

/** What its parts are given. */
export type SetContext = Context<SetMemory>;
