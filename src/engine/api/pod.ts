/**
 * Questions about Pods that many components ask: is it active, finished, ready; what does it ask for; what does it tolerate.
 * Follows pkg/controller/controller_utils.go and pkg/api/v1/pod/util.go. Resources and taints have files of their own.
 */
import type { Container, Pod, PodSpec } from './types';

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

/** Marks the copy of a Pod that a kubelet runs from a file. */
export const MIRROR_POD = 'kubernetes.io/config.mirror';

/** Says from where a kubelet has a Pod. */
export const CONFIG_SOURCE = 'kubernetes.io/config.source';

/** Whether a Pod comes from a file of its node. */
export const isStatic = ({ metadata }: Pod): boolean => metadata.annotations?.[CONFIG_SOURCE] === 'file';

/** As what its node knows a Pod: a mirror stands for the static Pod whose hash it carries. */
export function uidOnNode({ metadata }: Pick<Pod, 'metadata'>): string {
  return metadata.annotations?.[MIRROR_POD] ?? metadata.uid ?? '';
}

/** All containers of a Pod, in the order in which upstream visits them: those of its beginning, its own, those that look into it. */
export function allContainers({ initContainers, containers, ephemeralContainers }: PodSpec): Container[] {
  return [...(initContainers ?? []), ...containers, ...(ephemeralContainers ?? [])];
}

/** Whether all containers have ended for good. */
export function isPodTerminal(pod: PodState): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether the Pod counts as one that its controller has: not finished and not being deleted. */
export function isPodActive(pod: PodState): boolean {
  return pod.metadata.deletionTimestamp === undefined && !isPodTerminal(pod);
}
