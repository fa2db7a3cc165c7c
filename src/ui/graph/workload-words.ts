/** How a workload is, in words. */
import { listed, type MessageKey, t } from '../../i18n/translate';
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
    return listed(counts, rest, jobStateText(row.job));
  }
  const counts = t('workload.counts', { ready: row.ready, desired: row.desired });
  return listed(counts, row.paused && t('workload.paused'));
}

/** Of two revisions' hashes the beginning tells them apart; descriptions and the inspector have the whole. */
export const shownHash = (hash: string): string => hash.slice(0, 5);

/** What only some kinds have to say, as a line of a few words; '' for the others. */
export function detailsOf(row: WorkloadRow): string {
  if (row.job) return t('job.rest', { active: row.job.active, failed: row.job.failed });
  if (row.kind === 'DaemonSet') return t('daemonSet.details', { current: row.current, updated: row.updated });
  if (!row.statefulSet) return '';
  const { current, update, partition, isOnDelete } = row.statefulSet;
  const revisions =
    current === update
      ? t('statefulSet.revision', { revision: update })
      : t('statefulSet.revisions', { current: shownHash(current), update: shownHash(update), count: row.updated });
  return listed(revisions, isOnDelete ? 'OnDelete' : partition > 0 && t('statefulSet.partition', { partition }));
}

/** Kinds that count how many of their Pods are up to date. */
const UPDATED = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

type State = { readonly word: MessageKey; readonly tone: '' | 'busy' | 'bad' };

/** How it is as a whole, in a word. */
export function stateOf(row: WorkloadRow): State {
  const { stalled, cronJob, job, paused } = row;
  if (stalled) return { word: 'workload.stalled', tone: 'bad' };
  if (cronJob) {
    if (paused) return { word: 'cronJob.suspended', tone: 'busy' };
    return cronJob.active > 0 ? { word: 'cronJob.running', tone: 'busy' } : { word: 'cronJob.waiting', tone: '' };
  }
  if (job) {
    const tone = { running: 'busy', suspended: 'busy', complete: '', failed: 'bad' } as const;
    return { word: JOB_STATES[job.state], tone: tone[job.state] };
  }
  const isUpdating = UPDATED.has(row.kind) && (row.updated < row.desired || row.current > row.updated);
  const isMoving = isUpdating || (UPDATED.has(row.kind) ? row.available : row.ready) < row.desired;
  return {
    word: paused ? 'workload.paused' : isMoving ? 'workload.rolling' : 'workload.steady',
    tone: isMoving ? 'busy' : '',
  };
}
