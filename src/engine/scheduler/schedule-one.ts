/**
 * One attempt to schedule one Pod: find a node, assume and bind; or say why not, try preemption, and put it back.
 * Follows pkg/scheduler/schedule_one.go. The scheduling cycle and the binding cycle are one step here.
 */
import type { Pod } from '../api/types';
import {
  attempt,
  type ClusterView,
  createHandle,
  patchPodStatus,
  type SchedulerContext,
  waitingPodInfo,
} from './cluster-view';
import { schedulingEvidence } from './evidence';
import { findNode, type Search } from './find-nodes';
import { fitErrorMessage, NO_NODES_AVAILABLE } from './fit-error';
import { type Handle, isRejected, type NodeStatuses, type Status, unresolvable } from './framework';
import type { PodInfo } from './pod-info';
import { requeue, runEvent } from './requeue';
import { runBind, runPostFilter, runReserveAndPermit, runUnreserve } from './runtime';
import { popQueued, type QueuedPod } from './scheduling-queue';
import { placePod, removePod } from './snapshot';

const MAX_NOTE_LENGTH = 1024;

/** Why an attempt failed. */
interface Failure {
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly message: string;
  readonly rejectedBy: readonly string[];
  /** '' clears the nomination, undefined leaves it. */
  readonly nominatedNodeName: string | undefined;
}

const NOT_EVALUATED = unresolvable();

function truncated(message: string): string {
  return message.length <= MAX_NOTE_LENGTH ? message : `${message.slice(0, MAX_NOTE_LENGTH - 4)} ...`;
}

function noteNomination(context: SchedulerContext, pod: Pod, key: string, nodeName: string | undefined): void {
  const nominated = nodeName ?? pod.status?.nominatedNodeName ?? '';
  if (nominated) context.memory.nominated.set(key, nominated);
  else context.memory.nominated.delete(key);
}

/** Puts the Pod back into the queue, tells its status and records the Event. */
function fail(context: SchedulerContext, view: ClusterView, queued: QueuedPod, info: PodInfo, why: Failure): void {
  const cached = context.lister.byKey<Pod>('Pod', queued.key);
  if (cached && !cached.spec.nodeName) requeue(context, view, queued, why.rejectedBy);
  if (cached) noteNomination(context, cached, queued.key, why.nominatedNodeName);
  context.say('schedule', info.pod, `Found no node for Pod ${info.pod.metadata.name}: ${why.message}`);
  const condition = { type: 'PodScheduled', status: 'False' as const, reason: why.reason, message: why.message };
  attempt(() => patchPodStatus(context, info, condition, why.nominatedNodeName));
  context.events.record(cached ?? info.pod, 'Warning', 'FailedScheduling', truncated(why.message));
}

/** No node fits: asks PostFilter for help and says what came of it. */
function diagnose(search: Search): Failure {
  const diagnosis = search.diagnosis as NonNullable<Search['diagnosis']>;
  const statuses: NodeStatuses = { byNode: diagnosis.byNode, absent: diagnosis.absent ?? NOT_EVALUATED };
  const result = runPostFilter(search.cycle, statuses);
  const postFilterMessage = result.status ? result.status.reasons.join(', ') : '';
  return {
    reason: 'Unschedulable',
    message: fitErrorMessage({ ...diagnosis, postFilterMessage }),
    rejectedBy: search.rejectedBy,
    nominatedNodeName: result.nominatedNodeName,
  };
}

/** A plugin refused or broke after the node was chosen. */
function refusal(nodeName: string, status: Status): Failure {
  if (!isRejected(status)) {
    return { reason: 'SchedulerError', message: status.reasons.join(', '), rejectedBy: [], nominatedNodeName: '' };
  }
  const message = fitErrorMessage({
    allNodes: 1,
    byNode: new Map([[nodeName, status]]),
    absent: undefined,
    preFilterMessage: '',
    postFilterMessage: '',
  });
  return { reason: 'Unschedulable', message, rejectedBy: [status.plugin], nominatedNodeName: '' };
}

function describeChoice(pod: Pod, search: Search): string {
  const { record, chosen } = search;
  const { name } = pod.metadata;
  const fitting = `${record.feasible.length} of ${record.allNodes} nodes fit`;
  if (!record.scores) return `Bound Pod ${name} to ${chosen}: ${fitting}`;
  const index = record.feasible.indexOf(chosen as string);
  const total = record.scores.totals[index] as number;
  const equals = record.scores.totals.filter((other) => other === total).length;
  const points = equals > 1 ? `${equals} of them share the highest score, ${total}` : `it scores highest, ${total}`;
  return `Bound Pod ${name} to ${chosen}: ${fitting} and ${points}`;
}

/** Assumes the Pod on the node and binds it; what refused, if something did. */
function bind(
  context: SchedulerContext,
  view: ClusterView,
  info: PodInfo,
  search: Search,
  handle: Handle,
): Status | undefined {
  const nodeName = search.chosen as string;
  placePod(view.snapshot, info, nodeName);
  context.memory.assumed.set(info.key, nodeName);
  context.memory.nominated.delete(info.key);
  let status = runReserveAndPermit(info, nodeName);
  if (!status) {
    status = runBind(info, nodeName, handle);
    if (status) runUnreserve(info, nodeName);
  }
  if (!status) return undefined;
  removePod(view.snapshot, info.key);
  context.memory.assumed.delete(info.key);
  runEvent(context, view, 'AssignedPodDelete', info.pod, undefined);
  return status;
}

/** The Pod the attempt is about, or undefined when there is nothing to do for it any more. */
function podToSchedule(context: SchedulerContext, queued: QueuedPod): Pod | undefined {
  const pod = context.lister.byKey<Pod>('Pod', queued.key);
  if (!pod || pod.metadata.uid !== queued.uid || pod.spec.nodeName) return undefined;
  if (context.memory.assumed.has(queued.key)) return undefined;
  if (pod.metadata.deletionTimestamp === undefined) return pod;
  const message = `skip schedule deleting pod: ${pod.metadata.namespace}/${pod.metadata.name}`;
  context.events.record(pod, 'Warning', 'FailedScheduling', message);
  return undefined;
}

function scheduleOnNodes(
  context: SchedulerContext,
  view: ClusterView,
  queued: QueuedPod,
  info: PodInfo,
  pod: Pod,
): void {
  const handle = createHandle(context, view);
  if (handle.nodes.length === 0) {
    const message = NO_NODES_AVAILABLE;
    fail(context, view, queued, info, { reason: 'Unschedulable', message, rejectedBy: [], nominatedNodeName: '' });
    return;
  }
  const { memory } = context;
  const search = findNode(info, handle, memory.nextStartNodeIndex, pod.status?.nominatedNodeName);
  memory.nextStartNodeIndex = (memory.nextStartNodeIndex + search.evaluated) % handle.nodes.length;
  context.attach(schedulingEvidence(info, search.record, search.chosen ?? null, view.verdicts));
  if (search.chosen === undefined) {
    fail(context, view, queued, info, diagnose(search));
    return;
  }
  const refused = bind(context, view, info, search, handle);
  if (refused) {
    fail(context, view, queued, info, refusal(search.chosen, refused));
    return;
  }
  context.say('schedule', pod, describeChoice(pod, search));
  view.podInfos.delete(queued.key);
  const { namespace, name } = pod.metadata;
  context.events.record(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${search.chosen}`);
}

/** Takes the next Pod and tries to schedule it. */
export function scheduleOne(context: SchedulerContext, view: ClusterView): void {
  const queued = popQueued(context.memory, context.nowMs);
  if (!queued) return;
  const pod = podToSchedule(context, queued);
  if (!pod) return;
  scheduleOnNodes(context, view, queued, waitingPodInfo(view, pod, queued.key), pod);
}
