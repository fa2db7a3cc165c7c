/**
 * Cluster DNS: what CoreDNS with the kubernetes plugin knows, through its own watches, and answers under 10.96.0.10. It is part of the world
 * beside the cluster's objects, as a cluster of kubeadm's has it under kube-system.
 * Follows coredns plugin/kubernetes (controller.go). Simplified: it has no Pods, Service or ConfigMap of its own and is never slow.
 */
import type { EndpointSlice, Service } from '../../api/types';
import type { Component, Context, Memory, WatchEvent } from '../../client/component';
import { serviceOfSlice } from '../../client/indexers';
import { type Dated, remembered, stateAt } from '../../client/past';
import { RETROSPECT_MS } from '../../machine/packet-rules';

/** The component's name. */
export const CLUSTER_DNS = 'coredns';
/** The address of the kube-dns Service. */
export const CLUSTER_DNS_ADDRESS = '10.96.0.10';

/** What is known of a Service from a moment on. */
export interface DnsEntry extends Dated<DnsEntry> {
  readonly service: Service | undefined;
  readonly slices: readonly EndpointSlice[];
  /** The step that brought it about. */
  readonly step: number;
}

/** What cluster DNS remembers. */
export interface DnsMemory extends Memory {
  /** By key of the Service. */
  readonly services: Map<string, DnsEntry>;
  /** Services by cluster IP. */
  readonly byAddress: Map<string, string>;
  /** Counts what was learned, and says when that was last. */
  generation: number;
  learnedMs: number;
}

function learn({ memory, lister, nowMs }: Context<DnsMemory>, key: string, step: number): void {
  memory.generation++;
  memory.learnedMs = nowMs;
  const service = lister.byKey<Service>('Service', key);
  const slices = service ? lister.byIndex<EndpointSlice>('EndpointSlice', 'service', key) : [];
  const before = remembered(memory.services.get(key), nowMs - RETROSPECT_MS);
  memory.services.set(key, { fromMs: nowMs, service, slices, step, ...(before ? { previous: before } : {}) });
  const { clusterIP } = service?.spec ?? {};
  if (clusterIP && clusterIP !== 'None') memory.byAddress.set(clusterIP, key);
}

function onSlice(context: Context<DnsMemory>, { value, previous, step }: WatchEvent): void {
  for (const slice of [value, previous]) {
    const key = slice && serviceOfSlice(slice);
    if (!key) continue;
    learn(context, key, step);
    return;
  }
}

/** What was known of a Service at a moment. */
export function entryAt(memory: DnsMemory, key: string, atMs: number): DnsEntry | undefined {
  const entry = stateAt(memory.services.get(key), atMs);
  return entry?.service ? entry : undefined;
}

const component: Component<DnsMemory> = {
  name: CLUSTER_DNS,
  process: 'coredns',
  watches: [
    { kind: 'Service', on: (context, { key, step }) => learn(context, key, step) },
    { kind: 'EndpointSlice', on: onSlice },
  ],
  initial: () => ({ services: new Map(), byAddress: new Map(), generation: 0, learnedMs: 0 }),
  handle: () => undefined,
};

/** See the header. */
export const clusterDns = component as unknown as Component;
