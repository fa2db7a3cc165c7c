/**
 * Whether a node takes a Pod that was bound to it: node selector and affinity, taints, host ports, room.
 * Follows pkg/kubelet/lifecycle/predicate.go and pkg/scheduler/framework/plugins/noderesources. Left out: extended resources,
 * topology and device admission.
 */
import { nodeAffinityHolds, requiredNodeAffinity } from '../api/node-selector';
import { podRequests } from '../api/pod-resources';
import { findUntoleratedTaint } from '../api/taint';
import type { ContainerPort, Node, Pod } from '../api/types';
import type { KubeletMemory, PodRecord, PodRequests } from './records';
import { containersOf } from './records';

/** Why a Pod is turned away. */
export interface Rejection {
  readonly reason: string;
  readonly message: string;
}

/** What a Pod asks of its node. */
export function requestsOf(pod: Pod): PodRequests {
  const requests = podRequests(pod);
  return { cpuMilli: requests.get('cpu') ?? 0, memoryBytes: requests.get('memory') ?? 0 };
}

/** What a node has to give. */
export interface NodeRoom {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
  readonly labels: Readonly<Record<string, string>>;
}

function lacking(resource: string, requested: number, used: number, capacity: number): Rejection {
  const numbers = `requested: ${requested}, used: ${used}, capacity: ${capacity}`;
  return { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, ${numbers}` };
}

function hostPorts(pod: Pod): ContainerPort[] {
  return containersOf(pod).flatMap((container) => (container.ports ?? []).filter((port) => port.hostPort));
}

const isAnyAddress = (hostIP: string | undefined): boolean => !hostIP || hostIP === '0.0.0.0';

function isSamePort(left: ContainerPort, right: ContainerPort): boolean {
  if (left.hostPort !== right.hostPort || (left.protocol ?? 'TCP') !== (right.protocol ?? 'TCP')) return false;
  return isAnyAddress(left.hostIP) || isAnyAddress(right.hostIP) || left.hostIP === right.hostIP;
}

/** Whether another Pod of this node holds a host port that this one asks for. */
function portTaken(memory: KubeletMemory, pod: Pod): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  for (const record of memory.pods.values()) {
    if (record.phase === 'terminated' || record.orphan || record.uid === pod.metadata.uid) continue;
    if (hostPorts(record.pod).some((held) => wanted.some((port) => isSamePort(held, port)))) return true;
  }
  return false;
}

/** The reason for which this Pod can't run here, if there is one. `node` is what the kubelet knows of its Node object. */
export function admissionRejection(
  memory: KubeletMemory,
  pod: Pod,
  requests: PodRequests,
  room: NodeRoom,
  node: Node | undefined,
): Rejection | undefined {
  if (memory.shutdown) {
    return { reason: 'NodeShutdown', message: 'Pod was rejected as the node is shutting down.' };
  }
  const labels = node?.metadata.labels ?? room.labels;
  const here = { metadata: { name: node?.metadata.name ?? pod.spec.nodeName, labels } } as Node;
  if (!nodeAffinityHolds(requiredNodeAffinity(pod.spec), here)) {
    return {
      reason: 'NodeAffinity',
      message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    };
  }
  if (findUntoleratedTaint(node?.spec.taints, pod.spec.tolerations, ({ effect }) => effect === 'NoExecute')) {
    return {
      reason: 'TaintToleration',
      message: "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
    };
  }
  if (portTaken(memory, pod)) {
    return {
      reason: 'NodePorts',
      message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    };
  }
  if (memory.podCount + 1 > room.pods) return lacking('pods', 1, memory.podCount, room.pods);
  if (requests.cpuMilli > 0 && memory.cpuMilli + requests.cpuMilli > room.cpuMilli) {
    return lacking('cpu', requests.cpuMilli, memory.cpuMilli, room.cpuMilli);
  }
  if (requests.memoryBytes > 0 && memory.memoryBytes + requests.memoryBytes > room.memoryBytes) {
    return lacking('memory', requests.memoryBytes, memory.memoryBytes, room.memoryBytes);
  }
  return undefined;
}

/** Counts a Pod in (+1) or out (-1) of what is used on the node. */
export function countPod(memory: KubeletMemory, record: Pick<PodRecord, 'requests'>, direction: 1 | -1): void {
  memory.podCount += direction;
  memory.cpuMilli += direction * record.requests.cpuMilli;
  memory.memoryBytes += direction * record.requests.memoryBytes;
}
