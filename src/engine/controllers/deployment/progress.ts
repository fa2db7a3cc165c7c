/**
 * Whether a rollout gets on: the Progressing condition, the progress deadline, and failures of ReplicaSets. Pure.
 * Follows pkg/controller/deployment/progress.go, and DeploymentComplete, DeploymentProgressing and DeploymentTimedOut in
 * pkg/controller/deployment/util/deployment_util.go.
 */

import { desiredReplicas } from '../../api/rollout-bounds';
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../api/types';
import type { Generations } from './replica-set-order';
import { calculateStatus, conditionOf, newCondition, removeCondition, setCondition, withConditions } from './status';

const PROGRESSING = 'Progressing';
const REPLICA_FAILURE = 'ReplicaFailure';
const UNLIMITED = 2_147_483_647;
/** Reasons after which no deadline passes: it has passed, or the rollout had succeeded. */
const NEVER_TIMES_OUT: ReadonlySet<string> = new Set(['ProgressDeadlineExceeded', 'NewReplicaSetAvailable']);

/** The cluster's clock. */
export interface Clock {
  readonly now: string;
  readonly nowMs: number;
  timeOf(timestamp: string): number;
}

/** The deadline in seconds, if progress is watched at all. */
export function progressDeadlineOf(deployment: Deployment): number | undefined {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds === UNLIMITED ? undefined : seconds;
}

/** Whether all wanted Pods are new and available, and no old one is left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = desiredReplicas(deployment);
  return (
    (status.updatedReplicas ?? 0) === desired &&
    (status.replicas ?? 0) === desired &&
    (status.availableReplicas ?? 0) === desired &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** Whether anything went forward from one status to the next. */
function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const oldBefore = (before.replicas ?? 0) - (before.updatedReplicas ?? 0);
  const oldAfter = (after.replicas ?? 0) - (after.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldAfter < oldBefore ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** In how many ms the deadline passes, counted from the last sign of progress; not positive when it has passed. */
function remainingMs(condition: DeploymentCondition, deadlineSeconds: number, clock: Clock): number {
  const since = condition.lastUpdateTime ? clock.timeOf(condition.lastUpdateTime) : 0;
  return since + deadlineSeconds * 1000 - clock.nowMs;
}

function hasTimedOut(condition: DeploymentCondition | undefined, deadlineSeconds: number, clock: Clock): boolean {
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return remainingMs(condition, deadlineSeconds, clock) < 0;
}

/** The conditions with what is known about progress now. */
function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  current: ReplicaSet | undefined,
  deadlineSeconds: number,
  clock: Clock,
): readonly DeploymentCondition[] {
  const conditions = status.conditions ?? [];
  const subject = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const condition = (value: DeploymentCondition['status'], reason: string, what: string): DeploymentCondition =>
    newCondition(PROGRESSING, value, reason, `${subject} ${what}`, clock.now);
  if (isComplete(deployment, status)) {
    return setCondition(conditions, condition('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
  }
  const before = conditionOf(deployment.status.conditions, PROGRESSING);
  if (hasProgressed(deployment.status, status)) {
    const fresh = condition('True', 'ReplicaSetUpdated', 'is progressing.');
    const { lastTransitionTime } = before?.status === 'True' ? before : fresh;
    return [...removeCondition(conditions, PROGRESSING), { ...fresh, lastTransitionTime }];
  }
  if (hasTimedOut(conditionOf(conditions, PROGRESSING), deadlineSeconds, clock)) {
    return setCondition(conditions, condition('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  }
  return conditions;
}

/** The failure of a ReplicaSet to make or delete Pods, the new one's first. */
function replicaFailureOf({ current, all }: Generations): DeploymentCondition | undefined {
  for (const replicaSet of current ? [current, ...all] : all) {
    const failure = replicaSet.status.conditions?.find((condition) => condition.type === REPLICA_FAILURE);
    if (failure) {
      const { type, status, lastTransitionTime, reason, message } = failure;
      return { type, status, lastUpdateTime: lastTransitionTime, lastTransitionTime, reason, message };
    }
  }
  return undefined;
}

/** The status of a Deployment in the middle of a rollout. */
export function calculateRolloutStatus(
  deployment: Deployment,
  generations: Generations,
  clock: Clock,
): DeploymentStatus {
  const status = calculateStatus(deployment, generations, clock.now);
  const deadlineSeconds = progressDeadlineOf(deployment);
  let conditions: readonly DeploymentCondition[] = status.conditions ?? [];
  if (deadlineSeconds === undefined) {
    conditions = removeCondition(conditions, PROGRESSING);
  } else {
    const before = conditionOf(deployment.status.conditions, PROGRESSING);
    const isDone =
      (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && before?.reason === 'NewReplicaSetAvailable';
    if (!isDone) conditions = withProgress(deployment, status, generations.current, deadlineSeconds, clock);
  }
  const failure = replicaFailureOf(generations);
  conditions = failure ? setCondition(conditions, failure) : removeCondition(conditions, REPLICA_FAILURE);
  return withConditions(status, conditions);
}

/**
 * In how many ms a rollout without any news has to be looked at again because of its deadline. Upstream asks again every
 * few ms during the last second before the deadline; here the moment itself is awaited.
 */
export function nextProgressCheckMs(
  deployment: Deployment,
  status: DeploymentStatus,
  clock: Clock,
): number | undefined {
  const deadlineSeconds = progressDeadlineOf(deployment);
  const condition = conditionOf(deployment.status.conditions, PROGRESSING);
  if (deadlineSeconds === undefined || !condition) return undefined;
  if (isComplete(deployment, status) || NEVER_TIMES_OUT.has(condition.reason ?? '')) return undefined;
  const leftMs = remainingMs(condition, deadlineSeconds, clock);
  return leftMs < 1000 ? Math.max(0, leftMs) + 1 : leftMs + 1000;
}

/** The Progressing condition of a Deployment that was paused or resumed since; undefined when it says so already. */
export function pauseCondition(deployment: Deployment, now: string): DeploymentCondition | undefined {
  if (progressDeadlineOf(deployment) === undefined) return undefined;
  const current = conditionOf(deployment.status.conditions, PROGRESSING);
  if (current?.reason === 'ProgressDeadlineExceeded') return undefined;
  const isMarked = current?.reason === 'DeploymentPaused';
  const isPaused = deployment.spec.paused === true;
  if (isPaused === isMarked) return undefined;
  return isPaused
    ? newCondition(PROGRESSING, 'Unknown', 'DeploymentPaused', 'Deployment is paused', now)
    : newCondition(PROGRESSING, 'Unknown', 'DeploymentResumed', 'Deployment is resumed', now);
}
