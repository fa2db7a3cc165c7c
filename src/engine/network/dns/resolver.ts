/**
 * How a name is looked up by whoever asks: hosts file, resolv.conf with its search path and ndots, then cluster DNS or the servers of the node.
 * Follows pkg/kubelet/network/dns/dns.go (GetPodDNS) and the resolvers of glibc and musl. Servers outside the cluster know the nodes' names and
 * nothing else; nothing is cached by clients.
 */
import type { Pod, PodDNSConfigOption } from '../../api/types';
import { type ActiveFault, faultsAt } from '../../client/environment';
import { stateAt } from '../../client/past';
import { podNames } from '../../machine/pod-hostname';
import { isAddress, type Network } from '../plan';
import { CLUSTER_DNS, CLUSTER_DNS_ADDRESS, type DnsMemory } from './cluster-dns';
import { clusterAnswer, type DnsAnswer, serviceKey, ZONE } from './records';

/** The way a sender looks up names. */
export interface ResolverConfig {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly ndots: number;
  /** All options as they are written, `ndots:5` among them. */
  readonly options: readonly string[];
}

/** What a lookup comes to. */
export type Lookup =
  | {
      readonly kind: 'found';
      readonly name: string;
      readonly aliases: readonly string[];
      readonly addresses: readonly string[];
    }
  | {
      /** Aliases end with the name that has no address. */ readonly kind: 'nxdomain' | 'nodata';
      readonly aliases: readonly string[];
    }
  /** No server answered. */
  | { readonly kind: 'silent'; readonly because: string; readonly cause: number | null };

/** The servers of a node's own resolv.conf. */
const NODE_SERVER = '192.168.0.1';
const MOST_ALIASES = 8;

/** resolv.conf of a node, and of everybody who has none of its own. */
export const NODE_RESOLVER: ResolverConfig = { servers: [NODE_SERVER], searches: [], ndots: 1, options: [] };

/** Options of a Pod beside those it has anyway; of one name the last counts. Upstream's order is that of a Go map. */
function mergedOptions(base: readonly string[], own: readonly PodDNSConfigOption[]): string[] {
  const merged = new Map(base.map((option) => [option.split(':')[0] as string, option]));
  for (const { name = '', value } of own) merged.set(name, value ? `${name}:${value}` : name);
  return [...merged.values()];
}

/** resolv.conf of a Pod. */
export function podResolver({ spec, metadata }: Pod): ResolverConfig {
  const { dnsPolicy = 'ClusterFirst', hostNetwork, dnsConfig } = spec;
  const isCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  const base: ResolverConfig = isCluster
    ? {
        servers: [CLUSTER_DNS_ADDRESS],
        searches: [`${metadata.namespace}.svc.${ZONE}`, `svc.${ZONE}`, ZONE],
        ndots: 5,
        options: ['ndots:5'],
      }
    : dnsPolicy === 'None'
      ? { servers: [], searches: [], ndots: 1, options: [] }
      : NODE_RESOLVER;
  if (!dnsConfig) return base;
  const { nameservers = [], searches = [], options = [] } = dnsConfig;
  const ndots = Number(options.find(({ name }) => name === 'ndots')?.value ?? base.ndots);
  return {
    servers: [...new Set([...base.servers, ...nameservers])],
    searches: [...new Set([...base.searches, ...searches])],
    ndots: Number.isFinite(ndots) ? ndots : base.ndots,
    options: mergedOptions(base.options, options),
  };
}

/** The full names that are tried for one, in this order. */
export function candidates(name: string, { searches, ndots }: ResolverConfig): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = searches.map((search) => `${name}.${search}`);
  return name.split('.').length - 1 >= ndots ? [name, ...searched] : [...searched, name];
}

/** What a Pod's hosts file says. */
export function hostsEntry(pod: Pod, address: string, host: string): string | undefined {
  const { spec, status } = pod;
  if (host === 'localhost') return '127.0.0.1';
  const { name, fullName } = podNames(pod);
  if (host === name || host === fullName) return address || status?.hostIP;
  return spec.hostAliases?.find(({ hostnames = [] }) => hostnames.includes(host))?.ip;
}

/** What cluster DNS knows; undefined where there is none. */
export function dnsMemory({ context }: Network): DnsMemory | undefined {
  return context.peer(CLUSTER_DNS)?.memory as DnsMemory | undefined;
}

/** Whether a fault keeps cluster DNS from answering. */
const silences = ({ type, component }: ActiveFault): boolean =>
  type === 'dns-down' || (type === 'component-down' && component === CLUSTER_DNS);

/** Why no server answers; undefined when one does. */
function silence({ context }: Network, config: ResolverConfig, atMs: number): Lookup | undefined {
  if (config.servers.length === 0) return { kind: 'silent', because: 'the Pod has no DNS server', cause: null };
  if (!config.servers.includes(CLUSTER_DNS_ADDRESS)) return undefined;
  const fault = faultsAt(context.environment, atMs).find(silences);
  return fault && { kind: 'silent', because: 'cluster DNS does not answer', cause: fault.step };
}

/** What is known outside: the nodes. */
function outsideAnswer({ plan }: Network, name: string): DnsAnswer {
  const node = plan.nodes.get(name);
  return node ? { kind: 'addresses', addresses: [node.address] } : { kind: 'nxdomain' };
}

/** Asks for one full name. */
export function ask(network: Network, config: ResolverConfig, name: string, atMs: number): DnsAnswer {
  const memory = config.servers[0] === CLUSTER_DNS_ADDRESS ? dnsMemory(network) : undefined;
  return (memory && clusterAnswer(memory, name, atMs)) ?? outsideAnswer(network, name);
}

/** Follows aliases to addresses. */
function follow(network: Network, config: ResolverConfig, name: string, atMs: number): Lookup {
  const aliases: string[] = [];
  let current = name;
  for (let hops = 0; hops < MOST_ALIASES; hops++) {
    const answer = ask(network, config, current, atMs);
    if (answer.kind === 'addresses') return { kind: 'found', name: current, aliases, addresses: answer.addresses };
    if (answer.kind !== 'alias') return { kind: answer.kind, aliases: aliases.length > 0 ? [...aliases, current] : [] };
    if (isAddress(answer.name)) return { kind: 'nxdomain', aliases: [...aliases, answer.name] };
    aliases.push(current);
    current = answer.name;
  }
  return { kind: 'nxdomain', aliases };
}

/** How a name that is given with its namespace is completed in Pods. */
const CLUSTER_SEARCHES = { searches: ['svc.cluster.local', 'cluster.local'] };

/** Why nobody has an address for a name, as far as cluster DNS can tell: a Service of that name is gone, or has nobody behind it. */
export function whyUnknown(
  network: Network,
  config: ResolverConfig,
  host: string,
  atMs: number,
): { readonly because: string; readonly cause: number | null } {
  const unknown = `no DNS server knows the name ${host}`;
  const isAsked = config.servers[0] === CLUSTER_DNS_ADDRESS;
  const memory = dnsMemory(network);
  const { searches } = isAsked ? config : CLUSTER_SEARCHES;
  for (const name of candidates(host.toLowerCase(), { ...config, searches })) {
    const key = serviceKey(name);
    const entry = key === undefined ? undefined : stateAt(memory?.services.get(key), atMs);
    if (!entry) continue;
    const { service, step: cause } = entry;
    if (!isAsked) return { because: `${unknown}: cluster DNS, which only Pods ask, knows Service ${key}`, cause: null };
    if (!service) return { because: `${unknown}: Service ${key} is gone`, cause };
    const { type, externalName = '' } = service.spec;
    const what =
      type === 'ExternalName' ? `stands for ${externalName}, which nobody knows` : 'has no Pod behind it that is ready';
    return { because: `${unknown}: Service ${key} ${what}`, cause };
  }
  return { because: unknown, cause: null };
}

/** See the header. */
export function lookUp(network: Network, config: ResolverConfig, host: string, atMs: number): Lookup {
  const silent = silence(network, config, atMs);
  if (silent) return silent;
  const memory = dnsMemory(network);
  const isCurrent = memory !== undefined && memory.learnedMs <= atMs;
  const find = (): Lookup => searchFor(network, config, host, atMs);
  return isCurrent ? network.context.derived.memo('lookups', host, [config, memory, memory.generation], find) : find();
}

/** Tries one name after the other. */
function searchFor(network: Network, config: ResolverConfig, host: string, atMs: number): Lookup {
  let result: Lookup = { kind: 'nxdomain', aliases: [] };
  const names = network.context.derived.memo('names', host, [config], () => candidates(host.toLowerCase(), config));
  for (const name of names) {
    const answer = follow(network, config, name, atMs);
    if (answer.kind === 'found') return answer;
    if (answer.kind === 'silent' || answer.aliases.length > 0) return answer;
    if (answer.kind === 'nodata') result = answer;
  }
  return result;
}
