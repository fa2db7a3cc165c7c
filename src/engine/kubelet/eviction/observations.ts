/**
 * What the eviction manager observes of its node, and which thresholds that meets. Pure.
 * Follows makeSignalObservations and thresholdsMet in pkg/kubelet/eviction/helpers.go. Images, containers and volumes share one disk.
 */
import type { NodeUsage } from '../../machine/cri';
import type { Bounds } from '../../machine/load-sums';
import { amountOf, type Resource, SIGNALS, type Signal, type Threshold, textOf } from './thresholds';

/** How much there is of what a signal measures, and how much is left. */
export interface Observation {
  readonly available: number;
  readonly capacity: number;
}

export type Observations = Readonly<Record<Signal, Observation>>;

const left = (capacity: number, used: number): Observation => ({ capacity, available: Math.max(0, capacity - used) });

/** What is observed of a node. */
export function observe({
  capacity,
  memoryBytes,
  podMemoryBytes,
  diskBytes,
  inodes,
  processes,
}: NodeUsage): Observations {
  const disk = left(capacity.diskBytes, diskBytes);
  const entries = left(capacity.inodes, inodes);
  return {
    'memory.available': left(capacity.memoryBytes, memoryBytes),
    'allocatableMemory.available': left(capacity.memoryBytes, podMemoryBytes),
    'nodefs.available': disk,
    'nodefs.inodesFree': entries,
    'imagefs.available': disk,
    'imagefs.inodesFree': entries,
    'pid.available': left(capacity.processes, processes),
  };
}

/** The thresholds that are met. `withReclaim`: those that were met before, until so much more is there again. */
export function thresholdsMet(
  thresholds: readonly Threshold[],
  observations: Observations,
  withReclaim: boolean,
): Threshold[] {
  return thresholds.filter(({ signal, value, minReclaim }) => {
    const { available, capacity } = observations[signal];
    const more = withReclaim && minReclaim ? amountOf(minReclaim, capacity) : 0;
    return amountOf(value, capacity) + more > available;
  });
}

/** What a threshold of a resource asks for and what is there, for messages. */
export function thresholdText(
  resource: Resource,
  met: readonly Threshold[],
  observations: Observations,
): { readonly quantity: string; readonly available: number } | undefined {
  const threshold = met.find(({ signal }) => SIGNALS.get(signal)?.resource === resource);
  if (!threshold) return undefined;
  const { available, capacity } = observations[threshold.signal];
  return { quantity: textOf(threshold.value, capacity), available };
}

/** What may be used of a node before any threshold is met: nothing has to be measured while less is used at most. */
export function harmless(thresholds: readonly Threshold[], capacity: NodeUsage['capacity']): Required<Bounds> {
  const most = (signals: readonly Signal[], total: number): number => {
    const asked = thresholds.filter(({ signal }) => signals.includes(signal));
    if (asked.length === 0) return Number.MAX_VALUE;
    return total - Math.max(...asked.map(({ value }) => amountOf(value, total)));
  };
  return {
    memoryBytes: most(['memory.available', 'allocatableMemory.available'], capacity.memoryBytes),
    diskBytes: most(['nodefs.available', 'imagefs.available'], capacity.diskBytes),
    inodes: most(['nodefs.inodesFree', 'imagefs.inodesFree'], capacity.inodes),
    processes: most(['pid.available'], capacity.processes),
  };
}
