/**
 * How many Pods a Job wants now: which ones go, how many come, or how long the next ones wait. Pure.
 * Follows pkg/controller/job/job_controller.go (manageJob, activePodsForRemoval, getPodCreationInfoForIndependentIndexes).
 */
import { isIndexedJob } from '../../api/job';
import type { Job, Pod } from '../../api/types';
import { type BackoffRecord, remainingMs, remainingMsOfIndex } from './backoff';
import { firstPendingIndexes, type IndexSets, limitsPerIndex, surplusByIndex } from './indexes';
import { byLossOfDeletion, replacesOnlyFailed, type TimeOf } from './job-pods';

/** The most Pods made or deleted in one sync. */
const MAX_PER_SYNC = 500;

/** What the plan is made of. */
export interface PodFacts {
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly terminating: number;
  readonly succeeded: number;
  /** Only of an Indexed Job. */
  readonly sets: IndexSets | undefined;
  readonly backoff: BackoffRecord;
  readonly nowMs: number;
  readonly timeOf: TimeOf;
}

/** What is to be done. `wanted` is how many Pods should be at work. */
export type PodPlan = { readonly wanted: number } & (
  | { readonly verb: 'keep' }
  | { readonly verb: 'delete'; readonly pods: readonly Pod[] }
  | { readonly verb: 'create'; readonly count: number; readonly indexes: readonly number[] | undefined }
  | { readonly verb: 'wait'; readonly forMs: number; readonly index?: number }
);

function wantedPods({ spec }: Job, { active, succeeded }: PodFacts): number {
  const { completions, parallelism = 1 } = spec;
  // Without a number, the first success means that nothing new is begun.
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function podsToDelete(job: Job, active: readonly Pod[], atLeast: number): readonly Pod[] {
  const { surplus, others } = isIndexedJob(job) ? surplusByIndex(job, active) : { surplus: [], others: active };
  if (surplus.length >= atLeast) return surplus;
  return [...surplus, ...byLossOfDeletion(others).slice(0, atLeast - surplus.length)];
}

/** Plans a Job that goes on. */
export function planPods(job: Job, facts: PodFacts): PodPlan {
  const { active, terminating, sets, backoff, nowMs } = facts;
  if (job.spec.suspend) return { verb: 'delete', wanted: 0, pods: podsToDelete(job, active, active.length) };
  const wanted = wantedPods(job, facts);
  const surplus = podsToDelete(job, active, Math.max(0, active.length - wanted)).slice(0, MAX_PER_SYNC);
  if (surplus.length > 0) return { verb: 'delete', wanted, pods: surplus };
  const missing = wanted - active.length - (replacesOnlyFailed(job) ? terminating : 0);
  if (missing <= 0) return { verb: 'keep', wanted };
  const forMs = limitsPerIndex(job) ? 0 : remainingMs(backoff, nowMs);
  if (forMs > 0) return { verb: 'wait', wanted, forMs };
  const count = Math.min(missing, MAX_PER_SYNC);
  return sets ? planIndexes(job, facts, sets, wanted, count) : { verb: 'create', wanted, count, indexes: undefined };
}

/** Indexes that may start now; when none may, the shortest wait. */
function planIndexes(job: Job, facts: PodFacts, sets: IndexSets, wanted: number, count: number): PodPlan {
  const pending = firstPendingIndexes(job, facts.pods, sets, count);
  const waits = pending.map((index) =>
    limitsPerIndex(job) ? remainingMsOfIndex(sets.lastFailed.get(index), facts.timeOf, facts.nowMs) : 0,
  );
  const indexes = pending.filter((_, at) => waits[at] === 0);
  if (indexes.length === 0 && pending.length > 0) {
    const forMs = Math.min(...waits);
    return { verb: 'wait', wanted, forMs, index: pending[waits.indexOf(forMs)] };
  }
  return indexes.length === 0 ? { verb: 'keep', wanted } : { verb: 'create', wanted, count: indexes.length, indexes };
}
