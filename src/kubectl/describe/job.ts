/** kubectl describe job and cronjob. Follows describeJob and describeCronJob in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { humanDuration } from '../../engine/api/human-duration';
import { formatLabelSelector } from '../../engine/api/selector';
import { parseTimestamp } from '../../engine/api/timestamp';
import type { CronJob, Job, JobSpec } from '../../engine/api/types';
import { withEventsOf } from './events';
import { podTemplateLines } from './pod-template';
import {
  annotationLines,
  boolText,
  controllerText,
  type Describer,
  field,
  labelLines,
  metadataLines,
  optionalField,
  timeText,
} from './text';

/** A line for what is given only. */
function given(name: string, value: string | number | boolean | undefined, unit = ''): string {
  return value === undefined ? '' : field(name, `${value}${unit}`);
}

function timeGiven(name: string, timestamp: string | undefined): string {
  return timestamp === undefined ? '' : field(name, timeText(timestamp));
}

function durationLine({ startTime, completionTime }: Job['status']): string {
  if (!startTime || !completionTime) return '';
  return field('Duration', humanDuration(parseTimestamp(completionTime) - parseTimestamp(startTime)));
}

const MAX_INDEXES = 50;

function indexesText(indexes: string | undefined): string {
  if (!indexes) return '<none>';
  const comma = indexes.indexOf(',', MAX_INDEXES);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}

function statusesText({ active = 0, succeeded = 0, failed = 0, ready }: Job['status']): string {
  const shown = ready === undefined ? `${active} Active` : `${active} Active (${ready} Ready)`;
  return `${shown} / ${succeeded} Succeeded / ${failed} Failed`;
}

/** Job. */
export const describeJob: Describer<Job> = (job, reader, clock) => {
  const { metadata, spec } = job;
  const status = job.status ?? {};
  const text = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    field('Selector', formatLabelSelector(spec.selector)),
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    optionalField('Controlled By', controllerText(job)),
    given('Parallelism', spec.parallelism),
    field('Completions', spec.completions ?? '<unset>'),
    given('Completion Mode', spec.completionMode),
    given('Suspend', spec.suspend),
    given('Backoff Limit', spec.backoffLimit),
    given('TTL Seconds After Finished', spec.ttlSecondsAfterFinished),
    timeGiven('Start Time', status.startTime),
    timeGiven('Completed At', status.completionTime),
    durationLine(status),
    given('Active Deadline Seconds', spec.activeDeadlineSeconds, 's'),
    field('Pods Statuses', statusesText(status)),
    spec.completionMode === 'Indexed' ? field('Completed Indexes', indexesText(status.completedIndexes)) : '',
    podTemplateLines(spec.template),
  ].join('');
  return withEventsOf(job, text, reader, clock);
};

function unset(name: string, value: string | number | undefined, unit = ''): string {
  return field(name, value === undefined ? '<unset>' : `${value}${unit}`);
}

function jobTemplateLines(spec: JobSpec | undefined): string {
  return [
    unset('Selector', spec?.selector && formatLabelSelector(spec.selector)),
    unset('Parallelism', spec?.parallelism),
    unset('Completions', spec?.completions),
    given('Active Deadline Seconds', spec?.activeDeadlineSeconds, 's'),
    podTemplateLines(spec?.template),
  ].join('');
}

/** CronJob. */
export const describeCronJob: Describer<CronJob> = (cronJob, reader, clock) => {
  const { spec } = cronJob;
  const status = cronJob.status ?? {};
  const active = (status.active ?? []).map(({ name }) => name).join(', ');
  const text = [
    metadataLines(cronJob),
    field('Schedule', spec.schedule),
    field('Concurrency Policy', spec.concurrencyPolicy ?? ''),
    field('Suspend', boolText(spec.suspend)),
    unset('Time Zone', spec.timeZone),
    unset('Successful Job History Limit', spec.successfulJobsHistoryLimit),
    unset('Failed Job History Limit', spec.failedJobsHistoryLimit),
    unset('Starting Deadline Seconds', spec.startingDeadlineSeconds, 's'),
    jobTemplateLines(spec.jobTemplate.spec),
    unset('Last Schedule Time', status.lastScheduleTime && timeText(status.lastScheduleTime)),
    field('Active Jobs', active || '<none>'),
  ].join('');
  return withEventsOf(cronJob, text, reader, clock);
};
