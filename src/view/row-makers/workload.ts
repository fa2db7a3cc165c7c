/** The rows of whatever has a Pod template, or a template of such. */
import { nextTime, parseSchedule } from '../../engine/api/cron';
import type { KubeObject } from '../../engine/api/meta';
import { formatTimestamp, parseTimestamp } from '../../engine/api/timestamp';
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '../../engine/api/types';
import { type CronJobRuns, type JobCounts, type RowBase, rowId, type WorkloadRow } from '../rows';
import { claimsOf } from './pod';
import { imagesOf, type Unfinished } from './unfinished';

type Counts = Pick<WorkloadRow, 'desired' | 'current' | 'ready' | 'updated' | 'available'>;
const NO_PODS: Counts = { desired: 0, current: 0, ready: 0, updated: 0, available: 0 };

/** What all workloads have, by their template. */
function workload(base: RowBase, template: Unfinished<PodTemplateSpec> | undefined, counts: Counts): WorkloadRow {
  return {
    ...base,
    ...counts,
    workload: true,
    images: imagesOf(template?.spec?.containers),
    containerNames: (template?.spec?.containers ?? []).map(({ name }) => name ?? '').join(', '),
    revision: undefined,
    paused: false,
    stalled: false,
    templateLabels: template?.metadata?.labels ?? {},
    claims: claimsOf(undefined, base.namespace, template?.spec?.volumes) ?? [],
    claimStems: [],
  };
}

/** Deployments, ReplicaSets, ReplicationControllers, and custom kinds that look like them. */
export function replicatedRow(base: RowBase, object: KubeObject): WorkloadRow {
  const { metadata, spec, status } = object as Unfinished<Deployment> & Unfinished<ReplicaSet>;
  const counts = {
    desired: spec?.replicas ?? 1,
    current: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  };
  const isStuck = ({ type, status: value }: { type: string; status: string }) =>
    type === 'Progressing' && value === 'False';
  return {
    ...workload(base, spec?.template, counts),
    revision: metadata?.annotations?.['deployment.kubernetes.io/revision'],
    paused: spec?.paused === true,
    stalled: status?.conditions?.some(isStuck) ?? false,
  };
}

/** A StatefulSet. */
export function statefulSetRow(base: RowBase, object: KubeObject): WorkloadRow {
  const { spec, status } = object as Unfinished<StatefulSet>;
  const hashOf = (revision = '') => revision.replace(`${base.name}-`, '');
  const stems = (spec?.volumeClaimTemplates ?? []).map(({ metadata }) =>
    rowId('PersistentVolumeClaim', base.namespace, `${metadata.name}-${base.name}-`),
  );
  return {
    ...replicatedRow(base, object),
    claimStems: stems,
    statefulSet: {
      current: hashOf(status?.currentRevision),
      update: hashOf(status?.updateRevision),
      partition: spec?.updateStrategy?.rollingUpdate?.partition ?? 0,
      isOnDelete: spec?.updateStrategy?.type === 'OnDelete',
    },
  };
}

/** A DaemonSet: what is wanted is one Pod per node it belongs on. */
export function daemonSetRow(base: RowBase, object: KubeObject): WorkloadRow {
  const { spec, status } = object as Unfinished<DaemonSet>;
  return workload(base, spec?.template, {
    desired: status?.desiredNumberScheduled ?? 0,
    current: status?.currentNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
    available: status?.numberAvailable ?? 0,
  });
}

/** A Job: what is wanted is Pods that succeed; without completions one that does is enough. */
export function jobRow(base: RowBase, object: KubeObject): WorkloadRow {
  const { spec, status } = object as Unfinished<Job>;
  const { active = 0, succeeded = 0, failed = 0 } = status ?? {};
  const parallelism = spec?.parallelism ?? 1;
  const ended = status?.conditions?.find(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );
  const state = ended ? (ended.type === 'Complete' ? 'complete' : 'failed') : spec?.suspend ? 'suspended' : 'running';
  const job: JobCounts = {
    state,
    reason: ended?.reason,
    active,
    failed,
    parallelism,
    isIndexed: spec?.completionMode === 'Indexed',
  };
  const desired = spec?.completions ?? 1;
  const counts = { ...NO_PODS, desired, current: active, ready: succeeded };
  return { ...workload(base, spec?.template, counts), paused: state === 'suspended', stalled: state === 'failed', job };
}

/** A CronJob. */
export function cronJobRow(base: RowBase, object: KubeObject): WorkloadRow {
  const { metadata, spec, status } = object as Unfinished<CronJob>;
  const lastAt = status?.lastScheduleTime;
  const since = lastAt ?? metadata?.creationTimestamp;
  const cronJob: CronJobRuns = {
    schedule: spec?.schedule ?? '',
    timeZone: spec?.timeZone,
    concurrencyPolicy: spec?.concurrencyPolicy ?? 'Allow',
    active: status?.active?.length ?? 0,
    lastAt,
    nextAt: spec?.suspend || !since ? undefined : runAfter(spec?.schedule ?? '', spec?.timeZone, since),
  };
  const row = workload(base, spec?.jobTemplate?.spec?.template, NO_PODS);
  return { ...row, paused: spec?.suspend === true, cronJob };
}

function runAfter(schedule: string, timeZone: string | undefined, since: string): string | undefined {
  const parsed = parseSchedule(timeZone ? `TZ=${timeZone} ${schedule}` : schedule);
  if ('problem' in parsed) return undefined;
  const next = nextTime(parsed, Math.floor(parseTimestamp(since) / 1000));
  return next === undefined ? undefined : formatTimestamp(next * 1000);
}
