/** Lanes of workloads: a Deployment's revisions stacked against its bounds, the Pods of others, an autoscaler's wishes, a CronJob's runs. */
import { finishedAs } from '../../engine/api/job';
import { controllerOf, type KubeObject } from '../../engine/api/meta';
import { isRollingUpdate, rolloutBounds } from '../../engine/api/rollout-bounds';
import type {
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  ReplicaSet,
  StatefulSet,
} from '../../engine/api/types';
import type { Unfinished } from '../row-makers/unfinished';
import { rowId } from '../rows';
import { bucketOf, type Grid, valuesOf } from './grid';
import type { Lane, RevisionStack, Run, SeriesName } from './lane-shapes';
import type { ObjectLine, TrackIndex } from './track-index';

type Values = Readonly<Partial<Record<SeriesName, number>>>;

const REVISION = 'deployment.kubernetes.io/revision';

function replicated(object: KubeObject): Values {
  const { spec, status } = object as Unfinished<Deployment>;
  return {
    total: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    desired: spec?.replicas ?? 1,
    available: status?.availableReplicas ?? 0,
  };
}

/** None of a Deployment that does not roll, or whose bounds can't be read. */
function boundsOf(object: KubeObject): Values {
  const deployment = object as Deployment;
  try {
    if (!isRollingUpdate(deployment)) return {};
    const { desired, maxSurge, maxUnavailable } = rolloutBounds(deployment);
    return { most: desired + maxSurge, least: desired - maxUnavailable };
  } catch {
    return {};
  }
}

function daemons(object: KubeObject): Values {
  const { status } = object as Unfinished<DaemonSet>;
  return {
    total: status?.currentNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
    desired: status?.desiredNumberScheduled ?? 0,
    available: status?.numberAvailable ?? 0,
  };
}

/** What is read of each kind that has Pods, or counts them. */
const READ: ReadonlyMap<string, (object: KubeObject) => Values> = new Map(
  Object.entries<(object: KubeObject) => Values>({
    Deployment: (object) => ({ ...replicated(object), ...boundsOf(object) }),
    StatefulSet: (object) => {
      const { status } = object as Unfinished<StatefulSet>;
      return { ...replicated(object), updated: status?.updatedReplicas ?? 0 };
    },
    DaemonSet: daemons,
    ReplicaSet: replicated,
    ReplicationController: replicated,
    Job: (object) => {
      const { spec, status } = object as Unfinished<Job>;
      const { active = 0, succeeded = 0, failed = 0 } = status ?? {};
      const failures = failed > 0 ? { failed } : {};
      return { total: succeeded + active, ready: succeeded, desired: spec?.completions ?? 1, ...failures };
    },
    HorizontalPodAutoscaler: (object) => {
      const { spec, status } = object as Unfinished<HorizontalPodAutoscaler>;
      return {
        total: status?.currentReplicas ?? 0,
        desired: status?.desiredReplicas ?? 0,
        least: spec?.minReplicas ?? 1,
        most: spec?.maxReplicas ?? 1,
      };
    },
  }),
);

/** What a workload counts at one of its versions; undefined for kinds that count nothing. */
export function countsAt(object: KubeObject, kind: string): Values | undefined {
  return READ.get(kind)?.(object);
}

/** Kinds with a lane, in the order of the lanes. */
const KINDS = [...READ.keys(), 'CronJob'];

/** The row id of what owns an object, as it was first written. */
export function ownerOf({ changes }: ObjectLine): string | undefined {
  const first = changes.find(({ value }) => value !== undefined)?.value;
  const owner = first && controllerOf(first);
  return owner && rowId(owner.kind, owner.kind === 'Node' ? '' : first.metadata.namespace, owner.name);
}

/** True while an object is there, or was there at all, in a window. */
export function isSeenIn({ changes, times }: ObjectLine, { fromMs, toMs }: { fromMs: number; toMs: number }): boolean {
  if ((times[0] ?? Infinity) > toMs) return false;
  return (times.at(-1) ?? 0) >= fromMs || changes.at(-1)?.value !== undefined;
}

const byName = (a: ObjectLine, b: ObjectLine): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Every workload that nothing else owns, and every autoscaler, by kind and name. */
export function workloadLines(index: TrackIndex): ObjectLine[] {
  return KINDS.flatMap((kind) => (index.objects.get(kind) ?? []).filter((line) => !ownerOf(line)).sort(byName));
}

/** The lane of a workload. */
export function workloadLane(index: TrackIndex, line: ObjectLine, grid: Grid): Lane {
  const { id, kind, name, namespace } = line;
  const base = { id, kind, name, namespace };
  if (kind === 'CronJob') return { ...base, type: 'runs', runs: runsOf(index, line, grid) };
  const series = valuesOf(line.changes, line.times, grid, READ.get(kind) ?? replicated);
  if (kind !== 'Deployment') return { ...base, type: 'amounts', series };
  return { ...base, type: 'rollout', series, stacks: stacksOf(index, line, grid) };
}

/** The ReplicaSets of a Deployment that had Pods in a window, the oldest first. */
function stacksOf(index: TrackIndex, deployment: ObjectLine, grid: Grid): RevisionStack[] {
  const stacks: RevisionStack[] = [];
  for (const line of index.objects.get('ReplicaSet') ?? []) {
    if (!isSeenIn(line, grid) || ownerOf(line) !== deployment.id) continue;
    const { counts, revisions } = valuesOf(line.changes, line.times, grid, (object) => ({
      counts: (object as Unfinished<ReplicaSet>).status?.replicas ?? 0,
      revisions: Number(object.metadata.annotations?.[REVISION] ?? -1),
    }));
    if (counts && revisions && counts.some((count) => count > 0))
      stacks.push({ replicaSet: line.name, revisions, counts });
  }
  return stacks;
}

/** The runs of a CronJob: the Jobs that it owns. */
function runsOf(index: TrackIndex, cronJob: ObjectLine, grid: Grid): Run[] {
  const jobs = (index.objects.get('Job') ?? []).filter((line) => ownerOf(line) === cronJob.id && isSeenIn(line, grid));
  return jobs.map((line) => runOf(line, grid)).sort((a, b) => a.from - b.from || (a.job < b.job ? -1 : 1));
}

function endOf(job: KubeObject): 'complete' | 'failed' | undefined {
  const ended = finishedAs((job as Partial<Job>).status);
  return ended && (ended === 'Complete' ? 'complete' : 'failed');
}

function runOf({ name, changes, times }: ObjectLine, grid: Grid): Run {
  const over = changes.findIndex(({ value }) => value === undefined || endOf(value) !== undefined);
  const ended = changes[over]?.value;
  const from = bucketOf(grid, times[0]!);
  const to = over >= 0 ? bucketOf(grid, times[over]!) + 1 : Math.min(grid.buckets, grid.head + 1);
  const state = (ended && endOf(ended)) ?? (over >= 0 ? 'stopped' : 'running');
  return { job: name, from, to: Math.max(from + 1, to), state };
}
