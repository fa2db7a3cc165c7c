/** What the Job controller remembers between syncs. */
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import type { Expectations } from '../../client/expectations';
import type { OwnWrites } from '../../client/own-writes';
import { newWorkQueue, type WorkQueue } from '../../client/workqueue';
import type { BackoffRecord } from './backoff';

/** Memory of the Job controller. */
export interface JobMemory extends ControllerMemory {
  readonly expectations: Expectations;
  /** By key of the Job: uids of Pods whose finalizer was removed, until the cache shows it. */
  readonly releasing: Map<string, readonly string[]>;
  readonly backoffs: Map<string, BackoffRecord>;
  /** By key: the uid of a Job that was marked as finished, until the cache shows it. */
  readonly finished: Map<string, string>;
  readonly written: OwnWrites;
  /** Pods that no Job will ever count, whose finalizer must go. */
  readonly orphans: WorkQueue;
}

/** What the controller's functions are given. */
export type JobContext = Context<JobMemory>;

/** Fresh memory beside the queue. */
export function newJobMemory(): Omit<JobMemory, 'queue'> {
  return {
    expectations: new Map(),
    releasing: new Map(),
    backoffs: new Map(),
    finished: new Map(),
    written: new Map(),
    orphans: newWorkQueue(),
  };
}

/** A Pod's finalizer is seen to be gone, or did not go. */
export function releaseObserved({ releasing }: JobMemory, key: string, uid: string): void {
  const uids = releasing.get(key);
  if (!uids?.includes(uid)) return;
  const rest = uids.filter((other) => other !== uid);
  if (rest.length > 0) releasing.set(key, rest);
  else releasing.delete(key);
}

/** Forgets what belongs to a key. */
export function forgetJob(memory: JobMemory, key: string): void {
  for (const map of [memory.expectations, memory.releasing, memory.backoffs, memory.finished, memory.written]) {
    map.delete(key);
  }
}
