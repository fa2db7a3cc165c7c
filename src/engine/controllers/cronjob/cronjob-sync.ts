/** What one sync of a CronJob works on. */
import { parseTimestamp } from '../../api/timestamp';
import type { CronJob, CronJobStatus, Job, ObjectReference } from '../../api/types';
import type { Context } from '../../client/component';
import type { ControllerMemory } from '../../client/controller';
import type { RunClock } from './schedule';

/** What the controller's functions are given. */
export type CronJobContext = Context<ControllerMemory>;

/** A CronJob with the status that will be written once, at the end. */
export interface CronJobSync {
  readonly context: CronJobContext;
  readonly cronJob: CronJob;
  status: CronJobStatus;
  isChanged: boolean;
}

/** The Jobs that status lists as active. */
export function activeJobs({ status }: Pick<CronJobSync, 'status'>): readonly ObjectReference[] {
  return status.active ?? [];
}

/** Takes a Job off the list. */
export function dropActive(sync: CronJobSync, uid: string | undefined): void {
  const { active: _active, ...rest } = sync.status;
  const left = activeJobs(sync).filter((one) => one.uid !== uid);
  sync.status = { ...rest, ...(left.length > 0 ? { active: left } : {}) };
}

/** Deletes a Job with its Pods, and says so or why not. */
export function deleteJob(sync: CronJobSync, job: Job): boolean {
  const { context, cronJob } = sync;
  const { namespace, name, uid } = job.metadata;
  try {
    context.client.delete('Job', namespace, name, { propagationPolicy: 'Background' });
  } catch (error) {
    context.events.record(cronJob, 'Warning', 'FailedDelete', `Deleted job: ${(error as Error).message}`);
    return false;
  }
  dropActive(sync, uid);
  context.events.record(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
  return true;
}

/** By which runs are counted. */
export function runClock({ context, cronJob, status }: CronJobSync): RunClock {
  const since = status.lastScheduleTime ?? (cronJob.metadata.creationTimestamp as string);
  return {
    nowMs: parseTimestamp(context.nowMicro),
    since: parseTimestamp(since) / 1000,
    startingDeadlineSeconds: cronJob.spec.startingDeadlineSeconds,
  };
}
