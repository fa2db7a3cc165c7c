/**
 * The control plane at the head of a branch: how far each component's caches are behind the store, what waits in its work queue, and
 * where the scheduler's Pods are. Pure: from plain states to plain rows. The shapes of memories are the engine's
 * (client/workqueue.ts, scheduler/scheduling-queue.ts); what has another shape has no queue here.
 */
import type { ComponentState, Simulation } from '../engine/simulation';

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

/** A change that a component has not heard of yet. */
export interface PendingDelta {
  readonly revision: number;
  readonly type: 'Added' | 'Updated' | 'Deleted';
  readonly kind: string;
  readonly key: string;
}

/** One component. */
export interface ComponentRow {
  readonly name: string;
  readonly process: string;
  readonly standing: ComponentState['standing'];
  readonly watches: readonly string[];
  readonly seenRevision: number;
  readonly deltas: readonly PendingDelta[];
  readonly deltaCount: number;
  readonly queue: readonly QueuedKey[];
  readonly queueCount: number;
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
      .map(([key, dueMs]) => ({ key, place: 'delayed' as const, dueMs, attempts: attempts(key) }))
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

function rowOf({ component, seenRevision, inbox, standing, memory }: ComponentState): ComponentRow {
  const { queue, queued, assumed } = memory as Memories;
  const keys = queued ? schedulerKeys({ queued, assumed }) : queue ? controllerKeys(queue) : [];
  return {
    name: component.name,
    process: component.process,
    standing,
    watches: [...new Set(component.watches.map(({ kind }) => kind))],
    seenRevision,
    deltas: inbox.slice(0, SHOWN).map(({ revision, kind, key, value, previous }) => ({
      revision,
      type: !value ? 'Deleted' : previous ? 'Updated' : 'Added',
      kind,
      key,
    })),
    deltaCount: inbox.length,
    queue: keys.slice(0, SHOWN),
    queueCount: keys.length,
  };
}

/** Processes of the control plane in the order in which they are read; agents come after them. */
const ORDER = ['kube-scheduler', 'kube-controller-manager'];
const placeOf = (process: string): number => (ORDER.indexOf(process) + ORDER.length + 1) % (ORDER.length + 1);

/** Machines and people's hands are no part of it, nor is what never hears of anything. */
function belongs({ component }: ComponentState): boolean {
  return component.watches.length > 0 && !['machine', 'user', 'fault', 'shared-storage'].includes(component.process);
}

const NEXT = 6;

/** The control plane at the head of a branch. */
export function controlPlaneOf(
  simulation: Pick<Simulation, 'componentStates' | 'upcoming' | 'revision' | 'nowMs' | 'step'>,
): ControlPlane {
  return {
    revision: simulation.revision,
    timeMs: simulation.nowMs,
    step: simulation.step,
    components: simulation
      .componentStates()
      .filter(belongs)
      .map(rowOf)
      .sort((a, b) => placeOf(a.process) - placeOf(b.process)),
    next: simulation.upcoming(NEXT).map(({ atMs, to, kind, key }) => ({
      atMs,
      to,
      what: kind.startsWith('@') ? kind.slice(1) : `${kind}${key && key.length < 60 ? ` ${key}` : ''}`,
    })),
  };
}
