/**
 * Makes Jobs on a schedule, and deletes old ones.
 * Follows pkg/controller/cronjob/{cronjob_controllerv2,utils,injection}.go. Reads CronJobs and Jobs; writes Jobs and CronJob status.
 */
import { parseSchedule, type Schedule } from '../../api/cron';
import { controllerOf, keyOf } from '../../api/meta';
import { loadTimeZone, UTC } from '../../api/time-zone';
import type { CronJob, Job } from '../../api/types';
import type { WatchEvent } from '../../client/component';
import { defineController, enqueueAfter, enqueueKey, type Result, specSince } from '../../client/controller';
import { ownerOf } from '../../client/pod-owner';
import { type CronJobContext, type CronJobSync, runClock } from './cronjob-sync';
import { cleanUp, noteJobs } from './history';
import { startRun } from './run';
import { dueRun, untilNextRunMs } from './schedule';

/** The CronJob controller. */
export const cronJobController = defineController({
  name: 'cronjob-controller',
  for: 'CronJob',
  owns: [{ kind: 'Job', map: ownerKeys }],
  enqueue: onCronJobChange,
  reconcile,
});

/** The CronJobs that a Job belongs to, and belonged to. */
function ownerKeys(context: CronJobContext, { value, previous }: WatchEvent): string[] {
  const owners = new Set([value, previous].map((job) => ownerOf<CronJob>(context, 'CronJob', job)));
  return [...owners].flatMap((cronJob) => (cronJob ? [keyOf(cronJob)] : []));
}

/** Who changed the schedule waits for its next time; anything else is looked at now. */
function onCronJobChange(context: CronJobContext, { key, step, value, previous }: WatchEvent): void {
  const cronJob = value as CronJob | undefined;
  const before = previous as CronJob | undefined;
  const isRescheduled =
    cronJob !== undefined &&
    before !== undefined &&
    (before.spec.schedule !== cronJob.spec.schedule || before.spec.timeZone !== cronJob.spec.timeZone);
  if (!isRescheduled) {
    enqueueKey(context, key, step);
    return;
  }
  const parsed = parseSchedule(scheduleText(cronJob));
  if ('problem' in parsed) {
    const message = `unparseable schedule for cronjob: ${cronJob.spec.schedule}`;
    context.events.record(cronJob, 'Warning', 'UnParseableCronJobSchedule', message);
    return;
  }
  const sync = { context, cronJob, status: cronJob.status ?? {}, isChanged: false };
  const afterMs = untilNextRunMs(parsed, runClock(sync));
  if (afterMs !== undefined) enqueueAfter(context, key, afterMs, step);
}

/** The schedule with its time zone in front. */
function scheduleText({ spec: { schedule, timeZone } }: CronJob): string {
  if (schedule.includes('TZ') || timeZone === undefined || 'problem' in loadTimeZone(timeZone)) return schedule;
  return `TZ=${timeZone} ${schedule}`;
}

function reconcile(context: CronJobContext, key: string): Result {
  const { lister } = context;
  const cronJob = lister.byKey<CronJob>('CronJob', key);
  if (!cronJob) return undefined;
  const { name, namespace } = cronJob.metadata;
  const jobs = lister.list<Job>('Job', namespace).filter((job) => controllerOf(job)?.name === name);
  const sync: CronJobSync = { context, cronJob, status: cronJob.status ?? {}, isChanged: false };
  cleanUp(sync, jobs);
  noteJobs(sync, jobs);
  const result = cronJob.metadata.deletionTimestamp === undefined ? runDue(sync) : undefined;
  if (sync.isChanged) {
    const { resourceVersion } = cronJob.metadata;
    const written = context.client.updateStatus<CronJob>({ ...cronJob, status: sync.status });
    if (written.metadata.resourceVersion !== resourceVersion) context.say('update-status', written, storyOf(sync));
  }
  return result;
}

/** What a sync says that started no run. */
function storyOf({ cronJob, status }: CronJobSync): string {
  const active = status.active?.length ?? 0;
  const last = status.lastSuccessfulTime ? `, last success ${status.lastSuccessfulTime}` : '';
  return `CronJob ${cronJob.metadata.name} reports ${active === 1 ? '1 active Job' : `${active} active Jobs`}${last}`;
}

/** Starts what is due, and says when to look again. */
function runDue(sync: CronJobSync): Result {
  const { context, cronJob } = sync;
  const { suspend, timeZone = '' } = cronJob.spec;
  const zone = loadTimeZone(timeZone);
  if ('problem' in zone) {
    const message = `invalid timeZone: ${JSON.stringify(timeZone)}: ${zone.problem}`;
    context.events.record(cronJob, 'Warning', 'UnknownTimeZone', message);
    return undefined;
  }
  if (suspend) return undefined;
  const schedule = readSchedule(sync);
  if (!schedule) return undefined;
  const clock = runClock(sync);
  const due = dueRun(schedule, clock, true);
  if (due.problem !== undefined) {
    const message = `invalid schedule: ${cronJob.spec.schedule} : ${due.problem}`;
    context.events.record(cronJob, 'Warning', 'InvalidSchedule', message);
    return undefined;
  }
  if (due.dueAt !== undefined) {
    if (due.missed === 'many') {
      const message = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      context.events.record(cronJob, 'Warning', 'TooManyMissedTimes', message);
    }
    const { failure } = startRun(sync, due.dueAt, timeZone === '' ? UTC : zone, clock.nowMs);
    if (failure !== undefined) return { error: failure };
  }
  const requeueAfterMs = untilNextRunMs(schedule, runClock(sync));
  return requeueAfterMs === undefined ? undefined : { requeueAfterMs, cause: specSince(context, 'CronJob', cronJob) };
}

/** The parsed schedule; what is wrong with it is said in an Event. */
function readSchedule({ context, cronJob }: CronJobSync): Schedule | undefined {
  const { schedule } = cronJob.spec;
  if (schedule.includes('TZ')) {
    const message = `CRON_TZ or TZ used in schedule ${JSON.stringify(schedule)} is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details`;
    context.events.record(cronJob, 'Warning', 'UnsupportedSchedule', message);
  }
  const parsed = parseSchedule(scheduleText(cronJob));
  if (!('problem' in parsed)) return parsed;
  const message = `unparseable schedule: ${JSON.stringify(schedule)} : ${parsed.problem}`;
  context.events.record(cronJob, 'Warning', 'UnparseableSchedule', message);
  return undefined;
}
