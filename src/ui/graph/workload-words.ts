/** How a workload is, in words. */
import { type MessageKey, t } from '../../i18n/translate';
import type { JobState, WorkloadRow } from '../../view/rows';

const JOB_STATES: Readonly<Record<JobState, MessageKey>> = {
  running: 'job.running',
  suspended: 'job.suspended',
  complete: 'job.complete',
  failed: 'job.failed',
};

/** `Complete`, or why it failed. */
export function jobStateText({ state, reason }: NonNullable<WorkloadRow['job']>): string {
  return state === 'failed' && reason ? reason : t(JOB_STATES[state]);
}

/** The state for the accessible description. */
export function describeWorkload(row: WorkloadRow): string {
  if (row.cronJob) return t('cronJob.counts', { count: row.cronJob.active, schedule: row.cronJob.schedule });
  if (row.job) {
    const counts = t('job.counts', { ready: row.ready, desired: row.desired });
    const rest = t('job.rest', { active: row.job.active, failed: row.job.failed });
    return `${counts}, ${rest}, ${jobStateText(row.job)}`;
  }
  const counts = t('workload.counts', { ready: row.ready, desired: row.desired });
  return row.paused ? `${counts}, ${t('workload.paused')}` : counts;
}

/** What only some kinds have to say, as a line of a few words; '' for the others. */
export function detailsOf(row: WorkloadRow): string {
  if (row.job) return t('job.rest', { active: row.job.active, failed: row.job.failed });
  if (row.kind === 'DaemonSet') return t('daemonSet.details', { current: row.current, updated: row.updated });
  if (!row.statefulSet) return '';
  const { current, update, partition, isOnDelete } = row.statefulSet;
  const revisions =
    current === update
      ? t('statefulSet.revision', { revision: update })
      : t('statefulSet.revisions', { current, update, count: row.updated });
  const bounds = isOnDelete ? ', OnDelete' : partition > 0 ? `, ${t('statefulSet.partition', { partition })}` : '';
  return `${revisions}${bounds}`;
}
