/**
 * A CronJob's Jobs: old ones deleted, finished ones taken off the list of active ones, unknown ones reported.
 * Follows pkg/controller/cronjob/cronjob_controllerv2.go (cleanupFinishedJobs, removeOldestJobs, first half of syncCronJob).
 */
import { finishedAs } from '../../api/job';
import type { CronJob, Job } from '../../api/types';
import { activeJobs, type CronJobSync, deleteJob, dropActive } from './cronjob-sync';

/** Those that started first, first; names decide ties. Jobs that never started come last. */
export function byStartTime(jobs: readonly Job[]): Job[] {
  const start = (job: Job): string => job.status?.startTime ?? '~';
  return [...jobs].sort((a, b) => {
    if (start(a) !== start(b)) return start(a) < start(b) ? -1 : 1;
    return a.metadata.name < b.metadata.name ? -1 : 1;
  });
}

/** Deletes finished Jobs beyond the history limits, the oldest first. */
export function cleanUp(sync: CronJobSync, jobs: readonly Job[]): void {
  const { successfulJobsHistoryLimit: successful, failedJobsHistoryLimit: failed } = sync.cronJob.spec;
  removeOldest(sync, jobs, 'Complete', successful);
  removeOldest(sync, jobs, 'Failed', failed);
}

function removeOldest(
  sync: CronJobSync,
  jobs: readonly Job[],
  end: 'Complete' | 'Failed',
  limit: number | undefined,
): void {
  if (limit === undefined) return;
  const finished = jobs.filter((job) => finishedAs(job.status) === end);
  for (const job of byStartTime(finished).slice(0, Math.max(0, finished.length - limit))) {
    if (!deleteJob(sync, job)) continue;
    sync.isChanged = true;
    const what = end === 'Complete' ? 'successful' : 'failed';
    const { name } = sync.cronJob.metadata;
    const sentence = `CronJob ${name} keeps ${limit} ${what} Jobs of ${finished.length}: deletes ${job.metadata.name}`;
    sync.context.say('delete', job, sentence);
  }
}

/** Brings status up to date with the Jobs there are. */
export function noteJobs(sync: CronJobSync, jobs: readonly Job[]): void {
  for (const job of jobs) noteJob(sync, job);
  const uids = new Set(jobs.map(({ metadata }) => metadata.uid));
  for (const { namespace, name = '', uid } of activeJobs(sync)) {
    // The cache may not show it yet.
    if (uids.has(uid) || sync.context.client.find('Job', namespace, name)) continue;
    sync.context.events.record(sync.cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    dropActive(sync, uid);
    sync.isChanged = true;
  }
}

function noteJob(sync: CronJobSync, job: Job): void {
  const { context, cronJob } = sync;
  const { name, uid } = job.metadata;
  const isListed = activeJobs(sync).some((one) => one.uid === uid);
  const end = finishedAs(job.status);
  if (end === undefined) {
    if (!isListed) noteUnlisted(sync, job);
    return;
  }
  if (isListed) {
    dropActive(sync, uid);
    context.events.record(cronJob, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${end}`);
    sync.isChanged = true;
  }
  const { completionTime } = job.status;
  const { lastSuccessfulTime } = sync.status;
  if (end !== 'Complete' || !completionTime || (lastSuccessfulTime && completionTime <= lastSuccessfulTime)) return;
  sync.status = { ...sync.status, lastSuccessfulTime: completionTime };
  sync.isChanged = true;
}

/** A Job at work that status does not list: the cache may be old, or somebody else made it. */
function noteUnlisted(sync: CronJobSync, { metadata: { name, uid } }: Job): void {
  const { context, cronJob } = sync;
  const live = context.client.get<CronJob>('CronJob', cronJob.metadata.namespace, cronJob.metadata.name);
  if (live.status?.active?.some((one) => one.uid === uid)) {
    sync.status = live.status;
    return;
  }
  const message = `Saw a job that the controller did not create or forgot: ${name}`;
  context.events.record(cronJob, 'Warning', 'UnexpectedJob', message);
}
