/**
 * What the scheduler keeps of each node: what it can give, what is given out, which host ports are taken and which
 * images are there. Changed in place as Pods come and go; nothing outside this folder holds one.
 * Follows pkg/scheduler/framework/types.go (NodeInfo, HostPortInfo).
 */
import type { Node } from '../api/types';
import type { HostPort, PlacedPod } from './pod-info';
import { accumulate, cloneResource, newResource, type Resource, resourceOfList } from './resources';

/** An image on a node, and all nodes that have it. */
export interface ImageState {
  readonly sizeBytes: number;
  readonly nodes: ReadonlySet<string>;
}

/** One node. */
export interface NodeInfo {
  readonly name: string;
  /** The node as last delivered; undefined while only Pods of it are known. */
  node: Node | undefined;
  readonly pods: Map<string, PlacedPod>;
  readonly requested: Resource;
  /** CPU and memory given out, with the defaults that scores count. */
  readonly nonZeroRequested: { milliCPU: number; memory: number };
  allocatable: Resource;
  /** By `TCP/8080`: how many Pods hold it on each address. */
  readonly usedPorts: Map<string, Map<string, number>>;
  /** By image name. */
  readonly images: Map<string, ImageState>;
}

/** A node of which the Node object is known. */
export interface ReadyNodeInfo extends NodeInfo {
  node: Node;
}

/** A Node without Pods. */
export function newNodeInfo(name: string): NodeInfo {
  return {
    name,
    node: undefined,
    pods: new Map(),
    requested: newResource(),
    nonZeroRequested: { milliCPU: 0, memory: 0 },
    allocatable: newResource(),
    usedPorts: new Map(),
    images: new Map(),
  };
}

/** What a node says it can give to Pods. */
export function allocatableOf(node: Node): Resource {
  return resourceOfList(node.status?.allocatable ?? {});
}

function countPort(info: NodeInfo, port: HostPort, sign: 1 | -1): void {
  let byAddress = info.usedPorts.get(port.port);
  if (!byAddress) {
    byAddress = new Map();
    info.usedPorts.set(port.port, byAddress);
  }
  const count = (byAddress.get(port.ip) ?? 0) + sign;
  if (count > 0) byAddress.set(port.ip, count);
  else byAddress.delete(port.ip);
  if (byAddress.size === 0) info.usedPorts.delete(port.port);
}

function count(info: NodeInfo, pod: PlacedPod, sign: 1 | -1): void {
  accumulate(info.requested, pod.requests, sign);
  info.nonZeroRequested.milliCPU += sign * pod.nonZero.milliCPU;
  info.nonZeroRequested.memory += sign * pod.nonZero.memory;
  for (const port of pod.hostPorts) countPort(info, port, sign);
}

/** Adds a Pod to a node's sums. */
export function addPodToNode(info: NodeInfo, pod: PlacedPod): void {
  info.pods.set(pod.key, pod);
  count(info, pod, 1);
}

/** Takes a Pod out of a node's sums. */
export function removePodFromNode(info: NodeInfo, pod: PlacedPod): void {
  if (info.pods.delete(pod.key)) count(info, pod, -1);
}

/** A copy to try things on. Images are shared: no trial changes them. */
export function cloneNodeInfo<N extends NodeInfo>(info: N): N {
  return {
    ...info,
    pods: new Map(info.pods),
    requested: cloneResource(info.requested),
    nonZeroRequested: { ...info.nonZeroRequested },
    usedPorts: new Map([...info.usedPorts].map(([port, byAddress]) => [port, new Map(byAddress)])),
  };
}

/** Whether a wanted host port collides with one in use. */
export function portConflicts(info: NodeInfo, wanted: HostPort): boolean {
  const byAddress = info.usedPorts.get(wanted.port);
  if (!byAddress) return false;
  return wanted.ip === '0.0.0.0' || byAddress.has('0.0.0.0') || byAddress.has(wanted.ip);
}
