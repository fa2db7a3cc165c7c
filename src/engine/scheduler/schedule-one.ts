/**
 * The scheduling cycle of one Pod: find a node, and assume the Pod there; or say why not, try preemption, and put it back.
 * Its binding cycle follows on a timer of its own (binding-cycle.ts).
 * Follows pkg/scheduler/schedule_one.go.
 */
import type { Pod } from '../api/types';
import { startBinding } from './binding-cycle';
import { type Scheduling, waitingPodInfo } from './cluster-view';
import { schedulingEvidence } from './evidence';
import { type Failure, fail } from './failure';
import { findNode, type Search } from './find-nodes';
import { fitErrorMessage, NO_NODES_AVAILABLE } from './fit-error';
import { type NodeStatuses, unresolvable } from './framework';
import { createHandle } from './handle';
import type { SchedulerContext } from './memory';
import type { PodInfo } from './pod-info';
import { type Framework, runPostFilter } from './runtime';
import { popQueued, type QueuedPod } from './scheduling-queue';

const NOT_EVALUATED = unresolvable();

const NO_NODES: Failure = {
  reason: 'Unschedulable',
  message: NO_NODES_AVAILABLE,
  rejectedBy: [],
  nominatedNodeName: '',
};

/** No node fits: asks PostFilter for help and says what came of it. */
function diagnose(framework: Framework, search: Search): Failure {
  const diagnosis = search.diagnosis as NonNullable<Search['diagnosis']>;
  const statuses: NodeStatuses = { byNode: diagnosis.byNode, absent: diagnosis.absent ?? NOT_EVALUATED };
  const result = runPostFilter(framework, search.cycle, statuses);
  const postFilterMessage = result.status ? result.status.reasons.join(', ') : '';
  return {
    reason: 'Unschedulable',
    message: fitErrorMessage({ ...diagnosis, postFilterMessage }),
    rejectedBy: search.rejectedBy,
    nominatedNodeName: result.nominatedNodeName,
  };
}

/** How many nodes fit, of those that were looked at. */
function fitting({ record }: Search): string {
  const { feasible, rejected, allNodes } = record;
  const lookedAt = feasible.length + rejected.size;
  if (lookedAt === allNodes) return `${feasible.length} of ${allNodes} nodes fit`;
  return `${feasible.length} of ${lookedAt} nodes looked at fit (${allNodes} in all)`;
}

function describeChoice(name: string, search: Search): string {
  const { record, chosen } = search;
  const bound = `Bound Pod ${name} to ${chosen}: ${fitting(search)}`;
  if (!record.scores) return bound;
  const index = record.feasible.indexOf(chosen as string);
  const total = record.scores.totals[index] as number;
  const equals = record.scores.totals.filter((other) => other === total).length;
  const points = equals > 1 ? `${equals} of them share the highest score, ${total}` : `it scores highest, ${total}`;
  return `${bound} and ${points}`;
}

/** The Pod the attempt is about, or undefined when there is nothing to do for it any more. */
function podToSchedule(context: SchedulerContext, queued: QueuedPod): Pod | undefined {
  const pod = context.lister.byKey<Pod>('Pod', queued.key);
  if (!pod || pod.metadata.uid !== queued.uid || pod.spec.nodeName) return undefined;
  if (pod.metadata.deletionTimestamp === undefined) return context.memory.assumed.has(queued.key) ? undefined : pod;
  const message = `skip schedule deleting pod: ${pod.metadata.namespace}/${pod.metadata.name}`;
  context.events.record(pod, 'Warning', 'FailedScheduling', message, { action: 'Scheduling' });
  return undefined;
}

function scheduleOnNodes(scheduling: Scheduling, queued: QueuedPod, info: PodInfo, pod: Pod): void {
  const { context, framework, view } = scheduling;
  const { memory } = context;
  const handle = createHandle(scheduling);
  if (handle.nodes.length === 0) {
    fail(scheduling, queued, pod, NO_NODES);
    return;
  }
  const search = findNode(framework, info, handle, memory.nextStartNodeIndex, pod.status?.nominatedNodeName);
  memory.nextStartNodeIndex = (memory.nextStartNodeIndex + search.advance) % handle.nodes.length;
  const evidence = schedulingEvidence(info, search.record, search.chosen ?? null, view.verdicts);
  if (search.chosen === undefined) {
    context.attach(evidence);
    fail(scheduling, queued, pod, diagnose(framework, search));
    return;
  }
  const sentence = describeChoice(pod.metadata.name, search);
  startBinding(scheduling, { queued, info, pod, cycle: search.cycle, nodeName: search.chosen, sentence, evidence });
}

/** Takes the next Pod and tries to schedule it. */
export function scheduleOne(scheduling: Scheduling): void {
  const { context } = scheduling;
  const queued = popQueued(context.memory, context.nowMs);
  const pod = queued && podToSchedule(context, queued);
  if (pod) scheduleOnNodes(scheduling, queued, waitingPodInfo(context, pod, queued.key), pod);
}
