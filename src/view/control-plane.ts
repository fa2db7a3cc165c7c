/**
 * The control plane at the head of a branch: how far each component's caches are behind the store, what waits in its work queue, and
 * where the scheduler's Pods are. Pure: from plain states to plain rows. The shapes of memories are the engine's
 * (client/workqueue.ts, scheduler/scheduling-queue.ts); what has another shape has no queue here.
 */

import type { KubeObject } from '../engine/api/meta';
import { withoutSecretValues } from '../engine/api/secret-command';
import type { Pod } from '../engine/api/types';
import type { ComponentState, Simulation } from '../engine/simulation';
import { type Followed, followed, type LastAct, lastActs, type Written, writtenOf } from './followed';
import { type HeldFault, heldFaults } from './held-faults';
import { timerWords } from './timer-words';

/** So many entries of a list are shown; the rest is counted. */
const SHOWN = 8;

/** Something that waits, and what is to be known of it. */
export interface QueuedKey {
  readonly key: string;
  readonly place: 'waiting' | 'delayed' | 'active' | 'backoff' | 'unschedulable' | 'gated' | 'assumed';
  /** When it is due, for what was put off. */
  readonly dueMs?: number;
  /** Failures in a row, or attempts. */
  readonly attempts?: number;
  /** Since when it waits. */
  readonly sinceMs?: number;
  /** The node it is assumed on, or the plugins that rejected it. */
  readonly note?: string;
}

/** A cache that a reflector keeps of one kind. */
export interface Informer {
  readonly kind: string;
  /** Objects in the store now, and changes of the kind on their way to the cache. */
  readonly stored: number;
  readonly pending: number;
}

/** One component. */
export interface ComponentRow {
  readonly name: string;
  readonly process: string;
  readonly standing: ComponentState['standing'];
  readonly informers: readonly Informer[];
  readonly seenRevision: number;
  /** Changes that it has not heard of yet, the first of them. */
  readonly deltas: readonly Written[];
  readonly deltaCount: number;
  readonly queue: readonly QueuedKey[];
  /** How many are in each place; places that are empty are left out. */
  readonly counts: readonly (readonly [QueuedKey['place'], number])[];
  readonly isScheduler: boolean;
  /** What it did last, if that is not long ago. */
  readonly last: LastAct | undefined;
}

/** What will fire next. */
export interface NextTimer {
  readonly atMs: number;
  readonly to: string;
  readonly what: string;
}

/** See the header. */
export interface ControlPlane {
  readonly revision: number;
  readonly timeMs: number;
  readonly step: number;
  readonly components: readonly ComponentRow[];
  readonly next: readonly NextTimer[];
  /** The faults that hold. */
  readonly faults: readonly HeldFault[];
  /** The step that is followed, and what came of it so far as the run has come. */
  readonly followed: Followed | undefined;
}

interface Queues {
  readonly waiting?: ReadonlyMap<string, unknown>;
  readonly failures?: ReadonlyMap<string, number>;
  readonly delayed?: ReadonlyMap<string, number>;
}

interface Waiting {
  readonly place: string;
  readonly timestampMs: number;
  readonly attempts?: number;
  readonly rejections: number;
  readonly rejectedBy: readonly string[];
}

interface Memories {
  readonly queue?: Queues;
  readonly queued?: ReadonlyMap<string, Waiting>;
  readonly assumed?: ReadonlyMap<string, { readonly nodeName: string }>;
}

function controllerKeys({ waiting, delayed, failures }: Queues): QueuedKey[] {
  const attempts = (key: string) => failures?.get(key);
  return [
    ...[...(waiting?.keys() ?? [])].map((key) => ({ key, place: 'waiting' as const, attempts: attempts(key) })),
    ...[...(delayed ?? [])]
      .map(([key, dueMs]) => ({
        key,
        place: attempts(key) ? ('backoff' as const) : ('delayed' as const),
        dueMs,
        attempts: attempts(key),
      }))
      .sort((a, b) => a.dueMs - b.dueMs || (a.key < b.key ? -1 : 1)),
  ];
}

function schedulerKeys({ queued, assumed }: Memories): QueuedKey[] {
  const pods = [...(queued ?? [])].map(([key, { place, timestampMs, rejections, rejectedBy }]) => ({
    key,
    place: (place === 'errorBackoff' ? 'backoff' : place) as QueuedKey['place'],
    attempts: rejections,
    sinceMs: timestampMs,
    note: rejectedBy.join(', '),
  }));
  const placed = [...(assumed ?? [])].map(([key, { nodeName }]) => ({
    key,
    place: 'assumed' as const,
    note: nodeName,
  }));
  return [...pods, ...placed];
}

/** So many of each place are shown, in the order in which they stand there. */
function shownOf(keys: readonly QueuedKey[]): { shown: QueuedKey[]; counts: Map<QueuedKey['place'], number> } {
  const counts = new Map<QueuedKey['place'], number>();
  const shown = keys.filter(({ place }) => {
    const before = counts.get(place) ?? 0;
    counts.set(place, before + 1);
    return before < SHOWN;
  });
  return { shown, counts };
}

/** The objects of a kind in the store; each kind is listed once. */
type Listed = (kind: string) => readonly KubeObject[];

function informersOf({ component, inbox }: ComponentState, listed: Listed): Informer[] {
  const kinds = [...new Set(component.watches.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind,
    stored: listed(kind).length,
    pending: inbox.filter((change) => change.kind === kind).length,
  }));
}

function rowOf(state: ComponentState, listed: Listed, last: LastAct | undefined): ComponentRow {
  const { component, seenRevision, inbox, standing, memory } = state;
  const { queue, queued, assumed } = memory as Memories;
  const keys = queued ? schedulerKeys({ queued, assumed }) : queue ? controllerKeys(queue) : [];
  const { shown, counts } = shownOf(keys);
  return {
    name: component.name,
    process: component.process,
    standing,
    informers: informersOf(state, listed),
    seenRevision,
    deltas: inbox.slice(0, SHOWN).map(writtenOf),
    deltaCount: inbox.length,
    queue: shown,
    counts: [...counts],
    isScheduler: queued !== undefined,
    last,
  };
}

/** Processes of the control plane in the order in which they are read; agents come after them. */
const ORDER = ['kube-scheduler', 'kube-controller-manager'];
const placeOf = (process: string): number => (ORDER.indexOf(process) + ORDER.length + 1) % (ORDER.length + 1);

/** Machines and people's hands are no part of it, nor is what never hears of anything. */
export function belongs({ component }: ComponentState): boolean {
  return component.watches.length > 0 && !['machine', 'user', 'fault', 'shared-storage'].includes(component.process);
}

const NEXT = 6;
const CONTAINER_ID = /^[\da-f]{64}\b/;
const UID = /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/;

type Coming = ReturnType<Simulation['upcoming']>[number];

/** What a timer is for. Pods are known by their uid to kubelets, by their containers to machines, and by their name to readers. */
function whatOf({ kind, key }: Coming, simulation: Simulation, listed: Listed): string {
  const act = kind.replace(/^input\//, '');
  return act === kind ? timerWords(kind, aboutOf(key, listed)) : actOf(simulation, act, key);
}

/** What the scenario has somebody do: the command, or what goes wrong. */
function actOf({ config }: Simulation, kind: string, key: string): string {
  const input = config.inputs.filter((each) => !('afterTimer' in each))[Number(/^s(\d+)$/.exec(key)?.[1])];
  const { command, type } = (input?.payload ?? {}) as { readonly command?: unknown; readonly type?: unknown };
  const words = [kind, command ?? type].filter((word) => typeof word === 'string');
  return withoutSecretValues(words.join(' '));
}

function aboutOf(key: string, listed: Listed): string {
  const [uid] = UID.exec(key) ?? [];
  if (uid) return nameOf(listed('Pod').find(({ metadata }) => metadata.uid === uid));
  const [id] = CONTAINER_ID.exec(key) ?? [];
  if (id) return nameOf(listed('Pod').find((pod) => hasContainer(pod as Pod, id)));
  // Some count tries before the object.
  const about = key.replace(/^\d* /, '');
  return /^\d+(?:\/\d+)*$/.test(about) || about.length >= 60 ? '' : about;
}

const nameOf = (object: KubeObject | undefined): string => object?.metadata.name ?? '';

function hasContainer({ status = {} }: Pod, id: string): boolean {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status;
  const all = [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses];
  return all.some(({ containerID }) => containerID?.endsWith(id));
}

/** The control plane at the head of a branch; `from` is the run it is a moment of, which knows what is still to come. */
export function controlPlaneOf(
  simulation: Simulation,
  from: Simulation = simulation,
  follow: number = simulation.step,
): ControlPlane {
  const lists = new Map<string, readonly KubeObject[]>();
  const listed: Listed = (kind) => {
    const known = lists.get(kind) ?? simulation.objectsAt(simulation.step, kind);
    lists.set(kind, known);
    return known;
  };
  const states = simulation.componentStates().filter(belongs);
  const acts = lastActs(simulation, simulation.step, new Set(states.map(({ component }) => component.name)));
  return {
    revision: simulation.revision,
    timeMs: simulation.nowMs,
    step: simulation.step,
    components: states
      .map((state) => rowOf(state, listed, acts.get(state.component.name)))
      .sort((a, b) => placeOf(a.process) - placeOf(b.process)),
    next: simulation
      .upcoming(NEXT)
      .map((timer) => ({ atMs: timer.atMs, to: timer.to, what: whatOf(timer, simulation, listed) })),
    faults: heldFaults(simulation),
    followed: followed(from, follow),
  };
}
