/**
 * What the kernel of a node does with packets for Services: the rules that its kube-proxy has programmed, which outlive the process that
 * programmed them, and what the kernel itself keeps: whose turn it is and who was sent where. A rule keeps the one it replaced for some
 * seconds, since requests are counted in retrospect.
 */
import type { EndpointSlice, Service } from '../api/types';
import { type Dated, remembered, stateAt } from '../client/past';

/** How kube-proxy programs a node. */
export type ProxyMode = 'iptables' | 'ipvs' | 'nftables';

/** How long what was is remembered, so that a request of a moment ago is sent as it would have been then. */
export const RETROSPECT_MS = 10_000;

/** The rules of one Service from a moment on. */
export interface ServiceRules extends Dated<ServiceRules> {
  /** The step that programmed them. */
  readonly step: number;
  /** Undefined: the rules were taken away. */
  readonly service: Service | undefined;
  readonly slices: readonly EndpointSlice[];
  /** The zone that the node was known to be in. */
  readonly zone: string;
}

/** Where a client was sent last. */
export interface Affinity {
  /** `address:port` of the endpoint. */
  readonly endpoint: string;
  readonly atMs: number;
}

/** What IPVS knows of the connections of a port of a Service. */
export interface Turns {
  /** The endpoint that had the last turn. */
  readonly last: string;
  /** Connections that are remembered, how many by endpoint and by when they are forgotten, to some seconds. */
  readonly counts: readonly (readonly [endpoint: string, forgottenMs: number, count: number])[];
  /** Connections that last, with their ends. */
  readonly open: readonly (readonly [endpoint: string, untilMs: number])[];
}

/** The network part of a machine's memory. */
export interface KernelNetwork {
  /** By key of the Service. */
  readonly services: Map<string, ServiceRules>;
  /** By Service, port and client. */
  readonly affinities: Map<string, Affinity>;
  /** By Service and port. */
  readonly turns: Map<string, Turns>;
  /** Counts the changes of `services`. */
  generation: number;
  mode: ProxyMode;
  /** Of IPVS. */
  scheduler: string;
}

/** A kernel that nobody has programmed. */
export function newKernelNetwork(): KernelNetwork {
  return {
    services: new Map(),
    affinities: new Map(),
    turns: new Map(),
    generation: 0,
    mode: 'iptables',
    scheduler: 'rr',
  };
}

/** The rules that were in force at a moment, if any were. */
export function rulesAt(latest: ServiceRules | undefined, atMs: number): ServiceRules | undefined {
  const rules = stateAt(latest, atMs);
  return rules?.service ? rules : undefined;
}

/** Puts rules in place of others. */
export function program(network: KernelNetwork, key: string, rules: Omit<ServiceRules, 'previous'>): void {
  const previous = remembered(network.services.get(key), rules.fromMs - RETROSPECT_MS);
  network.services.set(key, previous ? { ...rules, previous } : rules);
  network.generation++;
}

/** Forgets rules that were taken away long ago. */
export function forgetOldRules(network: KernelNetwork, nowMs: number): void {
  for (const [key, { service, fromMs }] of network.services) {
    if (service || fromMs > nowMs - RETROSPECT_MS) continue;
    network.services.delete(key);
    network.generation++;
  }
}

/** The power is gone, and with it all that the kernel knew. */
export function forgetAll(network: KernelNetwork, nowMs: number, step: number): void {
  for (const key of [...network.services.keys()])
    program(network, key, { fromMs: nowMs, step, service: undefined, slices: [], zone: '' });
  network.affinities.clear();
  network.turns.clear();
}
