/**
 * Which indexes of an Indexed Job have succeeded or failed, and which want a Pod. Pure.
 * Follows pkg/controller/job/indexed_job_utils.go.
 */
import { isPodActive } from '../../api/pod';
import type { Job, Pod } from '../../api/types';
import { hasIndex, type Intervals, mergeIntervals, parseIntervals, withIndexes } from './intervals';
import {
  byIndex,
  byLossOfDeletion,
  failuresBefore,
  finishedAt,
  hasValidIndex,
  indexOf,
  isPodFailed,
  isTerminating,
  isTracked,
  replacesOnlyFailed,
} from './job-pods';
import { judgeFailure } from './pod-failure-policy';

/** Indexes by what has become of them. */
export interface IndexSets {
  /** As status has them. */
  readonly succeededBefore: Intervals;
  readonly succeeded: Intervals;
  /** Only where failures are limited per index. */
  readonly failed: Intervals | undefined;
  /** By index: the failed Pod that stays until its replacement has taken over the number of failures. */
  readonly lastFailed: ReadonlyMap<number, Pod>;
}

/** Whether failures are limited per index. */
export function limitsPerIndex({ spec }: Job): boolean {
  return spec.backoffLimitPerIndex !== undefined;
}

/** Sorts a Job's Pods out by index. */
export function indexSets(job: Job, pods: readonly Pod[]): IndexSets {
  const { status = {}, spec } = job;
  const completions = spec.completions ?? 0;
  const valid = pods.filter((pod) => hasValidIndex(pod, job) && isTracked(pod));
  const succeededBefore = parseIntervals(status.completedIndexes ?? '', completions);
  const ended = valid.filter((pod) => pod.status.phase === 'Succeeded').map(indexOf);
  const succeeded = withIndexes(succeededBefore, ended);
  if (!limitsPerIndex(job)) return { succeededBefore, succeeded, failed: undefined, lastFailed: new Map() };
  const failedBefore = parseIntervals(status.failedIndexes ?? '', completions);
  const failed = withIndexes(failedBefore, valid.filter((pod) => failsItsIndex(job, pod)).map(indexOf));
  return { succeededBefore, succeeded, failed, lastFailed: delayedPods(job, valid, pods, succeeded, failed) };
}

function failsItsIndex(job: Job, pod: Pod): boolean {
  if (!isPodFailed(pod, job)) return false;
  const { action, counts } = judgeFailure(job, pod);
  return action === 'FailIndex' || (counts && failuresBefore(pod).counted >= (job.spec.backoffLimitPerIndex ?? 0));
}

function delayedPods(
  job: Job,
  valid: readonly Pod[],
  pods: readonly Pod[],
  succeeded: Intervals,
  failed: Intervals,
): ReadonlyMap<number, Pod> {
  const active = new Set(pods.filter(isPodActive).map(indexOf));
  const last = new Map<number, Pod>();
  const total = (pod: Pod): number => failuresBefore(pod).counted + failuresBefore(pod).ignored;
  for (const pod of valid) {
    const index = indexOf(pod);
    if (!isPodFailed(pod, job) || hasIndex(succeeded, index) || hasIndex(failed, index) || active.has(index)) continue;
    const known = last.get(index);
    if (!known || (total(known) <= total(pod) && finishedAt(pod) >= finishedAt(known))) last.set(index, pod);
  }
  return last;
}

/** The first `count` indexes that no Pod works at and that have not ended. */
export function firstPendingIndexes(job: Job, pods: readonly Pod[], sets: IndexSets, count: number): number[] {
  const atWork = pods.filter((pod) => isPodActive(pod) || (replacesOnlyFailed(job) && isTerminating(pod)));
  const used = mergeIntervals(
    withIndexes(
      sets.succeeded,
      atWork.map(indexOf).filter((index) => index >= 0),
    ),
    sets.failed ?? [],
  );
  const pending: number[] = [];
  const take = (from: number, before: number): void => {
    for (let index = from; index < before && pending.length < count; index++) pending.push(index);
  };
  const completions = job.spec.completions ?? 0;
  let from = 0;
  for (const { first, last } of used) {
    take(from, Math.min(first, completions));
    from = last + 1;
  }
  take(from, completions);
  return pending;
}

/** Active Pods that must go whatever is wanted (no index, one that is too high, or one that another has), and the others. */
export function surplusByIndex(job: Job, active: readonly Pod[]): { surplus: readonly Pod[]; others: readonly Pod[] } {
  const groups = new Map<number, Pod[]>();
  for (const pod of byIndex(active)) {
    const index = hasValidIndex(pod, job) ? indexOf(pod) : -1;
    groups.set(index, [...(groups.get(index) ?? []), pod]);
  }
  const surplus: Pod[] = [];
  const others: Pod[] = [];
  for (const [index, pods] of groups) {
    const ranked = index < 0 ? pods : byLossOfDeletion(pods);
    const kept = index < 0 ? 0 : 1;
    surplus.push(...ranked.slice(0, ranked.length - kept));
    others.push(...ranked.slice(ranked.length - kept));
  }
  return { surplus, others };
}
