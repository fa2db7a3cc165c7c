/** Which Pods a node under pressure turns away. Follows Admit in pkg/kubelet/eviction/eviction_manager.go. */
import { qosClass } from '../../api/pod';
import { tolerationsTolerateTaint } from '../../api/taint';
import type { Pod } from '../../api/types';
import { isCriticalPod } from '../oom-score';
import { EVICTED } from './messages';
import type { Pressure } from './thresholds';

const MEMORY_TAINT = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };

/** Why a Pod can't be taken on while the node has these conditions; undefined when it can. */
export function pressureRejection(
  pressures: readonly Pressure[],
  pod: Pod,
): { readonly reason: string; readonly message: string } | undefined {
  if (pressures.length === 0 || isCriticalPod(pod)) return undefined;
  if (pressures.length === 1 && pressures[0] === 'MemoryPressure') {
    if (qosClass(pod) !== 'BestEffort' || tolerationsTolerateTaint(pod.spec.tolerations, MEMORY_TAINT))
      return undefined;
  }
  return { reason: EVICTED, message: `The node had condition: [${pressures.join(' ')}]. ` };
}
