/**
 * CronJobs. Follows pkg/registry/batch/cronjob/strategy.go.
 * As a table: printCronJob in pkg/printers/internalversion/printers.go.
 */
import { defaultCronJob } from '../defaults/job';
import { formatLabelSelector } from '../selector';
import type { CronJob, JobSpec } from '../types';
import { validateCronJob, validateCronJobUpdate } from '../validation/cron-job';
import { jobWarnings } from '../warnings/job';
import { controllerNameWarnings } from '../warnings/pod';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, containerCells, since, type TableDefinition } from './table';

const TZ_IN_SCHEDULE =
  'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';

const templateWarnings = ({ spec }: CronJob): string[] =>
  jobWarnings(spec.jobTemplate.spec as JobSpec, 'spec.jobTemplate.spec');

const strategy: Strategy = {
  default: defaultCronJob,
  prepareForCreate(draft) {
    draft.status = {};
  },
  validate: validateCronJob,
  validateUpdate: validateCronJobUpdate,
  warningsOnCreate: (object) => [
    ...controllerNameWarnings(object.metadata.name),
    ...templateWarnings(object as CronJob),
  ],
  warningsOnUpdate: (object, old) => [
    ...(object.metadata.generation === old.metadata.generation ? [] : templateWarnings(object as CronJob)),
    ...((object as CronJob).spec.schedule.includes('TZ') ? [TZ_IN_SCHEDULE] : []),
  ],
  defaultPropagation: 'Orphan',
};

const table: TableDefinition<CronJob> = {
  columns: columns('NAME,SCHEDULE,TIMEZONE,SUSPEND,ACTIVE,LAST SCHEDULE,AGE|CONTAINERS,IMAGES,SELECTOR'),
  row: (cronJob, clock) => {
    const { metadata, spec, status } = cronJob;
    const job = spec.jobTemplate.spec;
    return [
      metadata.name,
      spec.schedule,
      spec.timeZone ?? '<none>',
      spec.suspend ? 'True' : 'False',
      String(status?.active?.length ?? 0),
      status?.lastScheduleTime ? since(clock, status.lastScheduleTime) : '<none>',
      ageOf(cronJob, clock),
      ...containerCells(job?.template.spec?.containers),
      formatLabelSelector(job?.selector),
    ];
  },
};

/** CronJob. */
export const cronJobKind: KindDefinition = {
  ...resource('batch', 'v1', 'CronJob', 'cronjobs', 'cj', { categories: ['all'], subresources: ['status'] }),
  countsGenerations: true,
  strategy,
  table,
};
