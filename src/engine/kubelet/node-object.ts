/**
 * The Node object of a simulated machine: labels, capacity, conditions, system facts.
 * Follows pkg/kubelet/kubelet_node_status.go and pkg/kubelet/nodestatus/setters.go. All capacity is allocatable, nothing is
 * reserved for the system; the machine is an amd64 Linux with containerd.
 */
import { quantityMilli, quantityValue } from '../api/quantity';
import type { ContainerImage, Node, NodeCondition } from '../api/types';
import type { NodeImage } from '../machine/cri';
import { textHex64 } from '../machine/hex';
import { KERNEL_RELEASE } from '../machine/kernel';
import type { NodeCapacity } from '../machine/load-sums';
import type { NodeConfig } from '../simulation';
import { pressureConditions } from './eviction/conditions';
import type { Pressure } from './eviction/thresholds';
import type { NodeRoom } from './pod-admission';

/** The version of Kubernetes whose behaviour is followed. */
const KUBELET_VERSION = 'v1.36.3';

const DEFAULT_CAPACITY: Readonly<Record<string, string>> = {
  cpu: '4',
  'ephemeral-storage': '100Gi',
  memory: '8Gi',
  pods: '110',
};
const MAX_IMAGES = 50;

/** What the machine has, with defaults for what is not said. */
export function capacityOf(node: NodeConfig): Record<string, string> {
  return { ...DEFAULT_CAPACITY, ...node.capacity };
}

/** How many processes a machine may have: pid_max of a Linux with up to 32 CPUs. */
const MAX_PROCESSES = 32_768;
/** What ext4 gives a file system: one inode for so many bytes. */
const BYTES_PER_INODE = 16_384;

/** What the machine has, in numbers. */
export function machineCapacity(node: NodeConfig): NodeCapacity {
  const capacity = capacityOf(node);
  const diskBytes = quantityValue(capacity['ephemeral-storage']);
  return {
    cpuMilli: quantityMilli(capacity.cpu),
    memoryBytes: quantityValue(capacity.memory),
    diskBytes,
    inodes: Math.floor(diskBytes / BYTES_PER_INODE),
    processes: MAX_PROCESSES,
  };
}

/** Labels of the Node object. */
function labelsOf(node: NodeConfig): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': node.name,
    'kubernetes.io/os': 'linux',
    ...node.labels,
  };
}

/** What the kubelet's own admission compares Pods with. */
export function nodeRoom(node: NodeConfig): NodeRoom {
  const capacity = capacityOf(node);
  return {
    cpuMilli: quantityMilli(capacity.cpu),
    memoryBytes: quantityValue(capacity.memory),
    pods: quantityValue(capacity.pods),
    labels: labelsOf(node),
  };
}

const NOT_READY =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

/** The node's conditions (`ready`: whether it is, or why not), keeping transition times of those that stay as they were. */
export function nodeConditions(
  ready: boolean | string,
  now: string,
  old: readonly NodeCondition[] = [],
  pressures: readonly Pressure[] = [],
): NodeCondition[] {
  const fresh = [
    ...pressureConditions(pressures),
    ready === true
      ? { type: 'Ready', status: 'True' as const, reason: 'KubeletReady', message: 'kubelet is posting ready status' }
      : { type: 'Ready', status: 'False' as const, reason: 'KubeletNotReady', message: ready || NOT_READY },
  ];
  const others = old.filter((condition) => !fresh.some((own) => own.type === condition.type));
  return [
    ...others,
    ...fresh.map((condition): NodeCondition => {
      const before = old.find((other) => other.type === condition.type);
      const since = before?.status === condition.status ? before.lastTransitionTime : undefined;
      return { ...condition, lastHeartbeatTime: now, lastTransitionTime: since ?? now };
    }),
  ];
}

/** The images on the node as its status lists them: the largest first, fifty at most. */
export function imageList(images: readonly NodeImage[]): ContainerImage[] {
  return [...images]
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_IMAGES)
    .map((image) => ({ names: [...image.names], sizeBytes: image.sizeBytes }));
}

/** The object a kubelet registers itself with. */
export function newNode(
  node: NodeConfig,
  where: {
    readonly address: string;
    readonly podCidr: string;
    readonly ready: boolean;
    readonly now: string;
    readonly bootId: string;
  },
): Node {
  const digits = textHex64(node.name);
  const capacity = capacityOf(node);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: labelsOf(node),
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: where.podCidr,
      podCIDRs: [where.podCidr],
      ...(node.taints?.length ? { taints: node.taints.map((taint) => ({ ...taint })) } : {}),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: where.address },
        { type: 'Hostname', address: node.name },
      ],
      allocatable: capacity,
      capacity,
      conditions: nodeConditions(where.ready, where.now),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: uuidOf(where.bootId, 8),
        containerRuntimeVersion: 'containerd://2.2.1',
        kernelVersion: KERNEL_RELEASE,
        kubeProxyVersion: '',
        kubeletVersion: KUBELET_VERSION,
        machineID: digits.slice(0, 32),
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 13 (trixie)',
        systemUUID: uuidOf(digits, 32),
      },
    },
  };
}

/** A UUID made of 32 of the digits. */
export function uuidOf(digits: string, from: number): string {
  const text = `${digits}${digits}`.slice(from, from + 32);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

/** The files that a node has from the beginning in its folder of static Pods: one for each Pod, by its name. */
export function manifestFiles({ staticPods = [] }: NodeConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(staticPods.map((pod) => [`${pod.metadata.name}.json`, JSON.stringify(pod)]));
}
