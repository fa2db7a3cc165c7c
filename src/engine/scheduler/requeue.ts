/**
 * Brings Pods back: after a failed attempt, after a change in the cluster that a plugin which rejected them cares
 * about, and after waiting too long.
 * Follows pkg/scheduler/backend/queue/scheduling_queue.go (isPodWorthRequeuing, MoveAllToActiveOrBackoffQueue,
 * flushUnschedulablePodsLeftover).
 */
import type { KubeObject } from '../api/meta';
import type { Pod } from '../api/types';
import type { ClusterEvent } from './cluster-events';
import { type ClusterView, createHandle, type SchedulerContext, waitingPodInfo } from './cluster-view';
import type { Handle } from './framework';
import { PLUGINS, runPreEnqueue } from './runtime';
import {
  afterFailure,
  backoffOverMs,
  isLeftover,
  MAX_UNSCHEDULABLE_MS,
  peekQueued,
  placeForRetry,
  putQueued,
  type QueuedPod,
} from './scheduling-queue';

const FLUSH_INTERVAL_MS = 30_000;

/** How long an attempt takes: what bounds the number of attempts while many Pods wait in vain. */
const ATTEMPT_MS = 1;

/** Notes that an attempt begins. */
export function beginAttempt(context: SchedulerContext): void {
  context.memory.attemptAtMs = null;
  context.memory.busyUntilMs = context.nowMs + ATTEMPT_MS;
}

/** Sets the timer for the next attempt, if a Pod is ready for one and no timer is set. */
export function armAttempt(context: SchedulerContext): void {
  const { memory } = context;
  const isSet = memory.attemptAtMs !== null && memory.attemptAtMs >= context.nowMs;
  if (isSet) return;
  const next = peekQueued(memory, context.nowMs);
  if (!next) return;
  memory.attemptAtMs = Math.max(context.nowMs, memory.busyUntilMs);
  context.afterBecause(memory.attemptAtMs - context.nowMs, 'schedule', '', next.cause);
}

/** Sets the timer that looks for leftovers, on upstream's 30 s beat, for Pods that have waited since then. */
function armFlush(context: SchedulerContext, sinceMs: number): void {
  const { memory } = context;
  if (memory.flushAtMs !== null && memory.flushAtMs >= context.nowMs) return;
  const beats = Math.floor((sinceMs + MAX_UNSCHEDULABLE_MS) / FLUSH_INTERVAL_MS) + 1;
  memory.flushAtMs = beats * FLUSH_INTERVAL_MS;
  context.after(memory.flushAtMs - context.nowMs, 'flush', '');
}

/** Gives a Pod another try, now or after its back-off, unless PreEnqueue keeps it out. */
export function retry(context: SchedulerContext, queued: QueuedPod, pod: Pod): void {
  const gate = runPreEnqueue(pod);
  if (gate) {
    putQueued(context.memory, { ...queued, rejectedBy: [gate.plugin] }, 'gated');
    return;
  }
  const moved = putQueued(context.memory, queued, placeForRetry(queued, context.nowMs));
  if (moved.place === 'errorBackoff') {
    context.after(Math.max(1, backoffOverMs(moved) - context.nowMs), 'backoff', moved.key);
  } else {
    armAttempt(context);
  }
}

/** Puts a Pod back whose attempt failed. Without a plugin to blame it is simply tried again later. */
export function requeue(
  context: SchedulerContext,
  view: ClusterView,
  queued: QueuedPod,
  rejectedBy: readonly string[],
): void {
  const failed = afterFailure(queued, rejectedBy, context.nowMs, queued.cause);
  const pod = context.lister.byKey<Pod>('Pod', queued.key);
  if (rejectedBy.length === 0 && pod) {
    retry(context, failed, pod);
    return;
  }
  putQueued(context.memory, failed, 'unschedulable');
  if (pod) waitingPodInfo(view, pod, queued.key);
  armFlush(context, context.nowMs);
}

function isWorthRetrying(
  queued: QueuedPod,
  event: ClusterEvent,
  objects: { readonly before: KubeObject | undefined; readonly after: KubeObject | undefined },
  podInfo: () => ReturnType<typeof waitingPodInfo>,
  handle: () => Handle,
): boolean {
  if (event === 'UnschedulableTimeout') return queued.place !== 'gated';
  for (const name of queued.rejectedBy) {
    const hint = PLUGINS.get(name)?.events?.[event];
    if (hint === true) return true;
    if (hint?.(podInfo(), objects.before, objects.after, handle())) return true;
  }
  return false;
}

const INTERESTING: ReadonlySet<ClusterEvent> = new Set([
  'UnschedulableTimeout',
  ...[...PLUGINS.values()].flatMap((plugin) => Object.keys(plugin.events ?? {}) as ClusterEvent[]),
]);

/** Moves those waiting Pods on that a change could help; `only` restricts it to one Pod. */
export function runEvent(
  context: SchedulerContext,
  view: ClusterView,
  event: ClusterEvent,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
  cause: number | null = null,
  only?: string,
): void {
  const { memory } = context;
  if (memory.waiting.size === 0 || !INTERESTING.has(event)) return;
  let shared: Handle | undefined;
  const handle = (): Handle => {
    shared ??= createHandle(context, view);
    return shared;
  };
  const one = only === undefined ? undefined : memory.waiting.get(only);
  const candidates = only === undefined ? [...memory.waiting.values()] : one ? [one] : [];
  for (const queued of candidates) {
    const pod = context.lister.byKey<Pod>('Pod', queued.key);
    if (!pod) continue;
    const podInfo = () => waitingPodInfo(view, pod, queued.key);
    if (!isWorthRetrying(queued, event, { before, after }, podInfo, handle)) continue;
    retry(context, { ...queued, cause: cause ?? queued.cause }, pod);
  }
}

/** Tries Pods again that nothing has happened to for five minutes. */
export function flushLeftovers(context: SchedulerContext): void {
  context.memory.flushAtMs = null;
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const queued of [...context.memory.waiting.values()]) {
    const pod = context.lister.byKey<Pod>('Pod', queued.key);
    if (isLeftover(queued, context.nowMs) && pod) retry(context, queued, pod);
    else if (queued.place === 'unschedulable') sinceMs = Math.min(sinceMs, queued.timestampMs);
  }
  if (sinceMs !== Number.POSITIVE_INFINITY) armFlush(context, sinceMs);
}
