/**
 * The rules of a node as they are looked up: by address and port, each port of a Service with where its packets go. Made of what kube-proxy
 * programmed, kept while that is the same.
 * Follows syncProxyRules of pkg/proxy/iptables/proxier.go: what is rejected, what is dropped, which endpoints each way leads to.
 */
import type { Endpoint, EndpointSlice, Service, ServicePort } from '../../api/types';
import type { KernelNetwork, ProxyMode, ServiceRules } from '../../machine/packet-rules';
import { parseAddress } from '../../machine/pod-ip';
import type { MachineContext } from '../../machine/records';
import { categorize, type Viewpoint } from './endpoints';

/** One endpoint as a destination. */
export interface Destination {
  /** `address:port`. */
  readonly key: string;
  readonly address: string;
  readonly numeric: number;
  readonly port: number;
  readonly node: string | undefined;
  readonly podUid: string | undefined;
  /** `Pod shop/web-x`, or the address. */
  readonly label: string;
}

/** Where packets go on one way: to one of these, answered with a refusal, or nowhere. */
export type Verdict = readonly Destination[] | 'reject' | 'drop';

/** The rules of one port of a Service. */
export interface PortRules {
  /** Names it: Service and port. */
  readonly key: string;
  /** `Service shop/web`. */
  readonly label: string;
  /** `Service shop/web (iptables)`: the station that packets pass. */
  readonly station: string;
  readonly port: number;
  /** Packets to the cluster IP. */
  readonly internal: Verdict;
  /** Packets from outside to node ports and external addresses. */
  readonly external: Verdict;
  /** The same packets from the cluster's own Pods and nodes, for which the external traffic policy does not count. */
  readonly short: Verdict;
  /** How long a client stays with an endpoint; 0: not at all. */
  readonly affinityMs: number;
  /** The step that programmed it. */
  readonly step: number;
  readonly sourceRanges: readonly string[];
}

/** Which port an address and port belong to. */
export interface Match {
  readonly service: string;
  /** By its {@link portKey}. */
  readonly port: string;
  readonly way: 'internal' | 'external';
  /** Where it came to, `10.96.0.7:80`; a port of the node's own has none. */
  readonly at?: string;
  /** It came to an address of a load balancer. */
  readonly isLoadBalancer: boolean;
}

const DEFAULT_AFFINITY_SECONDS = 10_800;

/** Load balancer addresses that nodes take for their own. Follows GetLoadBalancerVIPs: those whose mode is VIP. */
export function loadBalancerAddresses({ status }: Service): string[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode }) => (ip && ipMode !== 'Proxy' ? ip : []));
}

/** Whether the Service has addresses that nodes have rules for. */
export function isProxied({ spec }: Service): boolean {
  return (
    spec.type !== 'ExternalName' && spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None'
  );
}

/** A port as rules are looked up by it: those of other protocols are apart from TCP's. */
export const portKey = ({
  port,
  protocol = 'TCP',
}: {
  readonly port: number;
  readonly protocol?: string | undefined;
}): string => (protocol === 'TCP' ? String(port) : `${port}/${protocol}`);

function destination(endpoint: Endpoint, address: string, port: number): Destination & Endpoint {
  const { targetRef, nodeName } = endpoint;
  const isPod = targetRef?.kind === 'Pod';
  return {
    ...endpoint,
    key: `${address}:${port}`,
    address,
    numeric: parseAddress(address),
    port,
    node: nodeName,
    podUid: isPod ? targetRef.uid : undefined,
    label: isPod ? `Pod ${targetRef.namespace}/${targetRef.name}` : address,
  };
}

/** All endpoints behind a port, by address and port, each once. */
function destinationsOf(
  slices: readonly EndpointSlice[],
  { name = '', protocol = 'TCP' }: ServicePort,
): (Destination & Endpoint)[] {
  const found = new Map<string, Destination & Endpoint>();
  for (const { addressType, ports, endpoints } of slices) {
    const port = ports?.find((one) => (one.name ?? '') === name && (one.protocol ?? 'TCP') === protocol)?.port;
    if (port === undefined || addressType !== 'IPv4') continue;
    for (const endpoint of endpoints ?? []) {
      // Only the first address counts, as in pkg/proxy/endpointslicecache.go.
      const made = destination(endpoint, endpoint.addresses[0] ?? '', port);
      found.set(made.key, made);
    }
  }
  return [...found.values()].sort((a, b) => a.numeric - b.numeric || a.port - b.port);
}

function verdict(destinations: readonly Destination[], hasAny: boolean): Verdict {
  return destinations.length > 0 ? destinations : hasAny ? 'drop' : 'reject';
}

/** With internalTrafficPolicy Local. IPVS has no way to drop: it sends to whomever else it knows, and refuses when it knows nobody (syncEndpoint). */
function internalVerdict(
  mode: ProxyMode,
  local: readonly Destination[],
  cluster: readonly Destination[],
  hasAny: boolean,
): Verdict {
  return mode === 'ipvs' ? verdict(local.length > 0 ? local : cluster, false) : verdict(local, hasAny);
}

/** A node, and how it is programmed. */
interface Place {
  readonly node: string;
  readonly mode: ProxyMode;
}

function portRules(rules: ServiceRules, service: Service, port: ServicePort, { node, mode }: Place): PortRules {
  const { spec, metadata } = service;
  const isExternal =
    Boolean(port.nodePort) || Boolean(spec.externalIPs?.length) || loadBalancerAddresses(service).length > 0;
  const internalLocal = spec.internalTrafficPolicy === 'Local';
  const externalLocal = spec.externalTrafficPolicy === 'Local';
  const view: Viewpoint = { node, zone: rules.zone, internalLocal, externalLocal, isExternal };
  const { cluster, local, hasAny } = categorize(destinationsOf(rules.slices, port), view);
  const { namespace, name } = metadata;
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS;
  return {
    key: `${namespace}/${name}:${portKey(port)}`,
    label: `Service ${namespace}/${name}`,
    station: `Service ${namespace}/${name} (${mode})`,
    port: port.port,
    internal: internalLocal ? internalVerdict(mode, local, cluster, hasAny) : verdict(cluster, hasAny),
    external: verdict(externalLocal ? local : cluster, hasAny),
    short: verdict(cluster, hasAny),
    affinityMs: spec.sessionAffinity === 'ClientIP' ? timeout * 1000 : 0,
    step: rules.step,
    sourceRanges: spec.loadBalancerSourceRanges ?? [],
  };
}

/** The rules of a Service's ports on a node, by port. */
function compile(rules: ServiceRules, place: Place): ReadonlyMap<string, PortRules> {
  const { service } = rules;
  if (!service) return new Map();
  const ports = service.spec.ports ?? [];
  return new Map(ports.map((port) => [portKey(port), portRules(rules, service, port, place)]));
}

/** Matches by address ('' for a node's own ports), then by {@link portKey}. */
class Matches {
  private readonly byAddress = new Map<string, Map<string, Match>>();

  at(address: string, port: string): Match | undefined {
    return this.byAddress.get(address)?.get(port);
  }

  set(address: string, port: string, match: Omit<Match, 'at'>): void {
    const ports = this.byAddress.get(address) ?? new Map<string, Match>();
    ports.set(port, address === '' ? match : { ...match, at: `${address}:${port.split('/')[0]}` });
    this.byAddress.set(address, ports);
  }
}

function buildIndex({ services }: KernelNetwork): Matches {
  const index = new Matches();
  for (const [key, { service }] of services) {
    if (!service) continue;
    const { spec } = service;
    for (const one of spec.ports ?? []) {
      const { nodePort, protocol } = one;
      const port = portKey(one);
      const match = { service: key, port, way: 'internal', isLoadBalancer: false } as const;
      index.set(spec.clusterIP ?? '', port, match);
      for (const address of spec.externalIPs ?? []) index.set(address, port, { ...match, way: 'external' });
      for (const address of loadBalancerAddresses(service))
        index.set(address, port, { ...match, way: 'external', isLoadBalancer: true });
      if (nodePort) index.set('', portKey({ port: nodePort, protocol }), { ...match, way: 'external' });
    }
  }
  // A Service that is gone is still looked for among those of a moment ago, where no other has taken its place.
  for (const [key, { service, previous }] of services) {
    const spec = !service && previous?.service?.spec;
    if (!spec) continue;
    for (const one of spec.ports ?? []) {
      const { nodePort, protocol } = one;
      const port = portKey(one);
      const match = { service: key, port, isLoadBalancer: false };
      const own = nodePort ? portKey({ port: nodePort, protocol }) : undefined;
      if (!index.at(spec.clusterIP ?? '', port)) index.set(spec.clusterIP ?? '', port, { ...match, way: 'internal' });
      if (own !== undefined && !index.at('', own)) index.set('', own, { ...match, way: 'external' });
    }
  }
  return index;
}

/** Whether a node has a cluster IP for its own, as ipvs alone makes it: then it answers for it, on ports without a rule too. */
export function holdsClusterIp({ mode, services }: KernelNetwork, address: string): boolean {
  if (mode !== 'ipvs') return false;
  for (const { service } of services.values()) if (service?.spec.clusterIP === address) return true;
  return false;
}

/** What a node's rules say about an address, or '' for its own, and a port by its {@link portKey}. */
export function matchOf(machine: MachineContext, address: string, port: string): Match | undefined {
  const { network } = machine.memory;
  const index = machine.derived.memo('service addresses', '', [network.generation], () => buildIndex(network));
  return index.at(address, port);
}

/** Rules as they are looked up, kept while they are the same. */
export function compiledRules(
  machine: MachineContext,
  node: string,
  rules: ServiceRules,
  key: string,
): ReadonlyMap<string, PortRules> {
  const { mode } = machine.memory.network;
  return machine.derived.memo('service rules', key, [rules, mode], () => compile(rules, { node, mode }));
}
