/**
 * Brings Pods back: after a failed attempt, after a change in the cluster that a plugin which rejected them cares
 * about, and after waiting too long.
 * Follows pkg/scheduler/backend/queue/scheduling_queue.go (isPodWorthRequeuing, MoveAllToActiveOrBackoffQueue,
 * flushUnschedulablePodsLeftover, Activate).
 */
import type { KubeObject } from '../api/meta';
import type { Pod } from '../api/types';
import { waitsForPermit } from './binding-waits';
import type { ClusterEvent } from './cluster-events';
import { type Scheduling, waitingPodInfo } from './cluster-view';
import type { Handle } from './framework';
import { createHandle } from './handle';
import type { SchedulerContext } from './memory';
import { armAttempt } from './pace';
import { runPreEnqueue } from './runtime';
import {
  afterFailure,
  backoffOverMs,
  isLeftover,
  MAX_UNSCHEDULABLE_MS,
  type Place,
  placeForRetry,
  putQueued,
  type QueuedPod,
} from './scheduling-queue';

const FLUSH_INTERVAL_MS = 30_000;

/** Sets the timer that looks for leftovers, on upstream's 30 s beat, for Pods that have waited since then. */
function armFlush(context: SchedulerContext, sinceMs: number): void {
  const { memory, nowMs } = context;
  if (memory.flushAtMs !== null && memory.flushAtMs >= nowMs) return;
  const beats = Math.floor((sinceMs + MAX_UNSCHEDULABLE_MS - memory.startedAtMs) / FLUSH_INTERVAL_MS) + 1;
  memory.flushAtMs = memory.startedAtMs + beats * FLUSH_INTERVAL_MS;
  context.after(memory.flushAtMs - nowMs, 'flush', '');
}

/** Puts a Pod where it is tried again, unless PreEnqueue keeps it out. Returns where it is now. */
function enter({ context, framework }: Scheduling, queued: QueuedPod, pod: Pod, place: Place): Place {
  const gate = runPreEnqueue(framework, pod);
  if (gate) {
    const rejectedBy = [...new Set([...queued.rejectedBy, gate.plugin])].sort();
    putQueued(context.memory, { ...queued, rejectedBy }, 'gated');
    return 'gated';
  }
  const moved = putQueued(context.memory, queued, place);
  if (place !== 'errorBackoff') armAttempt(context);
  else context.after(Math.max(1, backoffOverMs(moved) - context.nowMs), 'backoff', moved.key);
  return place;
}

/** Gives a Pod another try, now or after its back-off, unless PreEnqueue keeps it out. Returns where it is now. */
export function retry(scheduling: Scheduling, queued: QueuedPod, pod: Pod): Place {
  return enter(scheduling, queued, pod, placeForRetry(queued, scheduling.context.nowMs));
}

/** Puts a Pod back whose attempt failed. Without a plugin to blame it is simply tried again later. */
export function requeue(scheduling: Scheduling, queued: QueuedPod, rejectedBy: readonly string[]): void {
  const { context } = scheduling;
  const failed = afterFailure(queued, rejectedBy, context.nowMs, queued.cause);
  const pod = context.lister.byKey<Pod>('Pod', queued.key);
  if (rejectedBy.length === 0 && pod) {
    retry(scheduling, failed, pod);
    return;
  }
  putQueued(context.memory, failed, 'unschedulable');
  armFlush(context, context.nowMs);
}

/** Gives a rejected Pod another try. */
export function retryRejected(scheduling: Scheduling, key: string): void {
  const queued = scheduling.context.memory.waiting.get(key);
  const pod = scheduling.context.lister.byKey<Pod>('Pod', key);
  if (queued && pod) retry(scheduling, queued, pod);
}

/** Tries a Pod again without waiting for its back-off. */
export function activate(scheduling: Scheduling, key: string): void {
  const queued = scheduling.context.memory.queued.get(key);
  const pod = scheduling.context.lister.byKey<Pod>('Pod', key);
  if (queued && pod && queued.place !== 'active') enter(scheduling, queued, pod, 'active');
}

/** A change in the cluster, as the queue is told of it. */
export interface Change {
  readonly event: ClusterEvent;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
  /** The step that made it; without one a Pod keeps the cause it has. */
  readonly cause?: number;
  /** Concerns only this Pod, all but this one, or only those of at most this priority. */
  readonly only?: string;
  readonly except?: string;
  readonly maxPriority?: number;
}

/** Whether one of these plugins thinks that a change may let the Pod in. */
function mayHelp(
  { framework }: Scheduling,
  plugins: readonly string[],
  { event, before, after }: Change,
  podInfo: () => ReturnType<typeof waitingPodInfo>,
  handle: () => Handle,
): boolean {
  return plugins.some((name) => {
    const events = framework.plugins.get(name)?.events;
    const hint = events?.[event];
    if (typeof hint === 'function') return hint(podInfo(), before, after, handle());
    // As upstream (buildQueueingHintMap): who hears of new nodes hears of every change of taints.
    return hint === true || (event === 'NodeUpdateTaint' && events?.NodeAdd !== undefined);
  });
}

/** Waiting Pods that a change is about. */
function concerned({ context }: Scheduling, { only, except, maxPriority }: Change): QueuedPod[] {
  const { waiting } = context.memory;
  if (only !== undefined) return [waiting.get(only)].filter((queued) => queued !== undefined);
  return [...waiting.values()].filter(
    ({ key, priority }) => key !== except && (maxPriority === undefined || priority <= maxPriority),
  );
}

/** Notes for Pods that wait for Permit which plugins would reconsider, should they refuse. */
function noteForWaiting(scheduling: Scheduling, change: Change, handle: () => Handle): void {
  const { context } = scheduling;
  for (const binding of [...context.memory.bindings.values()]) {
    const pod = context.lister.byKey<Pod>('Pod', binding.key);
    if (!waitsForPermit(binding) || !pod || change.only !== undefined) continue;
    const podInfo = () => waitingPodInfo(context, pod, binding.key);
    const news = binding.permits
      .map(({ plugin }) => plugin)
      .filter((plugin) => !binding.reconsidered.includes(plugin))
      .filter((plugin) => mayHelp(scheduling, [plugin], change, podInfo, handle));
    if (news.length === 0) continue;
    context.memory.bindings.set(binding.uid, { ...binding, reconsidered: [...binding.reconsidered, ...news] });
  }
}

/** Moves those waiting Pods on that a change could help. */
export function runEvent(scheduling: Scheduling, change: Change): void {
  const { context, framework } = scheduling;
  if (!framework.events.has(change.event)) return;
  let shared: Handle | undefined;
  const handle = (): Handle => {
    shared ??= createHandle(scheduling);
    return shared;
  };
  for (const queued of concerned(scheduling, change)) {
    const pod = context.lister.byKey<Pod>('Pod', queued.key);
    if (!pod) continue;
    const podInfo = () => waitingPodInfo(context, pod, queued.key);
    if (!mayHelp(scheduling, queued.rejectedBy, change, podInfo, handle)) continue;
    retry(scheduling, { ...queued, cause: change.cause ?? queued.cause }, pod);
  }
  if (context.memory.bindings.size > 0) noteForWaiting(scheduling, change, handle);
}

/** Tries Pods again that nothing has happened to for five minutes. */
export function flushLeftovers(scheduling: Scheduling): void {
  const { context } = scheduling;
  context.memory.flushAtMs = null;
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const queued of [...context.memory.waiting.values()]) {
    const pod = context.lister.byKey<Pod>('Pod', queued.key);
    if (isLeftover(queued, context.nowMs) && pod) retry(scheduling, queued, pod);
    else if (queued.place === 'unschedulable') sinceMs = Math.min(sinceMs, queued.timestampMs);
  }
  if (sinceMs !== Number.POSITIVE_INFINITY) armFlush(context, sinceMs);
}
