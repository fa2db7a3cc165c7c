/** The first taint that keeps a Pod off a node for good. Follows plugins/helper/taint.go. */
import { findUntoleratedTaint } from '../../api/taint';
import type { Node, Taint } from '../../api/types';
import type { PodInfo } from '../framework';

function keepsPodsAway(taint: Taint): boolean {
  return taint.effect === 'NoSchedule' || taint.effect === 'NoExecute';
}

/** A NoSchedule or NoExecute taint that the Pod does not tolerate. */
export function blockingTaint(pod: PodInfo, node: Node): Taint | undefined {
  const taints = node.spec?.taints;
  return taints && findUntoleratedTaint(taints, pod.spec.tolerations, keepsPodsAway);
}
