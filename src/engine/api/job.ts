/**
 * Names and questions that all who deal with Jobs share.
 * Follows staging/src/k8s.io/api/batch/v1/types.go and pkg/controller/job/util/utils.go.
 */
import { isConditionTrue } from './conditions';
import type { Job, JobStatus } from './types';

/** Keeps a Pod until its end has been counted. */
export const JOB_TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
/** Label and annotation with the index of an Indexed Job's Pod. */
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
export const INDEX_FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';
export const INDEX_IGNORED_FAILURE_COUNT = 'batch.kubernetes.io/job-index-ignored-failure-count';
/** Labels that a Job's template gets, with and without prefix. */
export const JOB_NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'] as const;
export const CONTROLLER_UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'] as const;
/** Who manages a Job that names nobody. */
export const JOB_CONTROLLER_NAME = 'kubernetes.io/job-controller';
/** The time a CronJob's Job stands for. */
export const SCHEDULED_TIMESTAMP = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** Whether a Job is over for good, and how. */
export function finishedAs(status: JobStatus | undefined): 'Complete' | 'Failed' | undefined {
  for (const { type, status: value } of status?.conditions ?? []) {
    if ((type === 'Complete' || type === 'Failed') && value === 'True') return type;
  }
  return undefined;
}

/** Whether a Job is over for good. */
export function isJobFinished(job: Job): boolean {
  return finishedAs(job.status) !== undefined;
}

/** Whether a condition of a Job is True. */
export function hasJobCondition(status: JobStatus | undefined, type: string): boolean {
  return isConditionTrue(status?.conditions as never, type);
}

/** Whether a Job gives its Pods indexes. */
export function isIndexedJob({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

/** Whether somebody else does what the Job controller would do. */
export function isManagedElsewhere({ spec }: Job): boolean {
  return spec.managedBy !== undefined && spec.managedBy !== JOB_CONTROLLER_NAME;
}
