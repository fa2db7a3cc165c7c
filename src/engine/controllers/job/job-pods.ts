/**
 * Questions that the Job controller asks of one Pod. Pure.
 * Follows pkg/controller/job/{job_controller,indexed_job_utils,backoff_utils}.go.
 */
import { findCondition, isPodReady } from '../../api/conditions';
import {
  COMPLETION_INDEX,
  INDEX_FAILURE_COUNT,
  INDEX_IGNORED_FAILURE_COUNT,
  isIndexedJob,
  JOB_TRACKING_FINALIZER,
} from '../../api/job';
import { valueIn } from '../../api/plain';
import { isPodTerminal } from '../../api/pod';
import { addSeconds } from '../../api/timestamp';
import type { Job, Pod } from '../../api/types';

const MAX_INT32 = 2_147_483_647;
const INTEGER = /^[+-]?\d+$/;

/** The virtual ms of a stored timestamp. */
export type TimeOf = (timestamp: string) => number;

/** Whether the end of a Pod is still to be counted. */
export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(JOB_TRACKING_FINALIZER) ?? false;
}

/** The index of a Pod, or -1. */
export function indexOf(pod: Pod): number {
  const text = valueIn(pod.metadata.annotations, COMPLETION_INDEX);
  return text !== undefined && INTEGER.test(text) ? Math.max(-1, Number(text)) : -1;
}

/** Whether a Pod's index is one of the Job's. Pods of other Jobs need none. */
export function hasValidIndex(pod: Pod, job: Job): boolean {
  const index = indexOf(pod);
  return !isIndexedJob(job) || (index >= 0 && index < (job.spec.completions ?? 0));
}

/** Pods are only replaced when they have failed, not while they go. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;
}

/** Whether a Pod counts as failed: one that is being deleted may never get to say so. */
export function isPodFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true;
  if (replacesOnlyFailed(job)) return false;
  return pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== 'Succeeded';
}

/** Whether a Pod is being deleted and has not ended yet. */
export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod);
}

function annotatedCount(pod: Pod, name: string): number {
  const text = valueIn(pod.metadata.annotations, name);
  const value = text !== undefined && INTEGER.test(text) ? Number(text) : 0;
  return value < 0 || value > MAX_INT32 ? 0 : value;
}

/** How many Pods of this index failed before this one: those that count, and those that a policy ignored. */
export function failuresBefore(pod: Pod): { counted: number; ignored: number } {
  return {
    counted: annotatedCount(pod, INDEX_FAILURE_COUNT),
    ignored: annotatedCount(pod, INDEX_IGNORED_FAILURE_COUNT),
  };
}

/** When the last container ended, if all have, sidecars included. */
function containersFinished({ spec, status }: Pod): string | undefined {
  const sidecars = new Set(spec.initContainers?.filter((one) => one.restartPolicy === 'Always').map((one) => one.name));
  const further = status.initContainerStatuses?.filter(({ name }) => sidecars.has(name)) ?? [];
  let latest: string | undefined;
  for (const { state } of [...(status.containerStatuses ?? []), ...further]) {
    const finishedAt = state?.terminated?.finishedAt;
    if (!finishedAt) return undefined;
    if (latest === undefined || latest < finishedAt) latest = finishedAt;
  }
  return latest;
}

/** When a Pod ended, as well as can be told. */
export function finishedAt(pod: Pod): string {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata;
  const ended = containersFinished(pod);
  if (ended !== undefined) return ended;
  const ready = findCondition(pod.status.conditions, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) return ready.lastTransitionTime;
  if (deletionTimestamp !== undefined) return addSeconds(deletionTimestamp, -deletionGracePeriodSeconds);
  return creationTimestamp as string;
}

/** A Job's Pods in the order of their indexes. */
export function byIndex(pods: readonly Pod[]): Pod[] {
  return [...pods].sort((a, b) => indexOf(a) - indexOf(b) || compareUids(a, b));
}

function compareUids(a: Pod, b: Pod): number {
  return (a.metadata.uid as string) < (b.metadata.uid as string) ? -1 : 1;
}

const PHASE_ORDER: ReadonlyMap<string, number> = new Map([
  ['Unknown', 1],
  ['Running', 2],
]);

function mostRestarts({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

/** Active Pods, those to delete first: that have come least far. Follows ActivePods of pkg/controller/controller_utils.go. */
export function byLossOfDeletion(pods: readonly Pod[]): Pod[] {
  const readySince = (pod: Pod): string => findCondition(pod.status.conditions, 'Ready')?.lastTransitionTime ?? '';
  const later = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);
  const compare = (a: Pod, b: Pod): number => {
    const assigned = Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName));
    const phase = (PHASE_ORDER.get(a.status.phase ?? '') ?? 0) - (PHASE_ORDER.get(b.status.phase ?? '') ?? 0);
    const ready = Number(isPodReady(a)) - Number(isPodReady(b));
    const since = isPodReady(a) ? later(readySince(a), readySince(b)) : 0;
    const restarts = mostRestarts(b) - mostRestarts(a);
    const age = later(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '');
    return assigned || phase || ready || since || restarts || age || compareUids(a, b);
  };
  return [...pods].sort(compare);
}
