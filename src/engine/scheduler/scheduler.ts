/**
 * The scheduler as a component: hears of Pods, Nodes and what else placement depends on, keeps its picture of the
 * cluster and its queue, and tries one Pod per step.
 * Follows pkg/scheduler/eventhandlers.go. Simplified: one profile (default-scheduler), no limit on the rate of API
 * calls, and every attempt takes 1 ms.
 */
import { keyOf } from '../api/meta';
import { deepEqual } from '../api/plain';
import type { Node, Pod } from '../api/types';
import type { Component, Watch, WatchEvent } from '../client/component';
import { type ClusterEvent, nodeEvents, targetPodEvents } from './cluster-events';
import {
  type ClusterView,
  clusterView,
  isLive,
  type SchedulerContext,
  type SchedulerMemory,
  waitingPodInfo,
} from './cluster-view';
import { OWNER_KINDS } from './default-selector';
import { forgetNamespaceAnswers } from './pod-counts';
import { newPodInfo, samePlaced } from './pod-info';
import { armAttempt, beginAttempt, flushLeftovers, retry, runEvent } from './requeue';
import { scheduleOne } from './schedule-one';
import { newQueue, putQueued, type QueuedPod, removeQueued } from './scheduling-queue';
import { placePod, removeNode, removePod, setNode } from './snapshot';

const SCHEDULER_NAME = 'default-scheduler';

function isMine(pod: Pod): boolean {
  return (pod.spec.schedulerName || SCHEDULER_NAME) === SCHEDULER_NAME;
}

function requestsLess(before: Pod, after: Pod): boolean {
  if (before.spec === after.spec || before.spec.containers === after.spec.containers) return false;
  const was = newPodInfo(before).requests;
  const is = newPodInfo(after).requests;
  return is.milliCPU < was.milliCPU || is.memory < was.memory || is.ephemeralStorage < was.ephemeralStorage;
}

/** A Pod on a node came or changed. */
function onAssigned(
  context: SchedulerContext,
  view: ClusterView,
  before: Pod | undefined,
  pod: Pod,
  cause: number,
): void {
  const key = keyOf(pod);
  const nodeName = pod.spec.nodeName as string;
  context.memory.assumed.delete(key);
  removeQueued(context.memory, key);
  context.memory.nominated.delete(key);
  view.podInfos.delete(key);
  const placed = view.snapshot.placements.get(key);
  if (placed?.nodeName !== nodeName || !samePlaced(placed.pod.pod, pod)) {
    placePod(view.snapshot, newPodInfo(pod), nodeName);
  }
  if (!before?.spec.nodeName) {
    runEvent(context, view, 'AssignedPodAdd', undefined, pod, cause);
    return;
  }
  if (before.metadata.labels !== pod.metadata.labels && !deepEqual(before.metadata.labels, pod.metadata.labels)) {
    runEvent(context, view, 'AssignedPodUpdateLabel', before, pod, cause);
  }
  if (requestsLess(before, pod)) runEvent(context, view, 'AssignedPodScaleDown', before, pod, cause);
}

/** A Pod went, or finished. */
function onGone(context: SchedulerContext, view: ClusterView, before: Pod, cause: number): void {
  const key = keyOf(before);
  const wasNominated = context.memory.nominated.delete(key);
  context.memory.assumed.delete(key);
  removeQueued(context.memory, key);
  view.podInfos.delete(key);
  removePod(view.snapshot, key);
  if (before.spec.nodeName || wasNominated) runEvent(context, view, 'AssignedPodDelete', before, undefined, cause);
}

function newlyQueued(context: SchedulerContext, pod: Pod, cause: number): QueuedPod {
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
function enqueue(context: SchedulerContext, pod: Pod, cause: number): void {
  if (pod.status?.nominatedNodeName) context.memory.nominated.set(keyOf(pod), pod.status.nominatedNodeName);
  retry(context, newlyQueued(context, pod, cause), pod);
}

/** A waiting Pod changed. */
function onUnassigned(
  context: SchedulerContext,
  view: ClusterView,
  before: Pod | undefined,
  pod: Pod,
  cause: number,
): void {
  const { memory } = context;
  const key = keyOf(pod);
  if (memory.assumed.has(key)) return;
  const queued = memory.queued.get(key);
  if (!queued || queued.uid !== pod.metadata.uid) {
    enqueue(context, pod, cause);
    return;
  }
  const nominated = pod.status?.nominatedNodeName;
  if (nominated) memory.nominated.set(key, nominated);
  else if (before?.status?.nominatedNodeName) memory.nominated.delete(key);
  const priority = pod.spec.priority ?? 0;
  if (priority !== queued.priority) putQueued(memory, { ...queued, priority }, queued.place);
  if (!before || (before.spec === pod.spec && before.metadata.labels === pod.metadata.labels)) return;
  waitingPodInfo(view, pod, key);
  for (const event of targetPodEvents(before, pod, requestsLess(before, pod))) {
    runEvent(context, view, event, before, pod, cause, key);
  }
}

function onPod(context: SchedulerContext, event: WatchEvent): void {
  const view = clusterView(context);
  const previous = event.previous as Pod | undefined;
  const value = event.value as Pod | undefined;
  const before = previous && isLive(previous) ? previous : undefined;
  const after = value && isLive(value) ? value : undefined;
  if (!after) {
    if (before) onGone(context, view, before, event.step);
  } else if (after.spec.nodeName) {
    onAssigned(context, view, before, after, event.step);
  } else if (isMine(after)) {
    onUnassigned(context, view, before, after, event.step);
  }
}

function onNode(context: SchedulerContext, event: WatchEvent): void {
  const view = clusterView(context);
  const before = event.previous as Node | undefined;
  const after = event.value as Node | undefined;
  let events: ClusterEvent[];
  if (!after) {
    if (before) removeNode(view.snapshot, before.metadata.name);
    events = ['NodeDelete'];
  } else {
    setNode(view.snapshot, after);
    events = before ? nodeEvents(before, after) : ['NodeAdd'];
  }
  for (const name of events) runEvent(context, view, name, before, after, event.step);
}

function onNamespace(context: SchedulerContext): void {
  forgetNamespaceAnswers(clusterView(context).snapshot.counts);
}

function onService(context: SchedulerContext, event: WatchEvent): void {
  const namespace = (event.value ?? event.previous)?.metadata.namespace ?? '';
  clusterView(context).selectors.services.delete(namespace);
}

/** Kinds that are looked up when needed; their changes wake nobody. */
const READ_ONLY: readonly Watch<SchedulerMemory>[] = [...OWNER_KINDS, 'PodDisruptionBudget'].map((kind) => ({
  kind,
  on: () => undefined,
  filter: () => false,
}));

/** Whether a change of a Pod can matter to placement: most are about the status of one that is placed. */
function concernsPlacement(event: WatchEvent): boolean {
  const before = event.previous as Pod | undefined;
  const after = event.value as Pod | undefined;
  if (!before || !after || isLive(before) !== isLive(after)) return true;
  if (!samePlaced(before, after)) return true;
  if (before.spec.nodeName && after.spec.nodeName) return before.spec.nodeName !== after.spec.nodeName;
  return before.spec !== after.spec || before.status?.nominatedNodeName !== after.status?.nominatedNodeName;
}

/** Whether a change of a Node can matter to placement: heartbeats do not. */
function concernsRoom(event: WatchEvent): boolean {
  const before = event.previous as Node | undefined;
  const after = event.value as Node | undefined;
  return (
    before?.spec !== after?.spec ||
    before?.metadata.labels !== after?.metadata.labels ||
    before?.status?.allocatable !== after?.status?.allocatable ||
    before?.status?.images !== after?.status?.images
  );
}

function labelsChanged(event: WatchEvent): boolean {
  return !event.previous || !event.value || !deepEqual(event.previous.metadata.labels, event.value.metadata.labels);
}

/** Ends the wait of a Pod whose last attempt broke. */
function onBackoffOver(context: SchedulerContext, key: string): void {
  const queued = context.memory.queued.get(key);
  const pod = context.lister.byKey<Pod>('Pod', key);
  if (queued?.place === 'errorBackoff' && pod) retry(context, queued, pod);
}

/** The component; see the header. */
export const scheduler: Component<SchedulerMemory> = {
  name: 'default-scheduler',
  process: 'kube-scheduler',
  watches: [
    { kind: 'Pod', on: onPod, filter: (_actor, event) => concernsPlacement(event) },
    { kind: 'Node', on: onNode, filter: (_actor, event) => concernsRoom(event) },
    { kind: 'Namespace', on: onNamespace, filter: (_actor, event) => labelsChanged(event) },
    { kind: 'Service', on: onService },
    ...READ_ONLY,
  ],
  wakes: [
    { kind: 'Pod', relation: 'for' },
    { kind: 'Node', relation: 'watches' },
  ],
  initial: () => ({
    ...newQueue(),
    assumed: new Map(),
    nominated: new Map(),
    nextStartNodeIndex: 0,
    attemptAtMs: null,
    busyUntilMs: 0,
    flushAtMs: null,
  }),
  handle: (context, timer) => {
    if (timer.kind === 'schedule') {
      beginAttempt(context);
      scheduleOne(context, clusterView(context));
      armAttempt(context);
    } else if (timer.kind === 'backoff') onBackoffOver(context, timer.key);
    else if (timer.kind === 'flush') flushLeftovers(context);
  },
};
