/**
 * The timeline's tracks: a window of time cut into so many buckets, and per bucket how much happened. The page never
 * gets one mark per step. What a track shows is decided here, how it looks in ui/timeline/tracks.
 */
import type { KubeObject } from '../engine/api/meta';
import type { Simulation } from '../engine/simulation';

export interface TrackWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly buckets: number;
}

/** Pods of one Deployment over time; a value holds from its bucket on. -1: it does not exist. */
export interface RolloutTrack {
  readonly id: string;
  readonly name: string;
  readonly ready: readonly number[];
  readonly total: readonly number[];
  readonly desired: readonly number[];
}

export interface Tracks {
  readonly window: TrackWindow;
  /** Steps per controller and bucket; kubelets and kube-proxies of all nodes are one row each. */
  readonly actors: readonly { readonly actor: string; readonly counts: readonly number[]; readonly steps: number }[];
  /** What people and faults did: the first such step of each bucket, 0 for none. */
  readonly actions: readonly number[];
  readonly evictions: readonly number[];
  readonly rollouts: readonly RolloutTrack[];
}

type Readable = Pick<
  Simulation,
  'trace' | 'stepAtTime' | 'step' | 'nowMs' | 'history' | 'objectsAt' | 'stepOfRevision' | 'traceAt'
>;

const MAX_ROLLOUTS = 6;

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
  }
  const actors = [...counts].map(([actor, row]) => ({ actor, ...row }));
  actors.sort((a, b) => (a.actor < b.actor ? -1 : 1));
  return { window, actors, actions, evictions, rollouts: rolloutTracks(simulation, window) };
}

function isEviction(actor: string, verb: string): boolean {
  return verb === 'evict' || (actor === 'taint-eviction-controller' && verb === 'delete');
}

function rolloutTracks(simulation: Readable, window: TrackWindow): RolloutTrack[] {
  const names = new Map<string, { namespace: string; name: string }>();
  for (const entry of deploymentsEver(simulation)) {
    const { namespace = '', name } = entry.metadata;
    names.set(`${namespace}/${name}`, { namespace, name });
    if (names.size >= MAX_ROLLOUTS) break;
  }
  return [...names.values()].map(({ namespace, name }) => rolloutTrack(simulation, window, namespace, name));
}

/** Deployments at the head and in the middle of what has run: enough for a track each, without reading all history. */
function deploymentsEver(simulation: Readable): KubeObject[] {
  return [
    ...simulation.objectsAt(simulation.step, 'Deployment'),
    ...simulation.objectsAt(Math.floor(simulation.step / 2), 'Deployment'),
  ];
}

interface Replicated {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly readyReplicas?: number };
}

function rolloutTrack(simulation: Readable, window: TrackWindow, namespace: string, name: string): RolloutTrack {
  const ready = new Array<number>(window.buckets).fill(-1);
  const total = new Array<number>(window.buckets).fill(-1);
  const desired = new Array<number>(window.buckets).fill(-1);
  const versions = simulation.history('Deployment', namespace, name);
  const scale = (window.toMs - window.fromMs) / window.buckets;
  const headBucket = Math.floor((simulation.nowMs - window.fromMs) / scale);
  const times = versions.map(
    ({ revision }) => simulation.traceAt(Math.max(1, simulation.stepOfRevision(revision))).time,
  );
  let version = -1;
  for (let bucket = 0; bucket < window.buckets && bucket <= headBucket; bucket += 1) {
    const endMs = window.fromMs + (bucket + 1) * scale;
    while (version + 1 < versions.length && times[version + 1]! < endMs) version += 1;
    const value = version < 0 ? undefined : (versions[version]!.value as Replicated | undefined);
    if (!value) continue;
    ready[bucket] = value.status?.readyReplicas ?? 0;
    total[bucket] = value.status?.replicas ?? 0;
    desired[bucket] = value.spec?.replicas ?? 1;
  }
  return { id: `Deployment/${namespace}/${name}`, name, ready, total, desired };
}
