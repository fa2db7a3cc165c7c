/** The lanes of a window of time: which there are, group by group, and those that are asked for. */
import type { Simulation } from '../../engine/simulation';
import { parseRowId } from '../rows';
import type { Weighable } from '../step-weight';
import { countsOf, type Grid, gridOf } from './grid';
import { LANE_GROUPS, type Lane, type LaneGroup, type LaneQuestion, type Lanes, type Overview } from './lane-shapes';
import { phaseLane } from './phase-lane';
import { happeningIds, happeningSteps, pinsLane } from './pins-lane';
import { isActor, type Moments, type ObjectLine, type TrackIndex } from './track-index';
import { isSeenIn, ownerOf, workloadLane, workloadLines } from './workload-lane';

type Readable = Weighable & Pick<Simulation, 'detailAt' | 'nowMs' | 'objectAt' | 'step'>;

/** Lanes that are made elsewhere: of requests, which are measures and not steps. */
export interface Sources {
  readonly names: readonly string[];
  lane(name: string, grid: Grid): Lane;
}

const ACTOR = 'actor/';
const REQUESTS = 'requests/';
/** Kinds whose Pods are asked for by selecting them. */
const HOLDERS = new Set([
  'Node',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
]);

/** Claims above the volumes that they get. */
const STORED = ['PersistentVolumeClaim', 'PersistentVolume'];

/** Kinds of which a lane shows how one stands, and not how many of something there are. */
const WITH_PHASES = new Set(['Pod', 'Node', ...STORED]);

/** Controllers are listed in the order in which a rollout goes through them, others by name. */
const ORDER = [
  ...['cronjob', 'job', 'horizontal-pod-autoscaler', 'deployment', 'statefulset', 'daemonset', 'replicaset'].map(
    (name) => `${name}-controller`,
  ),
  ...['default-scheduler', 'kubelet'],
];

const rankOf = (actor: string): number => (ORDER.includes(actor) ? ORDER.indexOf(actor) : ORDER.length);

function actorsOf(index: TrackIndex): string[] {
  const actors = [...index.actors.keys()].filter((actor) => !isActor(actor));
  return actors.sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
}

/** Whose Pods are shown for what is selected: its own, those of the workload it belongs to, or all. */
export function holderOf(index: TrackIndex, selected: string | null): string | null {
  let id = selected;
  for (let up = 0; id !== null && up < 4; up += 1) {
    const line = index.line(id);
    const owner = line && ownerOf(line);
    if (!owner || owner.startsWith('Node/') || owner.startsWith('CronJob/')) break;
    id = owner;
  }
  return id !== null && HOLDERS.has(parseRowId(id).kind) && index.line(id) ? id : null;
}

/** Whether a Pod belongs to a workload, through a ReplicaSet or not, or was on a Node. */
export function belongsTo(index: TrackIndex, pod: ObjectLine, holder: string): boolean {
  if (holder.startsWith('Node/')) {
    const node = parseRowId(holder).name;
    const last = pod.changes.findLast(({ value }) => value !== undefined)?.value as { spec?: { nodeName?: string } };
    return last?.spec?.nodeName === node;
  }
  const owner = ownerOf(pod);
  if (owner === holder) return true;
  const line = owner === undefined ? undefined : index.line(owner);
  return line !== undefined && ownerOf(line) === holder;
}

/** Everything lanes are made from. */
export interface LaneWorld {
  readonly index: TrackIndex;
  readonly simulation: Readable;
  readonly sources: Sources;
}

const isObjectId = (id: string): boolean => id.includes('/') && !id.startsWith(ACTOR) && !id.startsWith(REQUESTS);

/** The ids of a group's lanes in a window, in order. */
function idsOf({ index, sources }: LaneWorld, group: LaneGroup, window: Grid, podsOf: string | null): string[] {
  switch (group) {
    case 'happenings':
      return happeningIds(index);
    case 'traffic':
      return sources.names.map((name) => `${REQUESTS}${name}`);
    case 'workloads':
      return workloadLines(index)
        .filter((line) => isSeenIn(line, window))
        .map(({ id }) => id);
    case 'pods':
      return (index.objects.get('Pod') ?? [])
        .filter((line) => isSeenIn(line, window) && (podsOf === null || belongsTo(index, line, podsOf)))
        .map(({ id }) => id);
    case 'storage':
      return STORED.flatMap((kind) => index.objects.get(kind) ?? [])
        .filter((line) => isSeenIn(line, window))
        .map(({ id }) => id);
    case 'nodes':
      return (index.objects.get('Node') ?? []).map(({ id }) => id).sort();
    case 'controllers':
      return actorsOf(index).map((actor) => `${ACTOR}${actor}`);
  }
}

/** One lane; undefined when there is nothing of that id. */
function laneOf({ index, simulation, sources }: LaneWorld, id: string, grid: Grid): Lane | undefined {
  if (id.startsWith(REQUESTS)) {
    const name = id.slice(REQUESTS.length);
    return sources.names.includes(name) ? sources.lane(name, grid) : undefined;
  }
  if (id.startsWith(ACTOR)) {
    const actor = id.slice(ACTOR.length);
    const moments = index.actors.get(actor);
    return moments && { id, name: actor, namespace: '', kind: '', type: 'counts', ...countsOf(moments, grid) };
  }
  if (id === 'events') {
    return { id, name: id, namespace: '', kind: '', type: 'counts', ...countsOf(index.events.Normal, grid) };
  }
  if (!isObjectId(id)) return happeningSteps(index, id) && pinsLane(index, simulation, id, grid);
  const line = index.line(id);
  if (!line) return undefined;
  return WITH_PHASES.has(line.kind) ? phaseLane(line, grid, simulation.nowMs) : workloadLane(index, line, grid);
}

/** What the page asked for. */
export function lanesOf(world: LaneWorld, question: LaneQuestion): Lanes {
  const { fromMs, toMs, buckets, slices, pinned, selected } = question;
  const grid = gridOf(question, world.simulation.nowMs);
  const podsOf = holderOf(world.index, selected);
  const text = question.text.trim().toLowerCase();
  const isDefined = (lane: Lane | undefined): lane is Lane => lane !== undefined;
  const groups = LANE_GROUPS.map((group) => {
    const ids = idsOf(world, group, grid, podsOf).filter((id) => text === '' || id.toLowerCase().includes(text));
    const { first = 0, count = 0 } = slices.find((slice) => slice.group === group) ?? {};
    const lanes = ids.slice(first, first + count).map((id) => laneOf(world, id, grid));
    return { group, total: ids.length, first, lanes: lanes.filter(isDefined) };
  });
  return {
    window: { fromMs, toMs, buckets },
    groups,
    pinned: pinned.map((id) => laneOf(world, id, grid)).filter(isDefined),
    podsOf,
  };
}

/** The steps of a lane; undefined for lanes that aren't made of steps. */
export function stepsOfLane(index: TrackIndex, id: string): Moments | undefined {
  if (id.startsWith(ACTOR)) return index.actors.get(id.slice(ACTOR.length));
  return isObjectId(id) ? index.line(id) : happeningSteps(index, id);
}

/** All of time, small. */
export function overviewOf({ index, simulation }: LaneWorld, toMs: number, buckets: number): Overview {
  const grid = gridOf({ fromMs: 0, toMs, buckets }, simulation.nowMs);
  return { toMs, counts: countsOf(index.all, grid).counts, acts: countsOf(index.acts, grid).counts };
}
