/**
 * The timeline's tracks: a window of time cut into so many buckets, and per bucket how much happened. The page never
 * gets one mark per step. What a track shows is decided here, how it looks in ui/timeline/tracks.
 */
import { kindId } from '../engine/api/scheme';
import type { Simulation } from '../engine/simulation';
import type { TraceStep } from '../engine/trace/trace';
import { rowId } from './rows';
import { isTracked, type RunsTrack, runsTracks, type WorkloadTrack, workloadTracks } from './workload-tracks';

export interface TrackWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly buckets: number;
}

export interface Tracks {
  readonly window: TrackWindow;
  /** Steps per controller and bucket; kubelets and kube-proxies of all nodes are one row each. */
  readonly actors: readonly { readonly actor: string; readonly counts: readonly number[]; readonly steps: number }[];
  /** What people and faults did: the first such step of each bucket, 0 for none. */
  readonly actions: readonly number[];
  readonly evictions: readonly number[];
  readonly workloads: readonly WorkloadTrack[];
  readonly runs: readonly RunsTrack[];
}

type Readable = Pick<
  Simulation,
  'trace' | 'stepAtTime' | 'step' | 'nowMs' | 'history' | 'objectsAt' | 'stepOfRevision' | 'traceAt' | 'kinds'
>;

/** `kubelet/node-1` is a kubelet. */
function processOf(actor: string): string {
  const slash = actor.indexOf('/');
  return slash < 0 ? actor : actor.slice(0, slash);
}

/** The tracks of a branch as far as it has run. */
export function tracksOf(simulation: Readable, window: TrackWindow): Tracks {
  const counts = new Map<string, { counts: number[]; steps: number }>();
  const actions = new Array<number>(window.buckets).fill(0);
  const evictions = new Array<number>(window.buckets).fill(0);
  const scale = window.buckets / Math.max(1, window.toMs - window.fromMs);
  const seen = new Set<string>();
  const first = window.fromMs <= 0 ? 1 : simulation.stepAtTime(window.fromMs - 1) + 1;
  const last = Math.min(simulation.step, simulation.stepAtTime(window.toMs));
  for (const record of simulation.trace(first, last)) {
    const bucket = Math.min(window.buckets - 1, Math.floor((record.time - window.fromMs) * scale));
    const actor = processOf(record.actor);
    let row = counts.get(actor);
    if (!row) {
      row = { counts: new Array<number>(window.buckets).fill(0), steps: 0 };
      counts.set(actor, row);
    }
    row.counts[bucket]! += 1;
    row.steps += 1;
    if ((actor === 'user' || actor === 'fault') && actions[bucket] === 0) actions[bucket] = record.step;
    if (isEviction(record.actor, record.verb)) evictions[bucket]! += 1;
    noteTracked(seen, record);
  }
  const actors = [...counts].map(([actor, row]) => ({ actor, ...row }));
  actors.sort((a, b) => (a.actor < b.actor ? -1 : 1));
  const grid = {
    fromMs: window.fromMs,
    buckets: window.buckets,
    scale: (window.toMs - window.fromMs) / window.buckets,
    head: Math.floor((simulation.nowMs - window.fromMs) * scale),
  };
  const ids = trackedIds(simulation, seen);
  const workloads = workloadTracks(simulation, ids, grid);
  return { window, actors, actions, evictions, workloads, runs: runsTracks(simulation, ids, grid) };
}

function noteTracked(seen: Set<string>, { object }: TraceStep): void {
  if (!object || !isTracked(object.kind)) return;
  seen.add(rowId(kindId(object.apiVersion, object.kind), object.namespace, object.name));
}

/** What steps were about, and what is there at the head: among them whatever is worth a track, each once. */
function trackedIds(simulation: Readable, seen: Set<string>): string[] {
  for (const kind of simulation.kinds()) {
    if (!isTracked(kind)) continue;
    for (const { metadata } of simulation.objectsAt(simulation.step, kind)) {
      seen.add(rowId(kind, metadata.namespace, metadata.name));
    }
  }
  return [...seen].sort();
}

function isEviction(actor: string, verb: string): boolean {
  return verb === 'evict' || (actor === 'taint-eviction-controller' && verb === 'delete');
}
