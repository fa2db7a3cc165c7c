/**
 * The Pods behind a Service as addresses of its Endpoints: a cache of client/derived.ts, so that a sync after one Pod's change does not look
 * at the others again, and the subsets made of it.
 * Follows podToEndpointAddressForService and addEndpointSubset in pkg/controller/endpoint/endpoints_controller.go, and RepackSubsets in
 * pkg/api/v1/endpoints/util.go. Where several subsets are needed, their order is that of their first ports; upstream's is that of a hash.
 */
import { isPodReady } from '../../api/conditions';
import { keyOf, splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesSet } from '../../api/selector';
import type { CoreEndpointPort, EndpointAddress, EndpointSubset, Pod, Service } from '../../api/types';
import type { Lister } from '../../client/client';
import type { DerivedCache } from '../../client/derived';
import { SortedMap } from '../../client/sorted-map';
import { addressTypesOf, findPort, isHeadless, shouldPodBeInEndpoints } from './endpoints';
import { fnv1a128 } from './fnv1a128';
import { isSelecting } from './service-endpoints';

/** A Pod as an address, with the ports it has of the Service's. */
export interface Member {
  readonly address: EndpointAddress;
  readonly isReady: boolean;
  readonly ports: readonly CoreEndpointPort[];
  /** The ports as text. */
  readonly portsKey: string;
}

/** The addresses of one Service. */
export interface ServiceMembers {
  readonly service: Service | undefined;
  /** By address and uid, in which order they are written. */
  readonly members: SortedMap<Member>;
  /** The key of its member, by key of the Pod. */
  readonly memberOf: Map<string, string>;
}

function basisOf(service: Service | undefined): Service | undefined {
  if (!service || !isSelecting(service)) return undefined;
  const { apiVersion, kind, spec } = service;
  const { name, namespace } = service.metadata;
  return { apiVersion, kind, metadata: { name, namespace }, spec } as Service;
}

function portsOf(service: Service, pod: Pod): CoreEndpointPort[] {
  return (service.spec.ports ?? []).flatMap((servicePort) => {
    const port = findPort(pod, servicePort);
    const { name, protocol = 'TCP', appProtocol } = servicePort;
    if (port === undefined) return [];
    return { ...(name ? { name } : {}), port, protocol, ...(appProtocol ? { appProtocol } : {}) };
  });
}

/** A Pod's address; undefined when it has none to be published. */
function memberOf(service: Service, pod: Pod): Member | undefined {
  const { publishNotReadyAddresses = false, ports = [] } = service.spec;
  if (!matchesSet(service.spec.selector ?? {}, pod.metadata.labels) || !shouldPodBeInEndpoints(pod)) return undefined;
  if (pod.metadata.deletionTimestamp !== undefined && !publishNotReadyAddresses) return undefined;
  const isIpv6 = addressTypesOf(service)[0] === 'IPv6';
  const ip = pod.status.podIPs?.find((each) => each.ip.includes(':') === isIpv6)?.ip;
  const own = portsOf(service, pod);
  if (ip === undefined || (own.length === 0 && (ports.length > 0 || !isHeadless(service)))) return undefined;
  const { namespace, name, uid } = pod.metadata;
  const { hostname, subdomain, nodeName = '' } = pod.spec;
  const isNamed = hostname && subdomain === service.metadata.name;
  return {
    address: {
      ip,
      ...(isNamed ? { hostname } : {}),
      nodeName,
      targetRef: { kind: 'Pod', namespace, name, uid },
    },
    isReady: publishNotReadyAddresses || isPodReady(pod),
    ports: own,
    portsKey: portsKeyOf(own),
  };
}

function check({ service, members, memberOf: keys }: ServiceMembers, key: string, pod: Pod | undefined): void {
  const before = keys.get(key);
  const member = service && pod && memberOf(service, pod);
  const now = member && `${member.address.ip} ${pod?.metadata.uid}`;
  if (before !== undefined && before !== now) members.delete(before);
  if (now === undefined) keys.delete(key);
  else {
    keys.set(key, now);
    if (!deepEqual(members.get(now), member)) members.set(now, member as Member);
  }
}

function build(lister: Lister, key: string): ServiceMembers {
  const service = basisOf(lister.byKey<Service>('Service', key));
  const state: ServiceMembers = { service, members: new SortedMap(), memberOf: new Map() };
  if (!service) return state;
  for (const pod of lister.unordered<Pod>('Pod', 'namespace', splitKey(key).namespace)) check(state, keyOf(pod), pod);
  return state;
}

/** The cache, by key of the Service. */
export const serviceMembersCache: DerivedCache<ServiceMembers> = {
  name: 'addresses by Service',
  follows: ['Service', 'Pod'],
  build: ({ lister }, key) => build(lister, key),
  apply: (kept, change, { lister }) => {
    const { key, value } = change;
    if (change.kind === 'Service') {
      const state = kept.get(key);
      if (state && !deepEqual(state.service, basisOf(value as Service | undefined))) kept.delete(key);
      return;
    }
    const { namespace } = splitKey(key);
    for (const [service, state] of kept.entries()) {
      if (splitKey(service).namespace === namespace) check(state, key, lister.byKey<Pod>('Pod', key));
    }
  },
};

/** A port as Go prints it, over which upstream hashes. */
function printed({ name = '', port, protocol = '', appProtocol }: CoreEndpointPort): string {
  const fields = `Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol}`;
  return `(v1.EndpointPort){${fields} AppProtocol:(*string)${appProtocol ?? '<nil>'}}`;
}

/** Ports as text. */
export function portsKeyOf(ports: readonly CoreEndpointPort[]): string {
  return ports.map(printed).join(' ');
}

interface HashedPort {
  readonly port: CoreEndpointPort;
  readonly hash: bigint;
}

/** Ports that the same Pods have stand in one subset. */
interface Draft {
  readonly ports: HashedPort[];
  readonly addresses: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

const byHash = (left: HashedPort, right: HashedPort): number =>
  left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : 0;

/** The subsets of all members: as few as can be, each with the addresses that have all of its ports. */
export function subsetsOf(members: readonly Member[]): EndpointSubset[] {
  const groups = new Map<string, readonly CoreEndpointPort[]>();
  for (const { ports, portsKey } of members) groups.set(portsKey, ports);
  const holders = new Map<string, { port: CoreEndpointPort | undefined; groups: string[] }>();
  for (const [key, ports] of groups) {
    for (const port of ports.length > 0 ? ports : [undefined]) {
      const text = port ? printed(port) : '';
      const holder = holders.get(text) ?? { port, groups: [] };
      if (!holder.groups.includes(key)) holder.groups.push(key);
      holders.set(text, holder);
    }
  }
  const drafts = new Map<string, Draft & { readonly groups: ReadonlySet<string> }>();
  for (const [text, holder] of holders) {
    const held = [...holder.groups].sort();
    const key = `${text === ''} ${held.join('\n')}`;
    const draft = drafts.get(key) ?? { ports: [], addresses: [], notReady: [], groups: new Set(held) };
    if (holder.port) draft.ports.push({ port: holder.port, hash: fnv1a128(text) });
    drafts.set(key, draft);
  }
  const all = [...drafts.values()];
  for (const { address, isReady, portsKey } of members) {
    for (const draft of all) if (draft.groups.has(portsKey)) (isReady ? draft.addresses : draft.notReady).push(address);
  }
  return finished(all);
}

function finished(drafts: readonly Draft[]): EndpointSubset[] {
  for (const { ports } of drafts) ports.sort(byHash);
  const ordered = [...drafts].sort((left, right) => {
    const [a, b] = [left.ports[0], right.ports[0]];
    return a && b ? byHash(a, b) : a ? 1 : -1;
  });
  return ordered.map(({ addresses, notReady, ports }) => ({
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(ports.length > 0 ? { ports: ports.map(({ port }) => port) } : {}),
  }));
}

/** How many addresses there are on one side. */
export function countOf(subsets: readonly EndpointSubset[], side: 'addresses' | 'notReadyAddresses'): number {
  return subsets.reduce((sum, subset) => sum + (subset[side]?.length ?? 0), 0);
}

const CAPACITY = 1000;

/** The subsets cut down to a thousand addresses, those that are ready first; undefined when there are not so many. */
export function truncated(subsets: readonly EndpointSubset[]): EndpointSubset[] | undefined {
  const ready = countOf(subsets, 'addresses');
  const notReady = countOf(subsets, 'notReadyAddresses');
  if (ready + notReady <= CAPACITY) return undefined;
  const cutsReady = ready > CAPACITY;
  const side = cutsReady ? 'addresses' : 'notReadyAddresses';
  const total = cutsReady ? ready : notReady;
  const room = cutsReady ? CAPACITY : CAPACITY - ready;
  let left = room;
  return subsets.map((subset) => {
    const list = subset[side] ?? [];
    const kept = list.slice(0, Math.min(left, Math.ceil((list.length / total) * room)));
    left -= kept.length;
    const { addresses, notReadyAddresses: _notReady, ports } = subset;
    return {
      ...(cutsReady || !addresses ? {} : { addresses }),
      ...(kept.length > 0 ? { [side]: kept } : {}),
      ...(ports ? { ports } : {}),
    };
  });
}
