/**
 * kube-proxy of one node: hears of Services and EndpointSlices through its own watches and programs the node's kernel, at most once in its
 * minimal sync period. The rules lie in the kernel (machine/packet-rules.ts), so they stay when this process is down.
 * Follows pkg/proxy/{iptables,ipvs,nftables}/proxier.go, pkg/proxy/runner, pkg/proxy/node.go. Writes nothing to the API server. Simplified:
 * programming takes no time; a sync that would alter nothing leaves no step; only IPv4; nothing here speaks SCTP, whose ports have rules all the same.
 */
import { parseDuration } from '../../api/duration';
import { keyOf, splitKey } from '../../api/meta';
import type { EndpointSlice, Node, Service } from '../../api/types';
import type { Component, Context, Memory, ObjectReference, WatchEvent } from '../../client/component';
import { serviceOfSlice } from '../../client/indexers';
import {
  forgetOldRules,
  type KernelNetwork,
  type ProxyMode,
  program,
  type ServiceRules,
} from '../../machine/packet-rules';
import type { MachineMemory } from '../../machine/records';
import { isProxied } from './compiled';
import { type Difference, differenceOf, sentence } from './difference';

const DEFAULT_MIN_SYNC_MS = 1000;
const ZONE = 'topology.kubernetes.io/zone';
const PROXY_NAME = 'service.kubernetes.io/service-proxy-name';

/** The name of a node's kube-proxy. */
const proxyName = (node: string): string => `kube-proxy/${node}`;

interface ProxyMemory extends Memory {
  /** Keys of Services that may need other rules. */
  readonly pending: Set<string>;
  /** When a sync is due; -1: none is. */
  dueMs: number;
  lastSyncMs: number;
  isRunning: boolean;
  /** The node's zone, as it is known. */
  zone: string;
}

type ProxyContext = Context<ProxyMemory>;

function modeOf({ flag }: ProxyContext): ProxyMode {
  const mode = flag('proxy-mode') ?? flag('mode');
  return mode === 'ipvs' || mode === 'nftables' ? mode : 'iptables';
}

function minSyncMs(context: ProxyContext): number {
  const mode = modeOf(context);
  const parsed = parseDuration(context.flag(`${mode}-min-sync-period`) ?? '');
  if ('ms' in parsed) return parsed.ms;
  return mode === 'ipvs' ? 0 : DEFAULT_MIN_SYNC_MS;
}

function kernelOf(context: ProxyContext): KernelNetwork {
  return (context.machine.memory as MachineMemory).network;
}

function requestSync(context: ProxyContext): void {
  const { memory, nowMs } = context;
  if (!memory.isRunning || memory.dueMs >= 0) return;
  memory.dueMs = Math.max(nowMs, memory.lastSyncMs + minSyncMs(context));
  context.after(memory.dueMs - nowMs, 'sync', '');
}

/** A Service may need other rules. */
function note(context: ProxyContext, key: string): void {
  context.memory.pending.add(key);
  requestSync(context);
}

function onSlice(context: ProxyContext, { value, previous }: WatchEvent): void {
  for (const slice of [value, previous]) {
    const service = slice && serviceOfSlice(slice);
    if (service) note(context, service);
  }
}

function zoneOf({ lister }: ProxyContext, node: string): string {
  return lister.get<Node>('Node', undefined, node)?.metadata.labels?.[ZONE] ?? '';
}

/** The node's zone decides which hints are meant for it. */
function onNode(context: ProxyContext, node: string): void {
  const { memory } = context;
  const zone = zoneOf(context, node);
  if (zone === memory.zone) return;
  memory.zone = zone;
  for (const key of kernelOf(context).services.keys()) memory.pending.add(key);
  requestSync(context);
}

/** Runs for the first time, or again: everything there is may have to be programmed. */
function start(context: ProxyContext, node: string): void {
  const { memory, lister } = context;
  const kernel = kernelOf(context);
  kernel.mode = modeOf(context);
  kernel.scheduler = context.flag('ipvs-scheduler') ?? 'rr';
  memory.isRunning = true;
  memory.zone = zoneOf(context, node);
  for (const service of lister.list<Service>('Service')) memory.pending.add(keyOf(service));
  for (const key of kernel.services.keys()) memory.pending.add(key);
  sync(context, node);
  // One that has been running before does not wait for what is made first.
  if (context.nowMs === 0) memory.lastSyncMs = -1e9;
}

function desired({ lister, memory }: ProxyContext, key: string): Pick<ServiceRules, 'service' | 'slices' | 'zone'> {
  const service = lister.byKey<Service>('Service', key);
  const isMine = service && isProxied(service) && service.metadata.labels?.[PROXY_NAME] === undefined;
  if (!isMine) return { service: undefined, slices: [], zone: memory.zone };
  return { service, slices: lister.byIndex<EndpointSlice>('EndpointSlice', 'service', key), zone: memory.zone };
}

/** Programs what has changed. */
function sync(context: ProxyContext, node: string): void {
  const { memory, nowMs } = context;
  memory.dueMs = -1;
  memory.lastSyncMs = nowMs;
  const kernel = kernelOf(context);
  const changed: { key: string; difference: Difference }[] = [];
  for (const key of [...memory.pending].sort()) {
    const before = kernel.services.get(key);
    const after = desired(context, key);
    if (!before && !after.service) continue;
    const difference = differenceOf(before, after);
    if (!difference) continue;
    program(kernel, key, { ...after, fromMs: nowMs, step: context.step });
    // The API server's own Service is there in every cluster.
    if (key !== 'default/kubernetes') changed.push({ key, difference });
  }
  memory.pending.clear();
  forgetOldRules(kernel, nowMs);
  const [first] = changed;
  if (!first) return;
  const service = context.lister.byKey<Service>('Service', first.key) ?? gone(first.key);
  context.say('sync', service, sentence(node, changed));
}

function gone(key: string): ObjectReference {
  return { apiVersion: 'v1', kind: 'Service', ...splitKey(key), uid: '', resourceVersion: '' };
}

/** Makes the kube-proxy of a node. */
export function createKubeProxy(node: string, machine: string): Component {
  const component: Component<ProxyMemory> = {
    name: proxyName(node),
    process: 'kube-proxy',
    node,
    machine,
    watches: [
      { kind: 'Service', on: (context, { key }) => note(context, key) },
      { kind: 'EndpointSlice', on: onSlice },
      { kind: 'Node', on: (context) => onNode(context, node), of: node },
    ],
    wakes: [
      { kind: 'Service', relation: 'watches' },
      { kind: 'EndpointSlice', relation: 'watches' },
    ],
    initial: () => ({ pending: new Set(), dueMs: -1, lastSyncMs: -DEFAULT_MIN_SYNC_MS, isRunning: false, zone: '' }),
    start: (context) => start(context, node),
    handle: (context, { kind }) => {
      if (kind === 'sync') sync(context, node);
    },
  };
  return component as unknown as Component;
}
