/** CronJobs run once for each time, never before it, and not beside another run where that is forbidden. */
import { isJobFinished, SCHEDULED_TIMESTAMP } from '../../engine/api/job';
import type { CronJob, Job } from '../../engine/api/types';
import { type Checker, controllerUid, nameOf, STALE_MS } from './history';

export const cronJobRuns: Checker = {
  name: 'CronJob runs',
  begin: (complain, { timeOf }) => {
    const runs = new Map<string, string>();
    const forbiddenUntilMs = new Map<string, number>();
    return {
      change: ({ kind, value, previous, atMs }, state, step) => {
        if (kind === 'CronJob') {
          // Who changes the policy meets runs that were allowed.
          const uid = (value ?? previous)?.metadata.uid ?? '';
          if ((value as CronJob | undefined)?.spec.concurrencyPolicy !== 'Forbid') forbiddenUntilMs.set(uid, atMs);
        }
        if (kind !== 'Job' || !value || previous || step?.actor !== 'cronjob-controller') return;
        const owner = controllerUid(value) ?? '';
        const due = value.metadata.annotations?.[SCHEDULED_TIMESTAMP] ?? '';
        const run = `${owner} ${due}`;
        const earlier = runs.get(run);
        if (earlier !== undefined) complain(`${nameOf(value)} is the second run for ${due}, after ${earlier}`);
        runs.set(run, nameOf(value));
        if (timeOf(due) > atMs) complain(`${nameOf(value)} is made at ${atMs} ms, before ${due}`);
        const cronJob = state.withUid<CronJob>(owner);
        const isForbidden =
          cronJob?.spec.concurrencyPolicy === 'Forbid' &&
          (forbiddenUntilMs.get(owner) ?? Number.NEGATIVE_INFINITY) < atMs - STALE_MS;
        if (!isForbidden) return;
        const others = state
          .list<Job>('Job')
          .filter((job) => job !== value && controllerUid(job) === owner && !isJobFinished(job))
          .filter((job) => job.metadata.annotations?.[SCHEDULED_TIMESTAMP] && !job.metadata.deletionTimestamp);
        if (others.length > 0) complain(`${nameOf(value)} runs beside ${others.map(nameOf).join(', ')}`);
      },
    };
  },
};
