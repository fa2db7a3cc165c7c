/**
 * Defaults of Jobs and CronJobs. Fills in place.
 * Follows pkg/apis/batch/v1/defaults.go. That a Job without labels gets its template's happens upstream when it is read from etcd.
 */
import type { KubeObject } from '../meta';
import type { CronJob, CronJobSpec, Job, JobSpec } from '../types';
import { defaultPodTemplate } from './pod-template';

const MAX_INT32 = 2_147_483_647;
const BACKOFF_LIMIT = 6;

/** What a Job's spec and that of a CronJob's template both get. */
function defaultJobTemplate(spec: JobSpec): void {
  spec.template ??= {};
  defaultPodTemplate(spec.template);
  for (const { onPodConditions = [] } of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of onPodConditions) pattern.status ||= 'True';
  }
}

/** Fills what a Job leaves open. */
export function defaultJob(draft: KubeObject): void {
  const job = draft as Job;
  job.spec ??= {} as JobSpec;
  const { spec } = job;
  defaultJobTemplate(spec);
  if (spec.parallelism === undefined) spec.completions ??= 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? BACKOFF_LIMIT : MAX_INT32;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
}

/** A Job without labels of its own has those of its template, generated ones included. */
export function defaultJobLabels({ metadata, spec }: Job): void {
  const labels = spec.template.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
}

/** Fills what a CronJob leaves open. */
export function defaultCronJob(draft: KubeObject): void {
  const cronJob = draft as CronJob;
  cronJob.spec ??= {} as CronJobSpec;
  const { spec } = cronJob;
  spec.concurrencyPolicy ||= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  spec.jobTemplate ??= {};
  spec.jobTemplate.metadata ??= {};
  spec.jobTemplate.spec ??= {} as JobSpec;
  defaultJobTemplate(spec.jobTemplate.spec);
}
