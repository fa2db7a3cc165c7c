/**
 * Counts Pods that have ended, each exactly once: its uid goes into status before its finalizer goes, and from there into the
 * number when the finalizer is gone. Pure; job-sync.ts does the writes in between.
 * Follows pkg/controller/job/job_controller.go (trackJobStatusAndRemoveFinalizers and what it calls).
 */
import { isIndexedJob } from '../../api/job';
import type { Job, JobCondition, JobStatus, Pod, UncountedTerminatedPods } from '../../api/types';
import { type IndexSets, limitsPerIndex } from './indexes';
import { formatIntervals, hasIndex, totalOf, withIndexes } from './intervals';
import { byIndex, hasValidIndex, indexOf, isPodFailed, isTracked } from './job-pods';
import { judgeFailure } from './pod-failure-policy';

/** The most uids that status holds, so that it stays small. */
const MAX_UNCOUNTED = 500;

/** What is counted with. */
export interface TrackingFacts {
  readonly pods: readonly Pod[];
  readonly sets: IndexSets | undefined;
  /** What ends the Job, if anything does. */
  readonly end: JobCondition | undefined;
  /** Uids of Pods whose finalizer was removed, which the cache does not show yet. */
  readonly releasing: ReadonlySet<string>;
}

/** What came of it. */
export interface Tracking {
  readonly status: JobStatus;
  /** Status has to be written before finalizers are removed. */
  readonly needsFlush: boolean;
  /** Pods whose finalizers go. */
  readonly release: readonly Pod[];
  /** Not all could be looked at. */
  readonly isFull: boolean;
  /** Pods that are counted from now on, for what is said about it. */
  readonly newlyFailed: readonly Pod[];
  readonly newlySucceeded: readonly Pod[];
}

/** Uids of Pods that still carry the finalizer, as far as is known. */
export function trackedUids(pods: readonly Pod[], releasing: ReadonlySet<string>): Set<string> {
  const uids = pods.filter(isTracked).map(({ metadata }) => metadata.uid as string);
  return new Set(uids.filter((uid) => !releasing.has(uid)));
}

/** `{}` rather than empty lists. */
function uncounted(succeeded: readonly string[], failed: readonly string[]): UncountedTerminatedPods {
  return {
    ...(succeeded.length > 0 ? { succeeded: [...succeeded] } : {}),
    ...(failed.length > 0 ? { failed: [...failed] } : {}),
  };
}

/** Moves uids whose Pods have no finalizer any more into the numbers. */
export function countReleased(
  status: JobStatus,
  tracked: ReadonlySet<string>,
): { status: JobStatus; isChanged: boolean } {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const stillSucceeded = succeeded.filter((uid) => tracked.has(uid));
  const stillFailed = failed.filter((uid) => tracked.has(uid));
  const moreSucceeded = succeeded.length - stillSucceeded.length;
  const moreFailed = failed.length - stillFailed.length;
  if (moreSucceeded + moreFailed === 0) return { status, isChanged: false };
  const next = { ...status, uncountedTerminatedPods: uncounted(stillSucceeded, stillFailed) };
  if (moreSucceeded > 0) next.succeeded = (status.succeeded ?? 0) + moreSucceeded;
  if (moreFailed > 0) next.failed = (status.failed ?? 0) + moreFailed;
  return { status: next, isChanged: true };
}

/** A Pod's finalizer may go: it has been counted, or will be with this very status. */
function mayRelease(pod: Pod, job: Job, { sets, end }: TrackingFacts): boolean {
  if (job.metadata.deletionTimestamp !== undefined || end || pod.status.phase === 'Succeeded') return true;
  if (!isPodFailed(pod, job)) return false;
  const index = indexOf(pod);
  return !limitsPerIndex(job) || index < 0 || sets?.lastFailed.get(index)?.metadata.uid !== pod.metadata.uid;
}

/** Whether a Pod that did not succeed is one failure more. Once the Job has failed, all that had not ended have. */
function countsAsFailure(pod: Pod, job: Job, end: JobCondition | undefined): boolean {
  if (!isPodFailed(pod, job) && (!end || end.type === 'SuccessCriteriaMet')) return false;
  return hasValidIndex(pod, job) && judgeFailure(job, pod).counts;
}

/** Counts the Pods that have ended since. */
export function trackPods(job: Job, before: JobStatus, facts: TrackingFacts): Tracking {
  const { pods, sets, end, releasing } = facts;
  const tracked = trackedUids(pods, releasing);
  const cleaned = countReleased(before, tracked);
  const known = cleaned.status.uncountedTerminatedPods ?? {};
  const succeeded = [...(known.succeeded ?? [])];
  const failed = [...(known.failed ?? [])];
  const wasFailed = new Set(before.uncountedTerminatedPods?.failed);
  const wasSucceeded = new Set(before.uncountedTerminatedPods?.succeeded);
  const release: Pod[] = [];
  const newlyFailed: Pod[] = [];
  const newlySucceeded: Pod[] = [];
  const indexes: number[] = [];
  let isFull = false;
  for (const pod of isIndexedJob(job) ? byIndex(pods) : pods) {
    const uid = pod.metadata.uid as string;
    if (!tracked.has(uid) || !mayRelease(pod, job, facts)) continue;
    release.push(pod);
    if (pod.status.phase === 'Succeeded' && !wasFailed.has(uid)) {
      if (!sets) {
        if (!wasSucceeded.has(uid)) newlySucceeded.push(pod);
        if (!wasSucceeded.has(uid)) succeeded.push(uid);
      } else if (hasValidIndex(pod, job) && !hasIndex(sets.succeededBefore, indexOf(pod))) {
        indexes.push(indexOf(pod));
        newlySucceeded.push(pod);
      }
    } else if (!wasFailed.has(uid) && countsAsFailure(pod, job, end)) {
      failed.push(uid);
      newlyFailed.push(pod);
    }
    isFull = indexes.length + succeeded.length + failed.length >= MAX_UNCOUNTED;
    if (isFull) break;
  }
  const counted = { ...cleaned.status, uncountedTerminatedPods: uncounted(succeeded, failed) };
  const status = sets ? withIndexCounts(counted, sets, indexes) : counted;
  const needsFlush =
    cleaned.isChanged || newlyFailed.length + newlySucceeded.length > 0 || !sameIndexes(status, before);
  return { status, needsFlush, release, isFull, newlyFailed, newlySucceeded };
}

/** An Indexed Job counts indexes, not Pods. */
function withIndexCounts(status: JobStatus, sets: IndexSets, indexes: readonly number[]): JobStatus {
  const succeeded = withIndexes(sets.succeeded, indexes);
  const total = totalOf(succeeded);
  const text = formatIntervals(succeeded);
  const { succeeded: _succeeded, completedIndexes: _completed, failedIndexes: _failed, ...rest } = status;
  return {
    ...rest,
    ...(total > 0 ? { succeeded: total, completedIndexes: text } : {}),
    ...(sets.failed ? { failedIndexes: formatIntervals(sets.failed) } : {}),
  };
}

function sameIndexes(status: JobStatus, before: JobStatus): boolean {
  return status.completedIndexes === before.completedIndexes && status.failedIndexes === before.failedIndexes;
}
