/**
 * What the scheduler writes to Pods: conditions, nominations, and the end of victims.
 * Follows pkg/scheduler/schedule_one.go (updatePod) and pkg/scheduler/util/utils.go (PatchPodStatus).
 */
import { setCondition } from '../api/conditions';
import { StatusError } from '../api/status-error';
import type { Pod, PodCondition } from '../api/types';
import type { SchedulerContext } from './memory';
import type { PlacedPod } from './pod-info';

/** A condition as the scheduler words it; the time of the change is added. */
export type NewCondition = Omit<PodCondition, 'lastTransitionTime'>;

/** Runs a write that may be refused; the refusal, if it was. */
export function refusalOf(write: () => void): StatusError | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error;
  }
}

function stamped(context: SchedulerContext, pod: Pod, condition: NewCondition): PodCondition {
  const { type, status, reason, message } = condition;
  return {
    type,
    observedGeneration: pod.metadata.generation,
    status,
    lastProbeTime: null as unknown as undefined,
    lastTransitionTime: context.now,
    reason,
    message,
  };
}

/** Sets a condition of a Pod and, if given, its nominated node, on the Pod as it is now. Throws what the API server refuses. */
export function patchPodStatus(
  context: SchedulerContext,
  pod: Pick<PlacedPod, 'namespace' | 'name' | 'uid'>,
  condition: NewCondition | undefined,
  nominatedNodeName: string | undefined,
): void {
  const live = context.client.find<Pod>('Pod', pod.namespace, pod.name);
  if (!live || live.metadata.uid !== pod.uid) return;
  const { nominatedNodeName: nominatedBefore = '', ...status } = live.status;
  const nominated = nominatedNodeName ?? nominatedBefore;
  const conditions = condition ? setCondition(status.conditions, stamped(context, live, condition)) : status.conditions;
  const next = nominated ? { ...status, conditions, nominatedNodeName: nominated } : { ...status, conditions };
  if (conditions === status.conditions && nominated === nominatedBefore) return;
  context.client.updateStatus<Pod>({ ...live, status: next });
}
