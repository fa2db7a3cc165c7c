/**
 * Jobs. Follows pkg/registry/batch/job/strategy.go.
 * As a table: printJob in pkg/printers/internalversion/printers.go.
 */
import { defaultJob, defaultJobLabels } from '../defaults/job';
import { humanDuration } from '../human-duration';
import { CONTROLLER_UID_LABELS, finishedAs, hasJobCondition, JOB_NAME_LABELS } from '../job';
import type { KubeObject } from '../meta';
import { formatLabelSelector } from '../selector';
import type { Job } from '../types';
import { validateJob, validateJobUpdate } from '../validation/job';
import { validateJobStatusUpdate } from '../validation/job-status';
import { jobWarnings } from '../warnings/job';
import { controllerNameWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, type Clock, columns, containerCells, type TableDefinition } from './table';

/** Labels by which a Job's Pods are told from all others, and the selector of them. What a person set stays, to be refused. */
function generateSelector({ metadata, spec }: Job): void {
  const labels = Object.fromEntries([
    ...JOB_NAME_LABELS.map((label) => [label, metadata.name]),
    ...CONTROLLER_UID_LABELS.map((label) => [label, metadata.uid as string]),
  ]);
  spec.template.metadata ??= {};
  spec.template.metadata.labels = { ...labels, ...spec.template.metadata.labels };
  const byUid = CONTROLLER_UID_LABELS[1];
  spec.selector = { ...spec.selector, matchLabels: { [byUid]: metadata.uid as string, ...spec.selector?.matchLabels } };
}

function prepareForCreate(draft: KubeObject): void {
  const job = draft as Job;
  job.status = {};
  // Labels taken from a template that has some are one map with them upstream, and grow with it before they are checked.
  const hasLabels = job.spec.template.metadata?.labels !== undefined;
  if (!job.spec.manualSelector) generateSelector(job);
  if (hasLabels) defaultJobLabels(job);
}

const strategy: Strategy = {
  default: defaultJob,
  prepareForCreate,
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  validateStatusUpdate: validateJobStatusUpdate,
  warningsOnCreate: (object) => [
    ...controllerNameWarnings(object.metadata.name),
    ...jobWarnings((object as Job).spec, 'spec'),
  ],
  warningsOnUpdate: (object, old) =>
    object.metadata.generation === old.metadata.generation ? [] : jobWarnings((object as Job).spec, 'spec'),
  allocate: (draft) => defaultJobLabels(draft as Job),
  defaultPropagation: 'Orphan',
};

/** The conditions that the STATUS cell shows, the first that holds. */
const SHOWN = ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'];

function statusCell({ metadata, status }: Job): string {
  const finished = finishedCell(status);
  if (finished) return finished;
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return SHOWN.find((type) => hasJobCondition(status, type)) ?? 'Running';
}

function finishedCell(status: Job['status']): string | undefined {
  return hasJobCondition(status, 'Complete') ? 'Complete' : finishedAs(status);
}

function completionsCell({ spec, status }: Job): string {
  const { completions, parallelism = 0 } = spec;
  const succeeded = status?.succeeded ?? 0;
  if (completions !== undefined) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

/** How long a Job has run, or ran. */
function durationCell({ status }: Job, clock: Clock): string {
  const { startTime, completionTime } = status ?? {};
  if (!startTime) return '';
  const endMs = completionTime ? clock.timeOf(completionTime) : clock.nowMs;
  return humanDuration(endMs - clock.timeOf(startTime));
}

const table: TableDefinition<Job> = {
  columns: columns('NAME,STATUS,COMPLETIONS,DURATION,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (job, clock) => [
    job.metadata.name,
    statusCell(job),
    completionsCell(job),
    durationCell(job, clock),
    ageOf(job, clock),
    ...containerCells(job.spec.template.spec?.containers),
    formatLabelSelector(job.spec.selector),
  ],
};

/** Job. */
export const jobKind: KindDefinition = {
  ...resource('batch', 'v1', 'Job', 'jobs', '', { categories: ['all'], subresources: ['status'] }),
  countsGenerations: true,
  selectableFields: ['status.successful'],
  strategy,
  table,
};
