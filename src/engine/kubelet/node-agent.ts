/**
 * The kubelet as its node's agent: registration, Lease, heartbeats, and coming back after a cut or a crash.
 * Follows pkg/kubelet/kubelet_node_status.go (status every 10 s if it changed, else every 5 min) and component-helpers/apimachinery/lease
 * (renewed every 10 s, good for 40 s). Nodes present at time 0 have been running before, so they join Ready and without start-up Events;
 * podCIDR is known beforehand (node-places.ts) in place of the node IPAM controller.
 */

import { deepEqual } from '../api/plain';
import { isReason } from '../api/status-error';
import type { Lease, Node } from '../api/types';
import { type AddressBlock, formatBlock, parseBlock } from '../machine/pod-ip';
import { ignoreRefusal, isOffline, type Kubelet } from './api-writes';
import { keepCsiNode, registerDrivers } from './csi-node';
import { hasChanged, tellPressures, tellReady } from './eviction/conditions';
import { lookAround } from './eviction/handlers';
import { noteInUse, volumesInUse } from './mounting';
import { capacityOf, imageList, newNode, nodeConditions, uuidOf } from './node-object';

const HEARTBEAT_MS = 10_000;
/** The client for heartbeats gives up after one round. */
const HEARTBEAT_CLIENT = { timeoutMs: HEARTBEAT_MS } as const;
/** Its reads are served by the watch cache. */
const CACHED = { resourceVersion: '0' } as const;
/** Why the node is not ready while it shuts down. */
const SHUTTING_DOWN = 'node is shutting down';
const REPORT_MS = 300_000;
/** From registration until the network plugin of a node that joins later is there. */
const NETWORK_READY_MS = 1000;
const LEASE_NAMESPACE = 'kube-node-lease';
const LEASE_SECONDS = 40;
const NOT_READY_TAINT = 'node.kubernetes.io/not-ready';

/** Registers the node, or takes up the object that is there already. */
export function registerNode(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  const { memory } = context;
  if (isOffline(kubelet)) {
    context.after(1000, 'register', '');
    return;
  }
  const atStart = context.nowMs === 0;
  const existing = context.client.find<Node>('Node', undefined, node.name);
  const isBoot = existing !== undefined && hasBooted(kubelet, existing);
  if (isBoot) context.say('boot', existing, `Node ${node.name} has booted again; its containers are started anew`);
  /** What a person has written before any kubelet reported is not a node that has been running. */
  const isKnown = Boolean(existing?.status.nodeInfo?.kubeletVersion);
  if (!existing) createNode(kubelet, atStart);
  else if (isKnown) adoptNode(kubelet, existing);
  else completeNode(kubelet, existing);
  keepCsiNode(kubelet);
  memory.registered = true;
  // What runs already from the manifest folder gets its mirrors now (fastStaticPodsRegistration of pkg/kubelet/kubelet.go).
  if (memory.statics.length > 0) context.after(0, 'statics', '');
  memory.ready = atStart || isKnown;
  renewLease(kubelet);
  context.after(HEARTBEAT_MS, 'heartbeat', '');
  if (existing && isKnown) {
    announce(kubelet, existing);
    if (isBoot) reportReboot(kubelet, existing);
    else reportStatus(kubelet, existing);
  }
  if (!memory.ready) context.after(NETWORK_READY_MS, 'network-ready', '');
}

function adoptNode({ context, runtime }: Kubelet, existing: Node): void {
  const { memory } = context;
  if (existing.spec.podCIDR) runtime.setPodCidr(parseBlock(existing.spec.podCIDR));
  memory.nodeAddress = existing.status.addresses?.find((address) => address.type === 'InternalIP')?.address ?? '';
}

/** Its own Node, and what the machine is told for it. */
function ownNode({ context, node, place, runtime }: Kubelet, block: AddressBlock, ready: boolean): Node {
  const { memory, now } = context;
  runtime.setPodCidr(block);
  memory.nodeAddress = place.address;
  const podCidr = formatBlock(block);
  return newNode(node, { address: place.address, podCidr, ready, now, bootId: runtime.bootId });
}

/** Its Node was there before any kubelet of that name: it gets what is missing, as the first status update does (setters.go). */
function completeNode(kubelet: Kubelet, existing: Node): void {
  const { context, node, place } = kubelet;
  const { podCIDR } = existing.spec;
  const own = ownNode(kubelet, podCIDR ? parseBlock(podCIDR) : place.block, false);
  context.say('register', existing, `Node ${node.name} joined the cluster; it is not ready yet`);
  const labels = { ...own.metadata.labels, ...existing.metadata.labels };
  const labelled = context.client.update<Node>({ ...existing, metadata: { ...existing.metadata, labels } });
  context.client.updateStatus<Node>({ ...labelled, status: own.status });
  context.memory.reportedMs = context.nowMs;
  announce(kubelet, labelled);
}

function createNode(kubelet: Kubelet, atStart: boolean): void {
  const { context, node, place } = kubelet;
  const { memory } = context;
  const wanted = ownNode(kubelet, place.block, atStart);
  context.say('register', wanted, `Node ${node.name} joined the cluster${atStart ? '' : '; it is not ready yet'}`);
  const created = context.client.create<Node>(wanted);
  const stored = created.status?.conditions
    ? created
    : context.client.updateStatus({ ...created, status: wanted.status });
  memory.reportedMs = context.nowMs;
  if (atStart) removeStartTaint(kubelet, stored);
  else announce(kubelet, stored);
}

/** Admission taints every new node as not ready; one that has been running all along has lost that taint. */
function removeStartTaint({ context }: Kubelet, node: Node): void {
  const taints = node.spec.taints?.filter((taint) => taint.key !== NOT_READY_TAINT);
  if (taints?.length === node.spec.taints?.length) return;
  const { taints: _taints, ...spec } = node.spec;
  context.client.update<Node>({ ...node, spec: taints?.length ? { ...spec, taints } : spec });
}

function announce({ context }: Kubelet, node: Node): void {
  const { name } = node.metadata;
  context.events.record(node, 'Normal', 'Starting', 'Starting kubelet.');
  for (const reason of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID']) {
    context.events.record(node, 'Normal', reason, `Node ${name} status is now: ${reason}`);
  }
  context.events.record(node, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
}

/** The network plugin of a new node works: it is ready. */
export function networkReady(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  context.memory.ready = true;
  const existing = isOffline(kubelet) ? undefined : context.client.find<Node>('Node', undefined, node.name);
  if (!existing) return;
  context.say('update-status', existing, `Node ${node.name} is ready`);
  reportStatus(kubelet, existing);
}

/** The ten-second round. Where the node may be short of something, that is looked at first. */
export function heartbeat(kubelet: Kubelet): void {
  if (lookAround(kubelet)) kubelet.context.after(0, 'beat', '');
  else beat(kubelet);
}

/** Lease, and status if something changed. */
export function beat(kubelet: Kubelet): void {
  if (!isOffline(kubelet)) sendHeartbeat(kubelet);
  kubelet.context.after(kubelet.context.elapsedMs + HEARTBEAT_MS, 'heartbeat', '');
}

/** Tells the API server that the node is alive, and what changed. */
export function sendHeartbeat(kubelet: Kubelet): void {
  const { context, node } = kubelet;
  const { memory } = context;
  ignoreRefusal(() => {
    renewLease(kubelet);
    const existing = context.client.find<Node>('Node', undefined, node.name, CACHED);
    if (!existing) return;
    registerDrivers(kubelet);
    const ready = existing.status.conditions?.find((condition) => condition.type === 'Ready');
    const stale = ready?.status !== (memory.ready ? 'True' : 'False');
    const due = context.nowMs - memory.reportedMs >= REPORT_MS;
    const inUse = toldInUse(kubelet, existing);
    const moved = !deepEqual(inUse, existing.status.volumesInUse ?? []);
    const pressed = hasChanged(existing.status.conditions, memory.eviction.pressures);
    const resized = !isMeasured(kubelet, existing);
    if (stale || due || moved || pressed || resized || memory.imagesChanged) reportStatus(kubelet, existing, inUse);
    noteInUse(kubelet, inUse);
    tellSchedulable(kubelet, existing);
  });
}

/** What the node has, with what people say that it has beside that: all of it may be given to Pods. */
const measured = ({ node }: Kubelet, { status }: Node): Record<string, string> => ({
  ...status.capacity,
  ...capacityOf(node),
});

function isMeasured(kubelet: Kubelet, existing: Node): boolean {
  const { capacity, allocatable } = existing.status;
  const own = measured(kubelet, existing);
  return deepEqual(own, capacity) && deepEqual(own, allocatable);
}

/** What the status is to say of volumes: as before, until the kubelet knows what it has (ReconcilerStatesHasBeenSynced). */
function toldInUse(kubelet: Kubelet, { status }: Node): readonly string[] {
  const { relisted, pods } = kubelet.context.memory;
  return relisted || pods.size > 0 ? volumesInUse(kubelet) : (status.volumesInUse ?? []);
}

function reportStatus(kubelet: Kubelet, existing: Node, inUse = toldInUse(kubelet, existing)): void {
  const { context, runtime } = kubelet;
  const { memory } = context;
  const { volumesInUse: _before, ...status } = existing.status;
  const capacity = measured(kubelet, existing);
  const conditions = nodeConditions(
    memory.shutdown ? SHUTTING_DOWN : memory.ready,
    context.now,
    existing.status.conditions,
    memory.eviction.pressures,
  );
  tellPressures(kubelet, existing, conditions);
  tellReady(kubelet, existing, conditions);
  const images = memory.imagesChanged ? { images: imageList(runtime.listImages()) } : {};
  context.client.updateStatus<Node>(
    {
      ...existing,
      status: {
        ...status,
        capacity,
        allocatable: capacity,
        conditions,
        ...images,
        ...(inUse.length > 0 ? { volumesInUse: [...inUse] } : {}),
      },
    },
    HEARTBEAT_CLIENT,
  );
  memory.reportedMs = context.nowMs;
  memory.imagesChanged = false;
}

/** People have closed the node to Pods that are to be placed, or opened it again. */
function tellSchedulable({ context, node }: Kubelet, existing: Node): void {
  const { memory } = context;
  const isClosed = existing.spec.unschedulable === true;
  if (memory.isClosed === isClosed) return;
  memory.isClosed = isClosed;
  const event = isClosed ? 'NodeNotSchedulable' : 'NodeSchedulable';
  context.events.record(existing, 'Normal', event, `Node ${node.name} status is now: ${event}`);
}

function renewLease({ context, node }: Kubelet): void {
  const { client } = context;
  const existing = client.find<Lease>('Lease', LEASE_NAMESPACE, node.name, CACHED);
  context.memory.leasedMs = context.nowMs;
  context.say('renew', existing, `Node ${node.name} is alive: renewed its Lease`);
  if (existing) {
    client.update<Lease>({ ...existing, spec: { ...existing.spec, renewTime: context.nowMicro } }, HEARTBEAT_CLIENT);
    return;
  }
  const owner = client.find<Node>('Node', undefined, node.name);
  const references = owner?.metadata.uid
    ? { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node.name, uid: owner.metadata.uid }] }
    : {};
  try {
    client.create<Lease>({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: node.name, namespace: LEASE_NAMESPACE, ...references },
      spec: { holderIdentity: node.name, leaseDurationSeconds: LEASE_SECONDS, renewTime: context.nowMicro },
    });
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
  }
}

/** Whether the machine has been off since the node last reported. */
function hasBooted({ runtime }: Kubelet, existing: Node): boolean {
  const { nodeInfo } = existing.status;
  return nodeInfo !== undefined && nodeInfo.bootID !== uuidOf(runtime.bootId, 8);
}

/** The machine has come up again after a crash: another boot ID, and people are told. */
function reportReboot(kubelet: Kubelet, existing: Node): void {
  const { context, node, runtime } = kubelet;
  if (!existing.status.nodeInfo) return;
  const bootID = uuidOf(runtime.bootId, 8);
  context.events.record(existing, 'Warning', 'Rebooted', `Node ${node.name} has been rebooted, boot id: ${bootID}`);
  const nodeInfo = { ...existing.status.nodeInfo, bootID };
  reportStatus(kubelet, { ...existing, status: { ...existing.status, nodeInfo } });
}
