/**
 * One run of a CronJob: whether it may start, and the Job it is.
 * Follows pkg/controller/cronjob/cronjob_controllerv2.go (second half of syncCronJob) and utils.go (getJobFromTemplate2).
 */
import { SCHEDULED_TIMESTAMP } from '../../api/job';
import { controllerOf } from '../../api/meta';
import { hasCause, isReason, StatusError } from '../../api/status-error';
import { formatInZone, type TimeZone, UTC, wallTime } from '../../api/time-zone';
import { formatTimestamp } from '../../api/timestamp';
import type { CronJob, Job, JobSpec } from '../../api/types';
import { newControllerRef } from '../../client/controller-ref';
import { activeJobs, type CronJobSync, deleteJob } from './cronjob-sync';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu, 01 Jan 2026 00:01:00 +0000`. */
function formatRfc1123(unixSeconds: number): string {
  const { year, month, day, weekday } = wallTime(UTC, unixSeconds);
  const clock = formatTimestamp(unixSeconds * 1000).slice(11, 19);
  return `${DAYS[weekday]}, ${String(day).padStart(2, '0')} ${MONTHS[month - 1]} ${year} ${clock} +0000`;
}

/** The name of a run's Job: the same moment never makes two. */
export function runName({ metadata }: CronJob, dueAt: number): string {
  return `${metadata.name}-${Math.floor(dueAt / 60)}`;
}

/** The Job of the run that was due at a moment. */
export function jobOfRun(cronJob: CronJob, dueAt: number, zone: TimeZone): Job {
  const { metadata: { labels, annotations } = {}, spec } = cronJob.spec.jobTemplate;
  const job: Omit<Job, 'status'> = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: runName(cronJob, dueAt),
      namespace: cronJob.metadata.namespace as string,
      ...(labels && Object.keys(labels).length > 0 ? { labels: { ...labels } } : {}),
      annotations: { ...annotations, [SCHEDULED_TIMESTAMP]: formatInZone(zone, dueAt * 1000) },
      ownerReferences: [newControllerRef(cronJob)],
    },
    spec: spec as JobSpec,
  };
  return job as Job;
}

/** What came of a run: it is over for now, or has to be tried again for a reason. */
export type RunOutcome = { readonly failure?: string };

const DONE: RunOutcome = {};

/** Starts the run that is due, unless something speaks against it. */
export function startRun(sync: CronJobSync, dueAt: number, zone: TimeZone, nowMs: number): RunOutcome {
  const { context, cronJob } = sync;
  const { spec, metadata } = cronJob;
  const { startingDeadlineSeconds: deadline } = spec;
  const skip = (why: string): RunOutcome => {
    const at = formatTimestamp(dueAt * 1000);
    context.say('skip', cronJob, `CronJob ${metadata.name} does not start the run of ${at}: ${why}`);
    return DONE;
  };
  if (deadline !== undefined && (dueAt + deadline) * 1000 < nowMs) {
    const message = `Missed scheduled time to start a job: ${formatRfc1123(dueAt)}`;
    context.events.record(cronJob, 'Warning', 'MissSchedule', message);
    return skip(`it is more than ${deadline} s late (startingDeadlineSeconds)`);
  }
  const name = runName(cronJob, dueAt);
  const isListed = activeJobs(sync).some((one) => one.name === name);
  if (isListed || sync.status.lastScheduleTime === formatTimestamp(dueAt * 1000)) return DONE;
  const running = activeJobs(sync).map((one) => one.name);
  if (spec.concurrencyPolicy === 'Forbid' && running.length > 0) {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    context.events.record(cronJob, 'Normal', 'JobAlreadyActive', message);
    return skip(`${running.join(', ')} still runs and concurrencyPolicy is Forbid`);
  }
  if (spec.concurrencyPolicy === 'Replace') {
    const failure = replaceRunning(sync);
    if (failure !== undefined) return { failure };
  }
  return createRun(sync, jobOfRun(cronJob, dueAt, zone), dueAt, running.join(', '));
}

/** Deletes the Jobs that still run; why that failed. */
function replaceRunning(sync: CronJobSync): string | undefined {
  const { context, cronJob } = sync;
  for (const { namespace, name = '' } of activeJobs(sync)) {
    let job: Job;
    try {
      job = context.client.get<Job>('Job', namespace, name);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      context.events.record(cronJob, 'Warning', 'FailedGet', `Get job: ${error.message}`);
      return error.message;
    }
    if (!deleteJob(sync, job)) return `could not replace job ${namespace}/${name}`;
    sync.isChanged = true;
  }
  return undefined;
}

function createRun(sync: CronJobSync, wanted: Job, dueAt: number, running: string): RunOutcome {
  const { context, cronJob } = sync;
  const { name } = wanted.metadata;
  let job: Job;
  try {
    job = context.client.create<Job>(wanted);
    context.events.record(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (!isReason(error, 'AlreadyExists')) return refused(sync, error);
    job = context.client.get<Job>('Job', wanted.metadata.namespace, name);
    const isOwn = controllerOf(job)?.uid === cronJob.metadata.uid;
    if (!isOwn || activeJobs(sync).some(({ uid }) => uid === job.metadata.uid)) return DONE;
  }
  const { apiVersion, kind, metadata } = job;
  const reference = {
    apiVersion,
    kind,
    name,
    namespace: metadata.namespace as string,
    resourceVersion: metadata.resourceVersion as string,
    uid: metadata.uid as string,
  };
  sync.status = {
    ...sync.status,
    active: [...activeJobs(sync), reference],
    lastScheduleTime: formatTimestamp(dueAt * 1000),
  };
  sync.isChanged = true;
  const place = cronJob.spec.concurrencyPolicy === 'Replace' ? 'in place of' : 'beside';
  const beside = running ? ` ${place} ${running} (concurrencyPolicy ${cronJob.spec.concurrencyPolicy})` : '';
  const due = formatTimestamp(dueAt * 1000);
  context.say('create', job, `CronJob ${cronJob.metadata.name} was due at ${due}: creates Job ${name}${beside}`);
  return DONE;
}

function refused({ context, cronJob }: CronJobSync, error: StatusError): RunOutcome {
  if (!hasCause(error, 'NamespaceTerminating')) {
    context.events.record(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
  }
  return { failure: error.message };
}
