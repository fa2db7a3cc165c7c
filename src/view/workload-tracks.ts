/**
 * Tracks of single objects: the Pods of a workload, what an autoscaler asks for, the runs of a CronJob. A value holds from its
 * bucket on; -1 where the object does not exist.
 */
import { finishedAs } from '../engine/api/job';
import { controllerOf, type KubeObject } from '../engine/api/meta';
import type { DaemonSet, Deployment, HorizontalPodAutoscaler, Job, StatefulSet } from '../engine/api/types';
import type { Simulation } from '../engine/simulation';
import type { Unfinished } from './row-makers/unfinished';
import { parseRowId, rowId } from './rows';

/** What a line or an area stands for. Of a Job `ready` is what succeeded; `min` and `max` bound an autoscaler. */
export type SeriesName = 'total' | 'ready' | 'updated' | 'failed' | 'desired' | 'min' | 'max';

export interface WorkloadTrack {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly series: Readonly<Partial<Record<SeriesName, readonly number[]>>>;
}

/** One run of a CronJob, in buckets; `to` is past its last one. */
export interface Run {
  readonly job: string;
  readonly from: number;
  readonly to: number;
  /** `stopped`: its Job was deleted before it had ended. */
  readonly state: 'running' | 'complete' | 'failed' | 'stopped';
}

export interface RunsTrack {
  readonly id: string;
  readonly name: string;
  readonly runs: readonly Run[];
}

/** So many buckets, beginning at a time; `scale` is the ms of each, `head` the last that has begun. */
export interface Grid {
  readonly fromMs: number;
  readonly buckets: number;
  readonly scale: number;
  readonly head: number;
}

type Readable = Pick<Simulation, 'history' | 'stepOfRevision' | 'traceAt'>;
type Values = Readonly<Partial<Record<SeriesName, number>>>;

const MAX_PER_KIND = 6;
const MAX_RUNS = 300;

function replicated(object: KubeObject): Values {
  const { spec, status } = object as Unfinished<Deployment>;
  return { total: status?.replicas ?? 0, ready: status?.readyReplicas ?? 0, desired: spec?.replicas ?? 1 };
}

/** Kinds that have a track, in the order of the tracks, and what is read of an object. */
const TRACKED: ReadonlyMap<string, (object: KubeObject) => Values> = new Map(
  Object.entries<(object: KubeObject) => Values>({
    Deployment: replicated,
    HorizontalPodAutoscaler: (object) => {
      const { spec, status } = object as Unfinished<HorizontalPodAutoscaler>;
      const total = status?.currentReplicas ?? 0;
      return { total, desired: status?.desiredReplicas ?? 0, min: spec?.minReplicas ?? 1, max: spec?.maxReplicas ?? 1 };
    },
    StatefulSet: (object) => {
      const { status } = object as Unfinished<StatefulSet>;
      return { ...replicated(object), updated: status?.updatedReplicas ?? 0 };
    },
    DaemonSet: (object) => {
      const { status } = object as Unfinished<DaemonSet>;
      return {
        total: status?.currentNumberScheduled ?? 0,
        ready: status?.numberReady ?? 0,
        updated: status?.updatedNumberScheduled ?? 0,
        desired: status?.desiredNumberScheduled ?? 0,
      };
    },
    Job: (object) => {
      const { spec, status } = object as Unfinished<Job>;
      const { active = 0, succeeded = 0, failed = 0 } = status ?? {};
      const failures = failed > 0 ? { failed } : {};
      return { total: succeeded + active, ready: succeeded, desired: spec?.completions ?? 1, ...failures };
    },
    ReplicationController: replicated,
    ReplicaSet: replicated,
  }),
);

/** Whether objects of a kind are worth remembering for {@link workloadTracks} or {@link runsTracks}. */
export function isTracked(kind: string): boolean {
  return TRACKED.has(kind) || kind === 'CronJob';
}

interface Version {
  readonly timeMs: number;
  readonly value: KubeObject | undefined;
}

type History = ReturnType<Simulation['history']>;

function historyOf(simulation: Readable, id: string): History {
  const { kind, namespace, name } = parseRowId(id);
  return simulation.history(kind, namespace, name);
}

function versionsOf(simulation: Readable, history: History): Version[] {
  return history.map(({ revision, value }) => ({
    timeMs: simulation.traceAt(Math.max(1, simulation.stepOfRevision(revision))).time,
    value,
  }));
}

/** The row id of what owns an object, as it was first written. */
function ownerOf(history: History): string | undefined {
  const first = history.find(({ value }) => value !== undefined)?.value;
  const owner = first && controllerOf(first);
  return owner && rowId(owner.kind, first.metadata.namespace, owner.name);
}

/** The tracks of the workloads and autoscalers among these row ids. */
export function workloadTracks(simulation: Readable, ids: readonly string[], grid: Grid): WorkloadTrack[] {
  const tracks: WorkloadTrack[] = [];
  for (const [kind, read] of TRACKED) {
    let count = 0;
    for (const id of ids) {
      if (!id.startsWith(`${kind}/`) || count >= MAX_PER_KIND) continue;
      const history = historyOf(simulation, id);
      // What is owned is part of its owner's track.
      if (ownerOf(history)) continue;
      count += 1;
      const series = seriesOf(versionsOf(simulation, history), read, grid);
      tracks.push({ id, kind, name: parseRowId(id).name, series });
    }
  }
  return tracks;
}

function seriesOf(
  versions: readonly Version[],
  read: (object: KubeObject) => Values,
  { fromMs, buckets, scale, head }: Grid,
): WorkloadTrack['series'] {
  const series: Partial<Record<SeriesName, number[]>> = {};
  let version = -1;
  for (let bucket = 0; bucket < buckets && bucket <= head; bucket += 1) {
    const endMs = fromMs + (bucket + 1) * scale;
    while (version + 1 < versions.length && versions[version + 1]!.timeMs < endMs) version += 1;
    const value = version < 0 ? undefined : versions[version]!.value;
    if (!value) continue;
    for (const [name, count] of Object.entries(read(value)) as [SeriesName, number][]) {
      series[name] ??= new Array<number>(buckets).fill(-1);
      series[name][bucket] = count;
    }
  }
  return series;
}

/** The runs of the CronJobs among these row ids: the Jobs among them that they own. */
export function runsTracks(simulation: Readable, ids: readonly string[], grid: Grid): RunsTrack[] {
  const runs = new Map<string, Run[]>();
  for (const id of ids) if (id.startsWith('CronJob/') && runs.size < MAX_PER_KIND) runs.set(id, []);
  if (runs.size === 0) return [];
  for (const id of ids) {
    if (!id.startsWith('Job/')) continue;
    const history = historyOf(simulation, id);
    const of = runs.get(ownerOf(history) ?? '');
    if (of && of.length < MAX_RUNS) of.push(runOf(id, versionsOf(simulation, history), grid));
  }
  return [...runs].map(([id, of]) => ({ id, name: parseRowId(id).name, runs: of.sort((a, b) => a.from - b.from) }));
}

function runOf(id: string, versions: readonly Version[], { fromMs, scale, head }: Grid): Run {
  const bucketOf = (timeMs: number) => Math.max(0, Math.floor((timeMs - fromMs) / scale));
  const over = versions.find(({ value }) => value === undefined || endOf(value) !== undefined);
  const from = bucketOf(versions[0]!.timeMs);
  const to = over ? bucketOf(over.timeMs) + 1 : head + 1;
  const state = over?.value ? endOf(over.value) : undefined;
  return { job: parseRowId(id).name, from, to: Math.max(from + 1, to), state: state ?? (over ? 'stopped' : 'running') };
}

function endOf(job: KubeObject): 'complete' | 'failed' | undefined {
  const ended = finishedAs((job as Partial<Job>).status);
  return ended && (ended === 'Complete' ? 'complete' : 'failed');
}
