/**
 * Room: the Pod's requests and its place among `pods` must be left on the node. The score (LeastAllocated) is the share
 * of CPU and memory that stays free, where containers without requests count with defaults; of an arriving Pod (not of placed
 * ones) requests for the Pod as a whole are left out, as 1.36 leaves them out.
 * Follows plugins/noderesources/{fit,least_allocated,resource_allocation}.go with their default arguments.
 */
import type { Node, Pod } from '../../api/types';
import {
  allocatableOf,
  definePlugin,
  MAX_NODE_SCORE,
  type Outcome,
  type PodInfo,
  type Resource,
  unschedulable,
} from '../framework';
import { divide } from './normalize-score';

interface Shortage {
  readonly reason: string;
  /** More than the whole node has. */
  readonly hopeless: boolean;
}

function short(resource: string, wanted: number, used: number, allocatable: number): Shortage | undefined {
  if (wanted <= 0 || wanted <= allocatable - used) return undefined;
  return { reason: `Insufficient ${resource}`, hopeless: wanted > allocatable };
}

/** What of a node does not suffice for a Pod, in upstream's order. */
function shortages(wanted: Resource, used: Resource, pods: number, allocatable: Resource): Shortage[] {
  const found: (Shortage | undefined)[] = [];
  if (pods + 1 > allocatable.allowedPodNumber) found.push({ reason: 'Too many pods', hopeless: false });
  found.push(
    short('cpu', wanted.milliCPU, used.milliCPU, allocatable.milliCPU),
    short('memory', wanted.memory, used.memory, allocatable.memory),
    short('ephemeral-storage', wanted.ephemeralStorage, used.ephemeralStorage, allocatable.ephemeralStorage),
  );
  for (const [name, value] of wanted.scalar ?? []) {
    found.push(short(name, value, used.scalar?.get(name) ?? 0, allocatable.scalar?.get(name) ?? 0));
  }
  return found.filter((shortage) => shortage !== undefined);
}

function fits(wanted: Resource, used: Resource, pods: number, allocatable: Resource): boolean {
  return (
    pods < allocatable.allowedPodNumber &&
    (wanted.milliCPU <= 0 || wanted.milliCPU <= allocatable.milliCPU - used.milliCPU) &&
    (wanted.memory <= 0 || wanted.memory <= allocatable.memory - used.memory) &&
    (wanted.ephemeralStorage <= 0 || wanted.ephemeralStorage <= allocatable.ephemeralStorage - used.ephemeralStorage) &&
    wanted.scalar === undefined
  );
}

function leastRequested(requested: number, capacity: number): number {
  return requested > capacity ? 0 : divide((capacity - requested) * MAX_NODE_SCORE, capacity);
}

const NOTHING_USED: Resource = {
  milliCPU: 0,
  memory: 0,
  ephemeralStorage: 0,
  allowedPodNumber: 0,
  scalar: undefined,
};

function fitsEmpty(pod: PodInfo, allocatable: Resource): boolean {
  return shortages(pod.requests, NOTHING_USED, 0, allocatable).length === 0;
}

/** Whether a placed Pod asks for less than before of something that a waiting one wants. */
function anyLess(pod: PodInfo, before: Resource, after: Resource): boolean {
  return anyGrew(pod, { ...after, allowedPodNumber: 0 }, { ...before, allowedPodNumber: 0 });
}

/** Whether there is more than before of something that a Pod wants. */
function anyGrew(pod: PodInfo, before: Resource, after: Resource): boolean {
  const wanted = pod.requests;
  if (after.allowedPodNumber > before.allowedPodNumber) return true;
  if (wanted.milliCPU > 0 && after.milliCPU > before.milliCPU) return true;
  if (wanted.memory > 0 && after.memory > before.memory) return true;
  if (wanted.ephemeralStorage > 0 && after.ephemeralStorage > before.ephemeralStorage) return true;
  for (const name of wanted.scalar?.keys() ?? []) {
    if ((after.scalar?.get(name) ?? 0) > (before.scalar?.get(name) ?? 0)) return true;
  }
  return false;
}

/** See the header. */
export const nodeResourcesFit = definePlugin({
  name: 'NodeResourcesFit',
  filter(pod, node): Outcome {
    if (fits(pod.requests, node.requested, node.pods.size, node.allocatable)) return undefined;
    const found = shortages(pod.requests, node.requested, node.pods.size, node.allocatable);
    if (found.length === 0) return undefined;
    const rejection = unschedulable(...found.map((shortage) => shortage.reason));
    return found.some((shortage) => shortage.hopeless)
      ? { ...rejection, code: 'UnschedulableAndUnresolvable' }
      : rejection;
  },
  score(pod, node) {
    const { allocatable, nonZeroRequested } = node;
    let sum = 0;
    let weights = 0;
    if (allocatable.milliCPU > 0) {
      sum += leastRequested(nonZeroRequested.milliCPU + pod.arriving.milliCPU, allocatable.milliCPU);
      weights++;
    }
    if (allocatable.memory > 0) {
      sum += leastRequested(nonZeroRequested.memory + pod.arriving.memory, allocatable.memory);
      weights++;
    }
    return weights === 0 ? 0 : divide(sum, weights);
  },
  events: {
    AssignedPodDelete: true,
    AssignedPodScaleDown: (pod, before, after, handle) =>
      anyLess(pod, handle.podInfo(before as Pod).requests, handle.podInfo(after as Pod).requests),
    TargetPodScaleDown: true,
    NodeAdd: (pod, _before, after) => fitsEmpty(pod, allocatableOf(after as Node)),
    NodeUpdateAllocatable(pod, before, after) {
      const allocatable = allocatableOf(after as Node);
      return fitsEmpty(pod, allocatable) && anyGrew(pod, allocatableOf(before as Node), allocatable);
    },
  },
});
