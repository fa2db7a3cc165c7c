/**
 * What the scheduler does when it hears of a change: keeps its queue and its nominations, and brings back Pods that the
 * change may help. Its picture of the cluster has taken the change in by then.
 * Follows pkg/scheduler/eventhandlers.go.
 */
import { keyOf } from '../api/meta';
import { deepEqual } from '../api/plain';
import { podRequests } from '../api/pod-resources';
import type { Node, Pod } from '../api/types';
import type { WatchEvent } from '../client/component';
import { endWait, waitsForPermit } from './binding-waits';
import { type ClusterEvent, nodeEvents, targetPodEvents } from './cluster-events';
import { forget, isLive, type Scheduling } from './cluster-view';
import { unschedulable } from './framework';
import { samePlaced } from './pod-info';
import { retry, runEvent } from './requeue';
import { putQueued, type QueuedPod, removeQueued } from './scheduling-queue';

const SCHEDULER_NAME = 'default-scheduler';

function isMine(pod: Pod): boolean {
  return (pod.spec.schedulerName || SCHEDULER_NAME) === SCHEDULER_NAME;
}

/** Whether a Pod asks for less of something, or for something no more. */
function requestsLess(before: Pod, after: Pod): boolean {
  if (before.spec === after.spec || (before.spec.containers === after.spec.containers && !after.spec.resources)) {
    return false;
  }
  const is = podRequests(after);
  return [...podRequests(before)].some(([name, amount]) => amount > (is.get(name) ?? -1));
}

/** A Pod on a node came or changed. */
function onAssigned(scheduling: Scheduling, before: Pod | undefined, pod: Pod, cause: number): void {
  const { memory } = scheduling.context;
  const key = keyOf(pod);
  memory.assumed.delete(key);
  memory.nominated.delete(key);
  removeQueued(memory, key);
  if (!before?.spec.nodeName) {
    runEvent(scheduling, { event: 'AssignedPodAdd', before: undefined, after: pod, cause });
    return;
  }
  if (before.metadata.labels !== pod.metadata.labels && !deepEqual(before.metadata.labels, pod.metadata.labels)) {
    runEvent(scheduling, { event: 'AssignedPodUpdateLabel', before, after: pod, cause });
  }
  if (requestsLess(before, pod)) runEvent(scheduling, { event: 'AssignedPodScaleDown', before, after: pod, cause });
}

/** An assumed Pod is going or gone: its room is free, and it need not wait for anything more. */
function onAssumedGoing(scheduling: Scheduling, pod: Pod, cause: number): void {
  const { context } = scheduling;
  const uid = pod.metadata.uid ?? '';
  const binding = context.memory.bindings.get(uid);
  if (binding && waitsForPermit(binding)) endWait(context, binding, unschedulable('removed'));
  else forget(scheduling, keyOf(pod), uid);
  runEvent(scheduling, { event: 'AssignedPodDelete', before: pod, after: undefined, cause });
}

/** A Pod went, or finished. */
function onGone(scheduling: Scheduling, before: Pod, cause: number): void {
  const { memory } = scheduling.context;
  const key = keyOf(before);
  memory.nominated.delete(key);
  removeQueued(memory, key);
  const event = { event: 'AssignedPodDelete', before, after: undefined, cause } as const;
  if (before.spec.nodeName) runEvent(scheduling, event);
  else if (memory.assumed.get(key)?.uid === before.metadata.uid) onAssumedGoing(scheduling, before, cause);
  else if (before.status?.nominatedNodeName) runEvent(scheduling, { ...event, maxPriority: before.spec.priority ?? 0 });
}

function newlyQueued({ context }: Scheduling, pod: Pod, cause: number): QueuedPod {
  return {
    key: keyOf(pod),
    uid: pod.metadata.uid ?? '',
    priority: pod.spec.priority ?? 0,
    timestampMs: context.nowMs,
    place: 'active',
    sequence: context.memory.nextSequence++,
    rejectedBy: [],
    rejections: 0,
    errors: 0,
    cause,
  };
}

/** A Pod without a node came. */
function enqueue(scheduling: Scheduling, pod: Pod, cause: number): void {
  const { nominated } = scheduling.context.memory;
  const nominatedNodeName = pod.status?.nominatedNodeName;
  const place = retry(scheduling, newlyQueued(scheduling, pod, cause), pod);
  if (nominatedNodeName && place === 'active') nominated.set(keyOf(pod), nominatedNodeName);
}

/** A Pod that is in the queue changed. */
function onQueued(scheduling: Scheduling, queued: QueuedPod, before: Pod | undefined, pod: Pod, cause: number): void {
  const { memory } = scheduling.context;
  const { key } = queued;
  const nominated = pod.status?.nominatedNodeName;
  const nominatedBefore = before?.status?.nominatedNodeName;
  if (nominated) memory.nominated.set(key, nominated);
  else if (nominatedBefore) memory.nominated.delete(key);
  const priority = pod.spec.priority ?? 0;
  if (priority !== queued.priority) putQueued(memory, { ...queued, priority }, queued.place);
  if (!before) return;
  if (before.spec !== pod.spec || before.metadata.labels !== pod.metadata.labels) {
    for (const event of targetPodEvents(before, pod, requestsLess(before, pod))) {
      runEvent(scheduling, { event, before, after: pod, cause, only: key });
    }
  }
  if (!nominatedBefore || nominatedBefore === nominated) return;
  // To Pods of at most its priority it is as if it had been on that node and gone.
  const maxPriority = before.spec.priority ?? 0;
  runEvent(scheduling, { event: 'AssignedPodDelete', before, after: undefined, cause, maxPriority });
}

/** A Pod without a node changed. */
function onUnassigned(scheduling: Scheduling, before: Pod | undefined, pod: Pod, cause: number): void {
  const { memory } = scheduling.context;
  const key = keyOf(pod);
  if (memory.assumed.get(key)?.uid === pod.metadata.uid) {
    const isGoing = pod.metadata.deletionTimestamp !== undefined && before?.metadata.deletionTimestamp === undefined;
    if (isGoing) onAssumedGoing(scheduling, pod, cause);
    return;
  }
  const queued = memory.queued.get(key);
  if (queued && queued.uid === pod.metadata.uid) onQueued(scheduling, queued, before, pod, cause);
  else enqueue(scheduling, pod, cause);
}

/** A Pod changed. */
export function onPod(scheduling: Scheduling, event: WatchEvent): void {
  const previous = event.previous as Pod | undefined;
  const value = event.value as Pod | undefined;
  const before = previous && isLive(previous) ? previous : undefined;
  const after = value && isLive(value) ? value : undefined;
  if (!after) {
    if (before) onGone(scheduling, before, event.step);
  } else if (after.spec.nodeName) {
    onAssigned(scheduling, before, after, event.step);
  } else if (isMine(after)) {
    onUnassigned(scheduling, before, after, event.step);
  }
}

/** A Node changed. */
export function onNode(scheduling: Scheduling, event: WatchEvent): void {
  const before = event.previous as Node | undefined;
  const after = event.value as Node | undefined;
  const events = !after ? (['NodeDelete'] as const) : before ? nodeEvents(before, after) : (['NodeAdd'] as const);
  for (const name of events) runEvent(scheduling, { event: name, before, after, cause: event.step });
}

/** A claim, a volume or what else storage depends on changed. */
export function onStorage(scheduling: Scheduling, { kind, previous, value, step }: WatchEvent): void {
  const what = !value ? 'Delete' : previous ? 'Update' : 'Add';
  const event = `${kind}${what}` as ClusterEvent;
  runEvent(scheduling, { event, before: previous, after: value, cause: step });
}

/** Whether a change of a Pod can matter to placement: most are about the status of one that is placed. */
export function concernsPlacement(event: WatchEvent): boolean {
  const before = event.previous as Pod | undefined;
  const after = event.value as Pod | undefined;
  if (!before || !after || isLive(before) !== isLive(after)) return true;
  if (!samePlaced(before, after)) return true;
  if (before.spec.nodeName && after.spec.nodeName) return before.spec.nodeName !== after.spec.nodeName;
  return before.spec !== after.spec || before.status?.nominatedNodeName !== after.status?.nominatedNodeName;
}

/** Whether a change of a Node can matter to placement: heartbeats do not. */
export function concernsRoom(event: WatchEvent): boolean {
  const before = event.previous as Node | undefined;
  const after = event.value as Node | undefined;
  return (
    before?.spec !== after?.spec ||
    before?.metadata.labels !== after?.metadata.labels ||
    before?.status?.allocatable !== after?.status?.allocatable ||
    before?.status?.images !== after?.status?.images
  );
}

/** Whether the labels of an object changed. */
export function labelsChanged(event: WatchEvent): boolean {
  return !event.previous || !event.value || !deepEqual(event.previous.metadata.labels, event.value.metadata.labels);
}
