/**
 * How readily the kernel is to kill a container when the memory of its node runs out.
 * Follows GetContainerOOMScoreAdjust in pkg/kubelet/qos/policy.go.
 */
import { CONFIG_SOURCE, MIRROR_POD, podRequests, qosClass } from '../api/pod';
import { quantityValue } from '../api/quantity';
import type { Container, Pod } from '../api/types';
import { SYSTEM_CRITICAL } from '../api/validation/priority-class';
import type { NodeConfig } from '../simulation';
import { machineCapacity } from './node-object';

const GUARANTEED = -997;
const BEST_EFFORT = 1000;

/** Whether a Pod is spared whatever its node lacks: static ones, mirrors of them, and those of the highest priorities. */
export function isCriticalPod({ metadata, spec }: Pod): boolean {
  const { [CONFIG_SOURCE]: source = 'api', [MIRROR_POD]: mirror } = metadata.annotations ?? {};
  return source !== 'api' || mirror !== undefined || (spec.priority ?? 0) >= SYSTEM_CRITICAL;
}

const memoryRequest = ({ resources }: Container): number => quantityValue(resources?.requests?.memory);

/** What a Pod asks for as a whole and its containers don't, for each of them. */
function shareOfPod(pod: Pod): number {
  const whole = quantityValue(pod.spec.resources?.requests?.memory);
  if (whole === 0) return 0;
  const { containers, initContainers = [] } = pod.spec;
  const asked = podRequests(pod, { excludePodLevel: true, excludeOverhead: true }).get('memory') ?? 0;
  return Math.trunc((whole - asked) / (containers.length + initContainers.length));
}

const adjustment = (requestBytes: number, capacityBytes: number): number =>
  1000 - Math.trunc((1000 * requestBytes) / capacityBytes);

/** The oom_score_adj of a container: from -997 to 1000. */
export function oomScoreAdj(pod: Pod, container: Container, capacityBytes: number): number {
  if (isCriticalPod(pod) && pod.spec.priorityClassName === 'system-node-critical') return GUARANTEED;
  const quality = qosClass(pod);
  if (quality === 'Guaranteed') return GUARANTEED;
  if (quality === 'BestEffort') return BEST_EFFORT;
  const share = shareOfPod(pod);
  let score = adjustment(memoryRequest(container) + share, capacityBytes);
  if (container.restartPolicy === 'Always' && pod.spec.initContainers?.some(({ name }) => name === container.name)) {
    const least = Math.min(...pod.spec.containers.map(memoryRequest));
    score = Math.min(score, adjustment(least + share, capacityBytes));
  }
  if (score < 1000 + GUARANTEED) return 1000 + GUARANTEED;
  return score === BEST_EFFORT ? score - 1 : score;
}

/** {@link oomScoreAdj} on a node. */
export function oomScoreOn(node: NodeConfig, pod: Pod, container: Container): number {
  return oomScoreAdj(pod, container, machineCapacity(node).memoryBytes);
}
