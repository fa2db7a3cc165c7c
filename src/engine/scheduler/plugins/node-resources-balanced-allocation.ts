/**
 * Rates how the balance between a node's CPU and memory use would change: 75 when it stays as it is, up to 100 when the
 * Pod evens it out, down to 50 when it skews it. Pods that request neither are not rated.
 * Follows plugins/noderesources/balanced_allocation.go (1.36: change of balance, formerly balance alone) with its
 * default resources, for which the standard deviation is half the difference of two fractions.
 */
import { definePlugin, MAX_NODE_SCORE, type ReadyNodeInfo, SKIP } from '../framework';
import { divide } from './normalize-score';

function fraction(requested: number, allocatable: number): number {
  const share = requested / allocatable;
  return share > 1 ? 1 : share;
}

/** 100 for equal fractions of CPU and memory, 50 for one full and one empty. */
function balance(node: ReadyNodeInfo, milliCPU: number, memory: number): number {
  const { allocatable } = node;
  if (allocatable.milliCPU === 0 || allocatable.memory === 0) return MAX_NODE_SCORE;
  const difference = fraction(milliCPU, allocatable.milliCPU) - fraction(memory, allocatable.memory);
  return Math.floor((1 - Math.abs(difference / 2)) * MAX_NODE_SCORE);
}

/** See the header. */
export const nodeResourcesBalancedAllocation = definePlugin({
  name: 'NodeResourcesBalancedAllocation',
  preScore: (pod) => (pod.requests.milliCPU === 0 && pod.requests.memory === 0 ? { status: SKIP } : {}),
  score(pod, node) {
    const { requested } = node;
    const before = balance(node, requested.milliCPU, requested.memory);
    const after = balance(node, requested.milliCPU + pod.requests.milliCPU, requested.memory + pod.requests.memory);
    return MAX_NODE_SCORE / 2 + divide(MAX_NODE_SCORE / 2 + after - before, 2);
  },
});
