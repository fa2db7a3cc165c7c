/** The facts of workloads: counts, and what only some kinds have (revisions, the state of a Job, runs). */
import { t } from '../../i18n/translate';
import type { WorkloadRow } from '../../view/rows';
import { jobStateText } from '../graph/workload-words';
import { type Fact, fact, imagesFact, ownerFact } from './fact';

/** See the header. */
export function workloadFacts(row: WorkloadRow): Fact[] {
  return [...countsOf(row), imagesFact(row), ...restOf(row), ownerFact(row)];
}

function countsOf(row: WorkloadRow): Fact[] {
  if (row.cronJob) return [];
  if (row.job) {
    return [
      fact('fact.state', jobStateText(row.job)),
      fact('fact.completions', t('job.counts', { ready: row.ready, desired: row.desired })),
      fact('fact.pods', t('job.rest', { active: row.job.active, failed: row.job.failed })),
      fact('fact.parallelism', row.job.parallelism),
      fact('fact.mode', row.job.isIndexed ? 'Indexed' : undefined),
    ];
  }
  const counts = t('fact.ofTotal', { updated: row.updated, total: row.desired });
  const isUpdating = row.kind === 'Deployment' || row.kind === 'StatefulSet' || row.kind === 'DaemonSet';
  return [
    fact('fact.replicas', t('workload.counts', { ready: row.ready, desired: row.desired })),
    fact('fact.updated', isUpdating ? counts : undefined),
  ];
}

function restOf({ revision, statefulSet, cronJob, paused }: WorkloadRow): Fact[] {
  if (statefulSet) {
    const { current, update, partition, isOnDelete } = statefulSet;
    return [
      fact('fact.currentRevision', current && <code>{current}</code>),
      fact('fact.updateRevision', update !== current ? <code>{update}</code> : undefined),
      fact('fact.partition', partition > 0 ? partition : undefined),
      fact('fact.strategy', isOnDelete ? 'OnDelete' : undefined),
    ];
  }
  if (cronJob) {
    return [
      fact('fact.schedule', <code>{cronJob.schedule}</code>),
      fact('fact.timeZone', cronJob.timeZone),
      fact('fact.concurrency', cronJob.concurrencyPolicy),
      fact('fact.active', cronJob.active),
      fact('fact.lastRun', cronJob.lastAt),
      fact('fact.nextRun', paused ? t('cronJob.suspended') : cronJob.nextAt),
    ];
  }
  return [fact('fact.revision', revision)];
}
