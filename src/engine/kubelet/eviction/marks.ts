/** How much of a node must be left before its kubelet acts: what faults go by that let a threshold be crossed. */
import type { Amounts, NodeCapacity } from '../../machine/load-sums';
import { harmless } from './observations';
import { type Threshold, thresholdsOf } from './thresholds';

/** None is set for process ids by default; while a fault takes them this one holds, so that it comes to something. */
export const PID_THRESHOLD: Threshold = { signal: 'pid.available', value: { part: 0.1 }, gracePeriodMs: 0 };
/** Where a scenario takes the threshold of something away. */
const DEFAULT_PART = 0.05;

/** The highest thresholds of the kubelet with these flags. */
export function marksOf(flag: (name: string) => string | undefined, capacity: NodeCapacity): Amounts {
  const thresholds = thresholdsOf(flag);
  const hasPids = thresholds.some(({ signal }) => signal === 'pid.available');
  const most = harmless(hasPids ? thresholds : [...thresholds, PID_THRESHOLD], capacity);
  const mark = (field: keyof Amounts): number =>
    most[field] === Number.MAX_VALUE ? capacity[field] * DEFAULT_PART : capacity[field] - most[field];
  return { memoryBytes: mark('memoryBytes'), diskBytes: mark('diskBytes'), processes: mark('processes') };
}
