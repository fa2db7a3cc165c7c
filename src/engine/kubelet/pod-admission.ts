/**
 * Whether a node takes a Pod that was bound to it: kernel parameters, node selector and affinity, taints, host ports, room.
 * Follows pkg/kubelet/lifecycle/predicate.go, pkg/kubelet/sysctl/allowlist.go, and AdmissionCheck of pkg/scheduler/eventhandlers.go for the order. Left out: topology and
 * device admission, and room that is made for critical Pods.
 */
import { isSameHostPort } from '../api/host-ports';
import { nodeAffinityHolds, requiredNodeAffinity } from '../api/node-selector';
import { isStatic } from '../api/pod';
import { podRequests, resourceAmount } from '../api/pod-resources';
import { SAFE_SYSCTLS, sysctlName } from '../api/sysctls';
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

/** Whether another Pod of this node holds a host port that this one asks for. */
function portTaken(memory: KubeletMemory, pod: Pod): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  for (const record of memory.pods.values()) {
    if (record.phase === 'terminated' || record.orphan || record.uid === pod.metadata.uid) continue;
    if (hostPorts(record.pod).some((held) => wanted.some((port) => isSameHostPort(held, port)))) return true;
  }
  return false;
}

const predicate = (reason: string, why: string): Rejection => ({
  reason,
  message: `Predicate ${reason} failed: node(s) ${why}`,
});

const OS = 'kubernetes.io/os';

/** What is looked at before room is. */
function wrongSystem({ metadata, spec }: Pod): Rejection | undefined {
  if ((metadata.labels?.[OS] ?? 'linux') !== 'linux') {
    const message = "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label";
    return { reason: 'PodOSSelectorNodeLabelDoesNotMatch', message };
  }
  if ((spec.os?.name ?? 'linux') === 'linux') return undefined;
  return { reason: 'PodOSNotSupported', message: "Failed to admit pod as the OS field doesn't match node OS" };
}

/** Why a Pod's kernel parameters keep it away; `allowed`: those that --allowed-unsafe-sysctls names, perhaps with a * at the end. */
export function forbiddenSysctl({ spec }: Pod, allowed = ''): Rejection | undefined {
  const patterns = allowed.split(',').map(sysctlName);
  const isAllowed = (name: string): boolean =>
    SAFE_SYSCTLS.has(name) ||
    patterns.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
  const bad = spec.securityContext?.sysctls?.map(({ name }) => sysctlName(name)).find((name) => !isAllowed(name));
  if (bad === undefined) return undefined;
  return { reason: 'SysctlForbidden', message: `forbidden sysctl: ${JSON.stringify(bad)} not allowlisted` };
}

/** Resources beside CPU and memory: those that nobody knows here are somebody else's to count. */
function lackingOther(memory: KubeletMemory, pod: Pod, node: Node | undefined): Rejection | undefined {
  for (const [name, requested] of podRequests(pod)) {
    const quantity = node?.status.allocatable?.[name];
    if (name === 'cpu' || name === 'memory' || quantity === undefined || requested === 0) continue;
    let used = 0;
    for (const { uid, phase, pod: other } of memory.pods.values())
      if (uid !== pod.metadata.uid && phase !== 'terminated') used += podRequests(other).get(name) ?? 0;
    const capacity = resourceAmount(name, quantity);
    if (used + requested > capacity) return lacking(name, requested, used, capacity);
  }
  return undefined;
}

function lackingRoom(
  memory: KubeletMemory,
  pod: Pod,
  requests: PodRequests,
  room: NodeRoom,
  node: Node | undefined,
): Rejection | undefined {
  if (memory.podCount + 1 > room.pods) return lacking('pods', 1, memory.podCount, room.pods);
  if (requests.cpuMilli > 0 && memory.cpuMilli + requests.cpuMilli > room.cpuMilli) {
    return lacking('cpu', requests.cpuMilli, memory.cpuMilli, room.cpuMilli);
  }
  if (requests.memoryBytes > 0 && memory.memoryBytes + requests.memoryBytes > room.memoryBytes) {
    return lacking('memory', requests.memoryBytes, memory.memoryBytes, room.memoryBytes);
  }
  return lackingOther(memory, pod, node);
}

/** The first reason for which this Pod can't run here, if there is one. `node` is what the kubelet knows of its Node object. */
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
  const obstacle = wrongSystem(pod) ?? lackingRoom(memory, pod, requests, room, node);
  if (obstacle) return obstacle;
  const labels = node?.metadata.labels ?? room.labels;
  const here = { metadata: { name: node?.metadata.name ?? pod.spec.nodeName, labels } } as Node;
  if (!nodeAffinityHolds(requiredNodeAffinity(pod.spec), here)) {
    return predicate('NodeAffinity', "didn't match Pod's node affinity/selector");
  }
  if (portTaken(memory, pod)) {
    return predicate('NodePorts', "didn't have free ports for the requested pod ports");
  }
  if (isStatic(pod)) return undefined;
  if (findUntoleratedTaint(node?.spec.taints, pod.spec.tolerations, ({ effect }) => effect === 'NoExecute')) {
    return predicate('TaintToleration', "had taints that the pod didn't tolerate");
  }
  return undefined;
}

/** Counts a Pod in (+1) or out (-1) of what is used on the node. */
export function countPod(memory: KubeletMemory, record: Pick<PodRecord, 'requests'>, direction: 1 | -1): void {
  memory.podCount += direction;
  memory.cpuMilli += direction * record.requests.cpuMilli;
  memory.memoryBytes += direction * record.requests.memoryBytes;
}
