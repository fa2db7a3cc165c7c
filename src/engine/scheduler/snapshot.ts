/**
 * The scheduler's picture of the cluster: nodes with the Pods on them (bound, or assumed by itself), kept up to date
 * change by change. Everything in it follows from the delivered Nodes, Pods and the assumed placements, so it can be
 * rebuilt from them at any time and then holds the same; nothing here depends on the order in which changes came.
 * Counts over Pods ("how many match this selector, per node") are kept per question once it was asked.
 * Follows pkg/scheduler/backend/cache/{cache,snapshot,node_tree}.go. Zones and the nodes in them are visited by name
 * (upstream: in the order in which they appeared).
 */
import type { Node } from '../api/types';
import {
  addPodToNode,
  allocatableOf,
  type NodeInfo,
  newNodeInfo,
  type ReadyNodeInfo,
  removePodFromNode,
} from './node-info';
import { countPod, newPodCounts, type PodCounts } from './pod-counts';
import type { PlacedPod } from './pod-info';
import { newResource } from './resources';

/** The picture. */
export interface Snapshot {
  readonly nodes: Map<string, NodeInfo>;
  /** Where each Pod is, by key. */
  readonly placements: Map<string, { readonly nodeName: string; readonly pod: PlacedPod }>;
  /** Which nodes have an image. */
  readonly images: Map<string, Set<string>>;
  readonly counts: PodCounts;
  /** Nodes in the order of visits; undefined when it has to be made anew. */
  order: readonly ReadyNodeInfo[] | undefined;
}

/** A snapshot of no Nodes. */
export function newSnapshot(): Snapshot {
  return {
    nodes: new Map(),
    placements: new Map(),
    images: new Map(),
    counts: newPodCounts(),
    order: undefined,
  };
}

function zoneOf(node: Node): string {
  const labels = node.metadata.labels ?? {};
  const zone = labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';
  const region = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '';
  return zone || region ? `${region}\n${zone}` : '';
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** One node of each zone in turn, until all zones are exhausted. */
function roundRobin(nodes: readonly ReadyNodeInfo[]): readonly ReadyNodeInfo[] {
  const zones = new Map<string, ReadyNodeInfo[]>();
  for (const info of [...nodes].sort(byName)) {
    const zone = zoneOf(info.node);
    const members = zones.get(zone);
    if (members) members.push(info);
    else zones.set(zone, [info]);
  }
  const columns = [...zones.keys()].sort().map((zone) => zones.get(zone) as ReadyNodeInfo[]);
  const order: ReadyNodeInfo[] = [];
  for (let row = 0; order.length < nodes.length; row++) {
    for (const column of columns) if (row < column.length) order.push(column[row] as ReadyNodeInfo);
  }
  return order;
}

/** All nodes, in the order in which filters visit them. */
export function nodesInOrder(snapshot: Snapshot): readonly ReadyNodeInfo[] {
  snapshot.order ??= roundRobin([...snapshot.nodes.values()].filter((info) => info.node) as ReadyNodeInfo[]);
  return snapshot.order;
}

function forgetImages(snapshot: Snapshot, info: NodeInfo): void {
  for (const name of info.images.keys()) {
    const nodes = snapshot.images.get(name);
    nodes?.delete(info.name);
    if (nodes?.size === 0) snapshot.images.delete(name);
  }
  info.images.clear();
}

function noteImages(snapshot: Snapshot, info: NodeInfo, node: Node): void {
  for (const image of node.status?.images ?? []) {
    for (const name of image.names ?? []) {
      let nodes = snapshot.images.get(name);
      if (!nodes) {
        nodes = new Set();
        snapshot.images.set(name, nodes);
      }
      nodes.add(info.name);
      info.images.set(name, { sizeBytes: image.sizeBytes ?? 0, nodes });
    }
  }
}

function nodeInfoOf(snapshot: Snapshot, name: string): NodeInfo {
  let info = snapshot.nodes.get(name);
  if (!info) {
    info = newNodeInfo(name);
    snapshot.nodes.set(name, info);
  }
  return info;
}

/** Takes in a node as it is now. */
export function setNode(snapshot: Snapshot, node: Node): void {
  const info = nodeInfoOf(snapshot, node.metadata.name);
  const before = info.node;
  info.node = node;
  if (!before || zoneOf(before) !== zoneOf(node)) snapshot.order = undefined;
  if (!before || before.status?.allocatable !== node.status?.allocatable) {
    info.allocatable = allocatableOf(node);
  }
  if (before?.status?.images !== node.status?.images) {
    forgetImages(snapshot, info);
    noteImages(snapshot, info, node);
  }
}

/** Forgets a node; its Pods stay counted until they go. */
export function removeNode(snapshot: Snapshot, name: string): void {
  const info = snapshot.nodes.get(name);
  if (!info) return;
  info.node = undefined;
  info.allocatable = newResource();
  forgetImages(snapshot, info);
  if (info.pods.size === 0) snapshot.nodes.delete(name);
  snapshot.order = undefined;
}

/** Takes a Pod out. */
export function removePod(snapshot: Snapshot, key: string): void {
  const placement = snapshot.placements.get(key);
  if (!placement) return;
  snapshot.placements.delete(key);
  const info = snapshot.nodes.get(placement.nodeName);
  if (info) {
    removePodFromNode(info, placement.pod);
    if (info.pods.size === 0 && !info.node) snapshot.nodes.delete(info.name);
  }
  countPod(snapshot.counts, placement.pod, placement.nodeName, -1);
}

/** Puts a Pod on a node, in place of what was known of it. */
export function placePod(snapshot: Snapshot, pod: PlacedPod, nodeName: string): void {
  removePod(snapshot, pod.key);
  snapshot.placements.set(pod.key, { nodeName, pod });
  addPodToNode(nodeInfoOf(snapshot, nodeName), pod);
  countPod(snapshot.counts, pod, nodeName, 1);
}
