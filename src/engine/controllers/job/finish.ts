/**
 * Whether a Job is over, and why: conditions are weighed in upstream's order, since several may hold at once. Pure.
 * Follows pkg/controller/job/job_controller.go (syncJob and what it calls).
 */
import { findCondition } from '../../api/conditions';
import { hasJobCondition } from '../../api/job';
import type { Job, JobCondition, Pod } from '../../api/types';
import type { IndexSets } from './indexes';
import { totalOf } from './intervals';
import { isPodFailed } from './job-pods';
import { judgeFailure } from './pod-failure-policy';
import { metSuccessRule } from './success-policy';

/** What is weighed beside the Job. */
export interface EndFacts {
  readonly pods: readonly Pod[];
  /** Failures that count, those not yet in status included. */
  readonly failed: number;
  readonly sets: IndexSets | undefined;
  /** How long the Job has been active; undefined when no deadline runs. */
  readonly activeMs: number | undefined;
  readonly now: string;
}

/** A condition that is True from now on. */
export function newCondition(type: string, reason: string, message: string, now: string): JobCondition {
  return { type, status: 'True', lastProbeTime: now, lastTransitionTime: now, reason, message };
}

/** The condition that ends the Job, if one holds. */
export function endOf(job: Job, facts: EndFacts): JobCondition | undefined {
  return (
    decidedBefore(job, facts) ??
    overLimits(job, facts) ??
    (facts.sets ? (indexesFailed(job, facts, facts.sets) ?? successRule(job, facts, facts.sets)) : undefined)
  );
}

/** What an earlier sync has decided stays decided. */
function decidedBefore(job: Job, { pods, now }: EndFacts): JobCondition | undefined {
  const { status = {} } = job;
  if (hasJobCondition(status, 'SuccessCriteriaMet')) return findCondition(status.conditions, 'SuccessCriteriaMet');
  const target = findCondition(status.conditions, 'FailureTarget');
  if (target?.status === 'True') return newCondition('Failed', target.reason ?? '', target.message ?? '', now);
  if (!job.spec.podFailurePolicy) return undefined;
  for (const pod of pods) {
    const message = isPodFailed(pod, job) ? judgeFailure(job, pod).failJobMessage : undefined;
    if (message !== undefined) return newCondition('FailureTarget', 'PodFailurePolicy', message, now);
  }
  return undefined;
}

function overLimits({ spec }: Job, { pods, failed, activeMs, now }: EndFacts): JobCondition | undefined {
  const limit = spec.backoffLimit ?? 0;
  if (failed > limit || hasTooManyRestarts(spec, pods, limit)) {
    const message = 'Job has reached the specified backoff limit';
    return newCondition('FailureTarget', 'BackoffLimitExceeded', message, now);
  }
  if (activeMs === undefined || activeMs < (spec.activeDeadlineSeconds ?? 0) * 1000) return undefined;
  return newCondition('FailureTarget', 'DeadlineExceeded', 'Job was active longer than specified deadline', now);
}

/** How often the containers of Pods that are still there were started again. */
export function restartsOf(pods: readonly Pod[]): number {
  let restarts = 0;
  for (const { status } of pods) {
    if (status.phase !== 'Running' && status.phase !== 'Pending') continue;
    for (const { restartCount } of status.initContainerStatuses ?? []) restarts += restartCount;
    for (const { restartCount } of status.containerStatuses ?? []) restarts += restartCount;
  }
  return restarts;
}

function hasTooManyRestarts({ template }: Job['spec'], pods: readonly Pod[], limit: number): boolean {
  if (template.spec?.restartPolicy !== 'OnFailure') return false;
  const restarts = restartsOf(pods);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function indexesFailed({ spec }: Job, { now }: EndFacts, sets: IndexSets): JobCondition | undefined {
  if (!sets.failed) return undefined;
  const failed = totalOf(sets.failed);
  if (spec.maxFailedIndexes !== undefined && failed > spec.maxFailedIndexes) {
    const message = 'Job has exceeded the specified maximal number of failed indexes';
    return newCondition('FailureTarget', 'MaxFailedIndexesExceeded', message, now);
  }
  if (failed === 0 || failed + totalOf(sets.succeeded) < (spec.completions ?? 0)) return undefined;
  return newCondition('FailureTarget', 'FailedIndexes', 'Job has failed indexes', now);
}

function successRule(job: Job, { now }: EndFacts, sets: IndexSets): JobCondition | undefined {
  const message = metSuccessRule(job, sets.succeeded);
  return message === undefined ? undefined : newCondition('SuccessCriteriaMet', 'SuccessPolicy', message, now);
}

/** Whether enough Pods have succeeded and none is left at work. */
export function isComplete({ spec }: Job, succeeded: number, active: number): boolean {
  const isReached = spec.completions === undefined ? succeeded > 0 : succeeded >= spec.completions;
  return isReached && active === 0;
}

/** The condition of a Job that has all its completions. */
export function completionsReached(now: string): JobCondition {
  return newCondition('SuccessCriteriaMet', 'CompletionsReached', 'Reached expected number of succeeded pods', now);
}

/**
 * The conditions with one of that type in its place or at the end, and whether anything changed. What was never True is not
 * added as False.
 */
export function ensureCondition(
  conditions: readonly JobCondition[] | undefined,
  condition: JobCondition,
): { conditions: JobCondition[]; isChanged: boolean } {
  const list = [...(conditions ?? [])];
  const at = list.findIndex(({ type }) => type === condition.type);
  const old = list[at];
  if (!old) {
    const isAdded = condition.status !== 'False';
    return { conditions: isAdded ? [...list, condition] : list, isChanged: isAdded };
  }
  const { status, reason, message } = condition;
  if (old.status === status && old.reason === reason && old.message === message) {
    return { conditions: list, isChanged: false };
  }
  list[at] = condition;
  return { conditions: list, isChanged: true };
}
