/**
 * Questions about Pods that many components ask: is it active, finished, ready; what does it ask for; what does it tolerate.
 * Follows pkg/controller/controller_utils.go and pkg/api/v1/pod/util.go. Resources and taints have files of their own.
 */
import type { Container, ContainerStatus, EphemeralContainer, Pod } from './types';

export { getPodReadyCondition, isPodAvailable, isPodReady } from './conditions';
export {
  isRestartableInitContainer,
  podLimits,
  podRequests,
  type QosClass,
  qosClass,
  type ResourceAmounts,
  resourceAmount,
} from './pod-resources';
export { findUntoleratedTaint, toleratesTaint, tolerationsTolerateTaint } from './taint';

type PodState = Pick<Pod, 'metadata' | 'status'>;

/** Whether all containers have ended for good. */
export function isPodTerminal(pod: PodState): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether the Pod counts as one that its controller has: not finished and not being deleted. */
export function isPodActive(pod: PodState): boolean {
  return pod.metadata.deletionTimestamp === undefined && !isPodTerminal(pod);
}

/** Whether the Pod is being deleted and has not finished yet. */
export function isPodTerminating(pod: PodState): boolean {
  return pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod);
}

/** The status of the container of that name, wherever it is listed. */
export function findContainerStatus(pod: Pick<Pod, 'status'>, name: string): ContainerStatus | undefined {
  const { status } = pod;
  return (
    status?.containerStatuses?.find((container) => container.name === name) ??
    status?.initContainerStatuses?.find((container) => container.name === name) ??
    status?.ephemeralContainerStatuses?.find((container) => container.name === name)
  );
}

/** Init containers, containers and ephemeral containers, in this order. */
export function allContainers(pod: Pick<Pod, 'spec'>): (Container | EphemeralContainer)[] {
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])];
}
