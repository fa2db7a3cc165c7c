/**
 * The Pods that wait for a node, in three places: active (next to be tried, by QueueSort), backing off (1 s doubling to
 * 10 s after each failure) and unschedulable (until a change that could help, or 5 minutes, moves them on). As upstream
 * does since 1.33, a Pod that backs off is tried early when nothing is active, unless its last attempt broke.
 * A back-off ends with the second it falls into: windows of a second are let in as a whole.
 * Follows pkg/scheduler/backend/queue/{scheduling_queue,active_queue,backoff_queue}.go. A cycle is one step here, so
 * no change can arrive while a Pod is in flight.
 */
import type { Memory } from '../client/component';
import { popHeap, pushHeap } from '../kernel/heap';
import type { QueueEntry } from './framework';
import { prioritySort } from './plugins/priority-sort';

/** Where a Pod waits; `gated` ones are among the unschedulable and wait for PreEnqueue to let them in. */
export type Place = 'active' | 'backoff' | 'errorBackoff' | 'unschedulable' | 'gated';

/** A waiting Pod. Replaced, never changed. */
export interface QueuedPod extends QueueEntry {
  readonly key: string;
  readonly uid: string;
  readonly place: Place;
  /** Of its first arrival: decides between Pods of equal priority and time. */
  readonly sequence: number;
  /** The plugins that rejected it last. */
  readonly rejectedBy: readonly string[];
  /** Rejections so far, and errors in a row. */
  readonly rejections: number;
  readonly errors: number;
  /** The step that put it where it is. */
  readonly cause: number | null;
}

/** The queue's part of the scheduler's memory. */
export interface QueueMemory extends Memory {
  /** Every waiting Pod by key. */
  readonly queued: Map<string, QueuedPod>;
  /** Those of them that are unschedulable or gated. */
  readonly waiting: Map<string, QueuedPod>;
  /** Heaps. An entry counts only while `queued` holds that very entry. */
  readonly active: QueuedPod[];
  readonly backoff: QueuedPod[];
  nextSequence: number;
}

const INITIAL_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;
const ORDERING_WINDOW_MS = 1000;
/** How long a Pod may stay unschedulable without being tried. */
export const MAX_UNSCHEDULABLE_MS = 5 * 60_000;

/** An empty queue. */
export function newQueue(): QueueMemory {
  return { queued: new Map(), waiting: new Map(), active: [], backoff: [], nextSequence: 1 };
}

function alignToWindow(ms: number): number {
  return ms - (ms % ORDERING_WINDOW_MS);
}

/** The second in which a Pod's back-off ends; one that has not failed yet has none behind it. */
export function backoffUntilMs(pod: QueuedPod): number {
  const failures = pod.errors > 0 ? pod.errors : pod.rejections;
  if (failures === 0) return Number.NEGATIVE_INFINITY;
  const delayMs = Math.min(INITIAL_BACKOFF_MS * 2 ** Math.min(failures - 1, 10), MAX_BACKOFF_MS);
  return alignToWindow(pod.timestampMs + delayMs);
}

/** From when on a Pod does not back off any more: the end of the second in which its back-off ends. */
export function backoffOverMs(pod: QueuedPod): number {
  return backoffUntilMs(pod) + ORDERING_WINDOW_MS;
}

function backsOff(pod: QueuedPod, nowMs: number): boolean {
  return backoffOverMs(pod) > nowMs;
}

function compareActive(a: QueuedPod, b: QueuedPod): number {
  return prioritySort.compare?.(a, b) || a.sequence - b.sequence;
}

function compareBackoff(a: QueuedPod, b: QueuedPod): number {
  return backoffUntilMs(a) - backoffUntilMs(b) || compareActive(a, b);
}

/** Puts a Pod into a place, out of where it was. */
export function putQueued(queue: QueueMemory, pod: QueuedPod, place: Place): QueuedPod {
  const moved = { ...pod, place };
  queue.queued.set(pod.key, moved);
  if (place === 'unschedulable' || place === 'gated') queue.waiting.set(pod.key, moved);
  else queue.waiting.delete(pod.key);
  if (place === 'active') pushHeap(queue.active, moved, compareActive);
  if (place === 'backoff') pushHeap(queue.backoff, moved, compareBackoff);
  return moved;
}

/** Takes a Pod out of the queue. */
export function removeQueued(queue: QueueMemory, key: string): void {
  queue.queued.delete(key);
  queue.waiting.delete(key);
}

function popCurrent(
  queue: QueueMemory,
  heap: QueuedPod[],
  compare: (a: QueuedPod, b: QueuedPod) => number,
): QueuedPod | undefined {
  for (;;) {
    const pod = popHeap(heap, compare);
    if (!pod) return undefined;
    if (queue.queued.get(pod.key) !== pod) continue;
    queue.queued.delete(pod.key);
    return pod;
  }
}

/** Moves the Pods whose back-off is over into the active queue, as upstream does once a second. */
function flushBackoff(queue: QueueMemory, nowMs: number): void {
  for (;;) {
    const pod = peekCurrent(queue, queue.backoff, compareBackoff);
    if (!pod || backsOff(pod, nowMs)) return;
    popHeap(queue.backoff, compareBackoff);
    putQueued(queue, pod, 'active');
  }
}

/** Takes the next Pod to try out of the queue. */
export function popQueued(queue: QueueMemory, nowMs: number): QueuedPod | undefined {
  flushBackoff(queue, nowMs);
  return popCurrent(queue, queue.active, compareActive) ?? popCurrent(queue, queue.backoff, compareBackoff);
}

function peekCurrent(
  queue: QueueMemory,
  heap: QueuedPod[],
  compare: (a: QueuedPod, b: QueuedPod) => number,
): QueuedPod | undefined {
  for (;;) {
    const pod = heap[0];
    if (!pod || queue.queued.get(pod.key) === pod) return pod;
    popHeap(heap, compare);
  }
}

/** The Pod that {@link popQueued} would take. */
export function peekQueued(queue: QueueMemory, nowMs: number): QueuedPod | undefined {
  flushBackoff(queue, nowMs);
  return peekCurrent(queue, queue.active, compareActive) ?? peekCurrent(queue, queue.backoff, compareBackoff);
}

/** Where a Pod goes that is worth another try: to the active queue, or to back-off while that lasts. */
export function placeForRetry(pod: QueuedPod, nowMs: number): Place {
  if (!backsOff(pod, nowMs)) return 'active';
  return pod.errors > 0 ? 'errorBackoff' : 'backoff';
}

/** A Pod after a failed attempt: rejected by plugins, or (with none) because something broke. */
export function afterFailure(
  pod: QueuedPod,
  rejectedBy: readonly string[],
  nowMs: number,
  cause: number | null,
): QueuedPod {
  const broke = rejectedBy.length === 0;
  return {
    ...pod,
    rejectedBy,
    timestampMs: nowMs,
    rejections: broke ? pod.rejections : pod.rejections + 1,
    errors: broke ? pod.errors + 1 : 0,
    cause,
  };
}

/** Whether a Pod has been unschedulable for so long that it is tried again in any case. */
export function isLeftover(pod: QueuedPod, nowMs: number): boolean {
  return pod.place === 'unschedulable' && nowMs - pod.timestampMs > MAX_UNSCHEDULABLE_MS;
}
