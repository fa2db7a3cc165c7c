/**
 * What becomes of a Pod whose attempt failed: it goes back into the queue, its status says why, and so does an Event.
 * Follows pkg/scheduler/schedule_one.go (handleSchedulingFailure) and pkg/scheduler/framework/types.go (FitError).
 */
import type { Pod } from '../api/types';
import type { Scheduling } from './cluster-view';
import { fitErrorMessage } from './fit-error';
import { isRejected, type Status } from './framework';
import { patchPodStatus, refusalOf } from './pod-writes';
import { requeue } from './requeue';
import type { QueuedPod } from './scheduling-queue';

const MAX_NOTE_LENGTH = 1024;

/** Why an attempt failed. */
export interface Failure {
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly message: string;
  /** The plugins to blame; without any the Pod is simply tried again later. */
  readonly rejectedBy: readonly string[];
  /** '' clears the nomination, undefined leaves it. */
  readonly nominatedNodeName: string | undefined;
  /** The node that had been found for the Pod, which then came to nothing. */
  readonly chosen?: string;
}

/** A plugin's answer after the node was chosen, as a failure. */
export function failureOf(nodeName: string, status: Status): Failure {
  const reason = isRejected(status) ? 'Unschedulable' : 'SchedulerError';
  return { reason, message: status.reasons.join(', '), rejectedBy: [], nominatedNodeName: '', chosen: nodeName };
}

/** As {@link failureOf} where a refusal still means that the Pod does not fit: up to Permit. */
export function fitFailureOf(nodeName: string, status: Status): Failure {
  if (!isRejected(status)) return failureOf(nodeName, status);
  const message = fitErrorMessage({
    allNodes: 1,
    byNode: new Map([[nodeName, status]]),
    absent: undefined,
    preFilterMessage: '',
    postFilterMessage: '',
  });
  return { reason: 'Unschedulable', message, rejectedBy: [status.plugin], nominatedNodeName: '' };
}

function truncated(message: string): string {
  return message.length <= MAX_NOTE_LENGTH ? message : `${message.slice(0, MAX_NOTE_LENGTH - 4)} ...`;
}

/** Puts the Pod back into the queue, tells its status and records the Event. `pod`: as it was when the attempt began. */
export function fail(scheduling: Scheduling, queued: QueuedPod, pod: Pod, why: Failure): void {
  const { context } = scheduling;
  const cached = context.lister.byKey<Pod>('Pod', queued.key);
  // Another Pod of that name is none of this one's business.
  if (cached && !cached.spec.nodeName && cached.metadata.uid !== queued.uid) return;
  context.memory.nominated.delete(queued.key);
  if (cached && !cached.spec.nodeName) {
    requeue(scheduling, queued, why.rejectedBy);
    const nominated = why.nominatedNodeName ?? cached.status?.nominatedNodeName;
    if (nominated) context.memory.nominated.set(queued.key, nominated);
  }
  const { namespace = '', name, uid = '' } = pod.metadata;
  const what = why.chosen ? `Could not bind Pod ${name} to ${why.chosen}` : `Found no node for Pod ${name}`;
  context.say('schedule', cached ?? pod, `${what}: ${why.message}`);
  const condition = { type: 'PodScheduled', status: 'False' as const, reason: why.reason, message: why.message };
  refusalOf(() => patchPodStatus(context, { namespace, name, uid }, condition, why.nominatedNodeName));
  context.events.record(cached ?? pod, 'Warning', 'FailedScheduling', truncated(why.message), { action: 'Scheduling' });
}
