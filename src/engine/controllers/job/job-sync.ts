/**
 * One sync of a Job: judges whether it is over, makes or deletes Pods, counts those that ended, writes status.
 * Follows pkg/controller/job/job_controller.go (syncJob, trackJobStatusAndRemoveFinalizers, flushUncountedAndRemoveFinalizers,
 * enactJobFinished). Order of the writes as there: Pods, then status with the uids to count, then finalizers, then status again.
 */
import { isPodReady } from '../../api/conditions';
import { finishedAs, isIndexedJob } from '../../api/job';
import { isPodActive } from '../../api/pod';
import type { Job, JobCondition, JobStatus, Pod } from '../../api/types';
import { enqueueAfter, type Result } from '../../client/controller';
import { expectationsSatisfied } from '../../client/expectations';
import { type BackoffRecord, backoffAfter } from './backoff';
import { claimPods } from './claim-pods';
import { completionsReached, endOf, ensureCondition, isComplete, newCondition } from './finish';
import { type IndexSets, indexSets } from './indexes';
import { totalOf } from './intervals';
import { type JobContext, releaseObserved } from './job-memory';
import { hasValidIndex, isPodFailed, isTerminating, isTracked } from './job-pods';
import { createPods, deleteActivePods, deleteSurplusPods, removeFinalizer, writeStatus } from './job-writes';
import { judgeFailure } from './pod-failure-policy';
import { type PodPlan, planPods } from './pod-plan';
import { countReleased, type Tracking, trackedUids, trackPods } from './tracking';
import { explainSync, type SyncStory } from './words';

/** How long changes are gathered before the next sync. */
export const BATCH_MS = 1000;

/** What a sync found out, and what it has decided so far. */
interface JobSync {
  readonly context: JobContext;
  readonly key: string;
  /** As the cache shows it, then as last written. */
  job: Job;
  /** Status as it will be written. */
  status: JobStatus;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly releasing: ReadonlySet<string>;
  readonly sets: IndexSets | undefined;
  readonly backoff: BackoffRecord;
  readonly succeeded: number;
  readonly failed: number;
  readonly isCacheFresh: boolean;
  end: JobCondition | undefined;
  activeCount: number;
  readyCount: number;
  terminatingCount: number;
  needsFlush: boolean;
  /** Something was written or tried, which makes a step. */
  hasWritten: boolean;
  failure: string | undefined;
  readonly story: { -readonly [K in keyof SyncStory]: SyncStory[K] };
}

/** Syncs a Job that is not over. */
export function syncJob(context: JobContext, key: string, job: Job): Result {
  const sync = beginSync(context, key, job);
  const activeMs = activeFor(context, sync);
  sync.end = endOf(job, { pods: sync.pods, failed: sync.failed, sets: sync.sets, activeMs, now: context.now });
  if (!sync.end && activeMs !== undefined) {
    enqueueAfter(context, key, (job.spec.activeDeadlineSeconds ?? 0) * 1000 - activeMs);
  }
  if (sync.end?.type === 'FailureTarget' && sync.end.reason === 'DeadlineExceeded')
    context.because(activeSince(context, job));
  if (sync.end) stopPods(sync);
  else managePods(sync);
  finishSync(sync);
  const { status, backoff, failure } = sync;
  if (sync.hasWritten)
    explainSync(context, sync.job, { ...sync.story, status, failure, failures: backoff.failuresAfterLastSuccess });
  return sync.failure === undefined ? undefined : { error: sync.failure };
}

/** The step that started a Job's clock. */
function activeSince({ lister }: JobContext, job: Job): number | undefined {
  return lister.since('Job', job, ({ status }) => status?.startTime === job.status?.startTime);
}

function beginSync(context: JobContext, key: string, job: Job): JobSync {
  const { memory, timeOf } = context;
  const isCacheFresh = expectationsSatisfied(memory.expectations, key, context.nowMs);
  const pods = claimPods(context, job);
  const active = pods.filter(isPodActive);
  const releasing = new Set(memory.releasing.get(key));
  const { status = {} } = job;
  const { succeeded: waitingSucceeded = [], failed: waitingFailed = [] } = status.uncountedTerminatedPods ?? {};
  const ended = pods.filter(
    (pod) => isTracked(pod) && !releasing.has(pod.metadata.uid as string) && hasValidIndex(pod, job),
  );
  const fresh = (uids: readonly string[]) => (pod: Pod) => !uids.includes(pod.metadata.uid as string);
  const newlySucceeded = ended.filter((pod) => pod.status.phase === 'Succeeded').filter(fresh(waitingSucceeded));
  const newlyFailed = ended.filter((pod) => isPodFailed(pod, job)).filter(fresh(waitingFailed));
  const sets = isIndexedJob(job) ? indexSets(job, pods) : undefined;
  const counted = newlyFailed.filter((pod) => judgeFailure(job, pod).counts).length;
  return {
    context,
    key,
    job,
    status: { ...status, uncountedTerminatedPods: status.uncountedTerminatedPods ?? {}, ...startOf(context, job) },
    pods,
    active,
    releasing,
    sets,
    backoff: backoffAfter(memory.backoffs.get(key), newlySucceeded, newlyFailed, timeOf),
    succeeded: sets
      ? totalOf(sets.succeeded)
      : (status.succeeded ?? 0) + newlySucceeded.length + waitingSucceeded.length,
    failed: (status.failed ?? 0) + counted + waitingFailed.length,
    isCacheFresh,
    end: undefined,
    activeCount: active.length,
    readyCount: active.filter(isPodReady).length,
    terminatingCount: pods.filter(isTerminating).length,
    needsFlush: false,
    hasWritten: false,
    failure: undefined,
    story: {},
  };
}

/** A Job starts with its first sync that is not suspended. */
function startOf(context: JobContext, { spec, status = {} }: Job): JobStatus {
  return status.startTime === undefined && !spec.suspend ? { startTime: context.now } : {};
}

/** How long the Job has been active, where a deadline asks for it. */
function activeFor(context: JobContext, { job, status }: JobSync): number | undefined {
  if (job.spec.activeDeadlineSeconds === undefined || !status.startTime || job.spec.suspend) return undefined;
  return context.nowMs - context.timeOf(status.startTime);
}

/** The Job is over: what still runs goes. While some of it is not known for sure, nothing is declared. */
function stopPods(sync: JobSync): void {
  const { deleted, ready, failure } = deleteActivePods(sync.context, sync.job, sync.active);
  if (deleted !== sync.active.length || !sync.isCacheFresh) sync.end = undefined;
  sync.story.stopped = deleted;
  sync.hasWritten ||= sync.active.length > 0;
  sync.activeCount -= deleted;
  sync.terminatingCount += deleted;
  sync.readyCount -= ready;
  sync.failure = failure;
}

/** The Job goes on, unless its completions are reached. */
function managePods(sync: JobSync): void {
  const { context, job, succeeded } = sync;
  const isManaged = sync.isCacheFresh && job.metadata.deletionTimestamp === undefined;
  if (isManaged) {
    const { nowMs, timeOf } = context;
    const { pods, active, terminatingCount: terminating, sets, backoff } = sync;
    carryOut(sync, planPods(job, { pods, active, terminating, succeeded, sets, backoff, nowMs, timeOf }));
  }
  if (isComplete(job, succeeded, sync.activeCount)) sync.end = completionsReached(context.now);
  else if (isManaged) noteSuspension(sync);
}

function carryOut(sync: JobSync, plan: PodPlan): void {
  const { context, job, key } = sync;
  sync.story.plan = plan;
  if (plan.verb === 'wait') enqueueAfter(context, key, Math.max(BATCH_MS, plan.forMs));
  else if (plan.verb === 'create') {
    const { created, failure } = createPods(context, job, plan.count, plan.indexes, sync.sets);
    sync.story.created = created;
    sync.hasWritten = true;
    sync.activeCount += created.length;
    sync.failure = failure;
  } else if (plan.verb === 'delete') {
    const { deleted, ready, failure } = deleteSurplusPods(context, job, plan.pods);
    sync.hasWritten ||= plan.pods.length > 0;
    sync.activeCount -= deleted;
    sync.terminatingCount += deleted;
    sync.readyCount -= ready;
    sync.failure = failure;
  }
}

/** Says whether the Job is suspended, and starts its clock anew when it is resumed. */
function noteSuspension(sync: JobSync): void {
  const { context, job } = sync;
  const isSuspended = job.spec.suspend === true;
  const verb = isSuspended ? 'Suspended' : 'Resumed';
  const message = `Job ${verb.toLowerCase()}`;
  const condition = newCondition('Suspended', `Job${verb}`, message, context.now);
  if (!isSuspended) condition.status = 'False';
  const { conditions, isChanged } = ensureCondition(sync.status.conditions, condition);
  if (!isChanged) return;
  const { startTime: _before, ...rest } = sync.status;
  sync.status = { ...rest, conditions, ...(isSuspended ? {} : { startTime: context.now }) };
  sync.needsFlush = true;
  context.events.record(job, 'Normal', verb, message);
}

function withCounts(status: JobStatus, { activeCount, readyCount, terminatingCount }: JobSync): JobStatus {
  const { active: _active, ...rest } = status;
  return {
    ...rest,
    ...(activeCount > 0 ? { active: activeCount } : {}),
    ready: readyCount,
    terminating: terminatingCount,
  };
}

/** Counts, releases, and declares the end. */
function finishSync(sync: JobSync): void {
  const { pods, sets, end, releasing } = sync;
  const { active = 0, ready, terminating } = sync.status;
  if (sync.activeCount !== active || sync.readyCount !== ready || sync.terminatingCount !== terminating) {
    sync.needsFlush = true;
  }
  sync.status = withCounts(sync.status, sync);
  const tracking = trackPods(sync.job, sync.status, { pods, sets, end, releasing });
  sync.status = tracking.status;
  sync.needsFlush ||= tracking.needsFlush;
  sync.story.tracking = tracking;
  const verdict = end && noteInterim(sync, end);
  const isReleased = flushAndRelease(sync, tracking);
  const isFinished = isReleased && verdict !== undefined && !tracking.isFull && enactEnd(sync, verdict);
  if (!sync.needsFlush && !isFinished) return;
  flush(sync);
  if (verdict && isFinished) recordEnd(sync, verdict);
}

function flush(sync: JobSync): void {
  sync.job = writeStatus(sync.context, sync.job, sync.status);
  sync.status = sync.job.status;
  sync.needsFlush = false;
  sync.hasWritten = true;
}

/** Writes down first what the Job is about to become; returns what it becomes. */
function noteInterim(sync: JobSync, end: JobCondition): JobCondition {
  const { now } = sync.context;
  const { reason = '', message = '' } = end;
  sync.story.end = end;
  if (end.type === 'Failed') return end;
  const { conditions = [] } = sync.status;
  if (end.type === 'FailureTarget' || !conditions.some(({ type }) => type === end.type)) {
    sync.status = { ...sync.status, conditions: [...conditions, end] };
    sync.needsFlush = true;
  }
  return newCondition(end.type === 'FailureTarget' ? 'Failed' : 'Complete', reason, message, now);
}

/** Writes down which Pods are counted, then lets go of them. False when some could not be. */
function flushAndRelease(sync: JobSync, { release }: Tracking): boolean {
  const { context, key, pods, releasing } = sync;
  const { memory } = context;
  if (sync.needsFlush) {
    flush(sync);
    memory.backoffs.set(key, sync.backoff);
  }
  const tracked = trackedUids(pods, releasing);
  if (release.length > 0) {
    const uids = release.map(({ metadata }) => metadata.uid as string);
    memory.releasing.set(key, [...(memory.releasing.get(key) ?? []), ...uids]);
    sync.hasWritten = true;
  }
  let problem: string | undefined;
  for (const pod of release) {
    const uid = pod.metadata.uid as string;
    const failure = removeFinalizer(context, sync.job, pod);
    problem ??= failure;
    if (failure === undefined) tracked.delete(uid);
    else releaseObserved(memory, key, uid);
  }
  const counted = countReleased(sync.status, tracked);
  sync.status = counted.status;
  sync.needsFlush = counted.isChanged;
  sync.failure = problem ?? sync.failure;
  return problem === undefined;
}

/** The Job is over once all is counted and nothing is left on its way out. */
function enactEnd(sync: JobSync, verdict: JobCondition): boolean {
  const { succeeded = [], failed = [] } = sync.status.uncountedTerminatedPods ?? {};
  if (succeeded.length + failed.length > 0 || sync.terminatingCount > 0) return false;
  const { conditions } = ensureCondition(sync.status.conditions, verdict);
  const completion = verdict.type === 'Complete' ? { completionTime: verdict.lastTransitionTime } : {};
  sync.status = { ...sync.status, conditions, ...completion };
  return true;
}

function recordEnd(sync: JobSync, { type, reason = '', message = '' }: JobCondition): void {
  const { context, key, job } = sync;
  const { spec, status, metadata } = job;
  const { events } = context;
  context.memory.finished.set(key, metadata.uid as string);
  sync.story.finished = finishedAs(status);
  if (type !== 'Complete') {
    events.record(job, 'Warning', reason, message);
    return;
  }
  if (spec.completions !== undefined && (status.succeeded ?? 0) > spec.completions) {
    const many = 'Too many succeeded pods running after completion count reached';
    events.record(job, 'Warning', 'TooManySucceededPods', many);
  }
  events.record(job, 'Normal', 'Completed', 'Job completed');
}
