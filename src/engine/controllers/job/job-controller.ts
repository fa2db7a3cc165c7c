/**
 * Runs Pods to completion: as many as a Job wants, again after failures, each counted once.
 * Follows pkg/controller/job/job_controller.go. Reads Jobs and Pods; writes Pods and Job status. Changes of Pods and of status are
 * gathered for a second before a sync, as there. Left out: Workloads and PodGroups (off by default in 1.36).
 */
import { isJobFinished, isManagedElsewhere } from '../../api/job';
import { controllerOf, type KubeObject, keyOf } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import type { Job, Pod } from '../../api/types';
import type { WatchEvent } from '../../client/component';
import { defineController, enqueueAfter, enqueueKey, type Result } from '../../client/controller';
import { creationObserved, deletionObserved } from '../../client/expectations';
import { showsOwnWrites } from '../../client/own-writes';
import { ownerOf, ownersFor } from '../../client/pod-owner';
import { type BackoffLimits, backoffMs, forget } from '../../client/workqueue';
import { orphansOfJob, podsOfJob } from './claim-pods';
import { forgetJob, type JobContext, type JobMemory, newJobMemory, releaseObserved } from './job-memory';
import { isTracked } from './job-pods';
import { BATCH_MS, syncJob } from './job-sync';
import { removeFinalizer } from './job-writes';

const BACKOFF: BackoffLimits = { baseMs: 1000, maxMs: 60_000 };

/** The Job controller. */
export const jobController = defineController<JobMemory>({
  name: 'job-controller',
  for: 'Job',
  owns: [{ kind: 'Pod', map: onPodChange }],
  memory: newJobMemory,
  backoff: BACKOFF,
  enqueue: onJobChange,
  reconcile,
  onTimer: (context, kind, key) => {
    if (kind === 'release-orphan') releaseOrphan(context, key);
  },
});

function reconcile(context: JobContext, key: string): Result {
  const { memory, lister } = context;
  if (!showsOwnWrites(lister, memory.written, key)) return { error: 'the cache lags behind own writes' };
  const job = lister.byKey<Job>('Job', key);
  if (!job) {
    forgetJob(memory, key);
    return undefined;
  }
  if (isManagedElsewhere(job)) return undefined;
  if (isJobFinished(job)) {
    memory.backoffs.delete(key);
    memory.written.delete(key);
    memory.finished.delete(key);
    return undefined;
  }
  return memory.finished.get(key) === job.metadata.uid ? undefined : syncJob(context, key, job);
}

/** Changes of spec at once, changes of status a second later. */
function onJobChange(context: JobContext, { key, step, value, previous }: WatchEvent): void {
  const job = value as Job | undefined;
  const before = previous as Job | undefined;
  if (!job) {
    forgetJob(context.memory, key);
    if (before) releaseAllOf(context, before, step);
    enqueueKey(context, key, step);
  } else if (before && isJobFinished(job)) {
    releaseAllOf(context, job, step);
    // What is remembered of it goes with the next sync.
    if (!isJobFinished(before)) enqueueAfter(context, key, BATCH_MS, step);
  } else if (before && before.metadata.generation === job.metadata.generation) {
    enqueueAfter(context, key, BATCH_MS, step);
  } else enqueueKey(context, key, step);
}

const jobOf = (context: JobContext, pod: Pod): Job | undefined => ownerOf<Job>(context, 'Job', pod);

const NONE: readonly string[] = [];

/** Takes a Pod's change into account. Nothing is queued at once. */
function onPodChange(context: JobContext, event: WatchEvent): readonly string[] {
  const pod = event.value as Pod | undefined;
  const before = event.previous as Pod | undefined;
  if (!pod) {
    if (before) onPodGoing(context, before, event, true);
  } else if (pod.metadata.deletionTimestamp !== undefined) onPodGoing(context, pod, event, false);
  else if (before) onPodUpdate(context, before, pod, event);
  else onPodAdded(context, pod, event);
  return NONE;
}

function later(context: JobContext, key: string, { step }: WatchEvent): void {
  enqueueAfter(context, key, BATCH_MS, step);
}

function onPodAdded(context: JobContext, pod: Pod, event: WatchEvent): void {
  if (!controllerOf(pod)) {
    onOrphan(context, pod, event, true);
    return;
  }
  const job = jobOf(context, pod);
  if (!job) return;
  creationObserved(context.memory.expectations, keyOf(job));
  later(context, keyOf(job), event);
}

function onPodUpdate(context: JobContext, before: Pod, pod: Pod, event: WatchEvent): void {
  const { memory } = context;
  const uid = pod.metadata.uid as string;
  const isChanged = controllerOf(before)?.uid !== controllerOf(pod)?.uid;
  const jobs = [isChanged ? jobOf(context, before) : undefined, jobOf(context, pod)];
  for (const job of jobs) {
    if (!job) continue;
    if (!isTracked(pod)) releaseObserved(memory, keyOf(job), uid);
    later(context, keyOf(job), event);
  }
  if (controllerOf(pod)) return;
  onOrphan(context, pod, event, isChanged || !deepEqual(pod.metadata.labels, before.metadata.labels));
}

/** A Pod that is marked for deletion, or gone. */
function onPodGoing(context: JobContext, pod: Pod, event: WatchEvent, isGone: boolean): void {
  const { memory } = context;
  const job = jobOf(context, pod);
  const isNobodys = !controllerOf(pod) || !job || isJobFinished(job);
  if (isNobodys) {
    if (isTracked(pod) && !isGone && isOfJob(pod)) queueOrphan(context, pod, event.step);
    return;
  }
  const key = keyOf(job);
  deletionObserved(memory.expectations, key, event.key);
  if (isGone || !isTracked(pod)) releaseObserved(memory, key, pod.metadata.uid as string);
  later(context, key, event);
}

/** No controller, or a Job. */
function isOfJob(pod: Pod): boolean {
  const owner = controllerOf(pod);
  return !owner || owner.kind === 'Job';
}

/** Nobody's Pod keeps no finalizer, and wakes the Jobs that may want it. */
function onOrphan(context: JobContext, pod: Pod, event: WatchEvent, mayBeWanted: boolean): void {
  if (isTracked(pod)) queueOrphan(context, pod, event.step);
  if (!mayBeWanted) return;
  for (const key of ownersFor(context, 'Job', undefined, pod)) later(context, key, event);
}

function queueOrphan(context: JobContext, pod: KubeObject, cause: number | null): void {
  context.afterBecause(0, 'release-orphan', keyOf(pod), cause);
}

/** Of a Job that is over or gone nothing will be counted any more. */
function releaseAllOf(context: JobContext, job: Job, cause: number | null): void {
  for (const pod of [...podsOfJob(context, job), ...orphansOfJob(context, job)]) {
    if (isTracked(pod)) queueOrphan(context, pod, cause);
  }
}

/** The timer `release-orphan`: takes the finalizer off a Pod that no Job counts. */
function releaseOrphan(context: JobContext, key: string): void {
  const { orphans } = context.memory;
  const pod = context.lister.byKey<Pod>('Pod', key);
  const job = pod && jobOf(context, pod);
  if (!pod || !isTracked(pod) || !isOfJob(pod) || (job && (isManagedElsewhere(job) || !isJobFinished(job)))) {
    forget(orphans, key);
    return;
  }
  const failure = removeFinalizer(context, undefined, pod);
  if (failure !== undefined) {
    context.after(backoffMs(orphans, key, BACKOFF), 'release-orphan', key);
    return;
  }
  forget(orphans, key);
  const why = job ? 'its Job is over' : 'it has no Job any more';
  context.say('release', pod, `Pod ${pod.metadata.name} is no longer kept to be counted: ${why}`);
}
