/**
 * What cluster DNS answers for a full name. Pure but for what it is given of DNS's memory.
 * Follows coredns plugin/kubernetes (parse.go, kubernetes.go, reverse.go) and the Kubernetes DNS specification 1.1.0, with `pods insecure` as
 * kubeadm configures it. IPv4 only.
 */
import type { EndpointPort, EndpointSlice } from '../../api/types';
import type { ServiceRecords } from '../../machine/network-face';
import { isReady } from '../proxy/endpoints';
import { type DnsMemory, entryAt } from './cluster-dns';

/** The zone. */
export const ZONE = 'cluster.local';

/** An answer: addresses, another name, or that there is nothing of that name. */
export type DnsAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'alias'; readonly name: string }
  | { readonly kind: 'nxdomain' }
  /** The name exists and has no addresses. */
  | { readonly kind: 'nodata' };

const NXDOMAIN: DnsAnswer = { kind: 'nxdomain' };
const DASHED = /^\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}$/;

/** The addresses of a headless Service's endpoints; of one endpoint when a name is given. */
function endpointAddresses(slices: readonly EndpointSlice[], endpointName: string | undefined): string[] {
  const found = new Set<string>();
  for (const { endpoints, addressType } of slices) {
    if (addressType !== 'IPv4') continue;
    for (const endpoint of endpoints ?? []) {
      if (!isReady(endpoint)) continue;
      for (const address of endpoint.addresses) {
        const name = endpoint.hostname ?? address.replaceAll('.', '-');
        if (endpointName === undefined || endpointName === name) found.add(address);
      }
    }
  }
  return [...found].sort();
}

/** Whether DNS knows a namespace: here by the Services in it. */
function hasNamespace({ services }: DnsMemory, namespace: string): boolean {
  for (const key of services.keys()) if (key.startsWith(`${namespace}/`)) return true;
  return false;
}

function serviceAnswer(memory: DnsMemory, labels: readonly string[], atMs: number): DnsAnswer {
  const [name, namespace] = labels.slice(-2);
  const rest = labels.slice(0, -2);
  if (namespace === undefined) return hasNamespace(memory, name ?? '') ? { kind: 'nodata' } : NXDOMAIN;
  const entry = entryAt(memory, `${namespace}/${name}`, atMs);
  if (!entry?.service) return NXDOMAIN;
  const { spec } = entry.service;
  const isNamedPort = rest.length === 2 && rest.every((label) => label.startsWith('_'));
  if (rest.length > 1 && !isNamedPort) return NXDOMAIN;
  if (spec.type === 'ExternalName')
    return rest.length === 0 ? { kind: 'alias', name: spec.externalName ?? '' } : NXDOMAIN;
  const endpointName = isNamedPort ? undefined : rest[0];
  if (endpointName === undefined && spec.clusterIP && spec.clusterIP !== 'None')
    return { kind: 'addresses', addresses: [spec.clusterIP] };
  const addresses = endpointAddresses(entry.slices, endpointName);
  return addresses.length > 0 ? { kind: 'addresses', addresses } : NXDOMAIN;
}

/** The key of the Service that a full name is about; undefined when it is about none. */
export function serviceKey(name: string): string | undefined {
  const labels = name.split('.');
  if (!name.endsWith(`.svc.${ZONE}`) || labels.length < 5) return undefined;
  const [own, namespace] = labels.slice(-5);
  return `${namespace}/${own}`;
}

/** The answer for a name in the zone, without its final dot; undefined when it is not cluster DNS's to know. */
export function clusterAnswer(memory: DnsMemory, name: string, atMs: number): DnsAnswer | undefined {
  if (name !== ZONE && !name.endsWith(`.${ZONE}`)) return undefined;
  const labels = name.slice(0, -ZONE.length - 1).split('.');
  const kind = labels.pop();
  if (kind === 'svc') return serviceAnswer(memory, labels, atMs);
  if (kind === 'pod' && labels.length === 2 && DASHED.test(labels[0] ?? ''))
    return { kind: 'addresses', addresses: [(labels[0] as string).replaceAll('-', '.')] };
  return NXDOMAIN;
}

/** The SRV records of a full name: those of a port by its name and protocol, or of all ports of a Service; empty when there are none. */
export function serviceRecords(memory: DnsMemory, name: string, atMs: number): ServiceRecords['records'] {
  const key = serviceKey(name);
  const entry = key === undefined ? undefined : entryAt(memory, key, atMs);
  const labels = name.slice(0, -`.svc.${ZONE}`.length).split('.').slice(0, -2);
  const [wantedPort, wantedProtocol] = labels.map((label) => label.slice(1));
  if (!entry?.service || (labels.length !== 0 && !(labels.length === 2 && labels.every((label) => label[0] === '_'))))
    return [];
  const { spec } = entry.service;
  const own = name.split('.').slice(labels.length).join('.');
  const isWanted = ({ name: called = '', protocol = 'TCP' }: Pick<EndpointPort, 'name' | 'protocol'>): boolean =>
    labels.length === 0 || (called === wantedPort && protocol.toLowerCase() === wantedProtocol);
  if (spec.type === 'ExternalName') return [];
  if (spec.clusterIP && spec.clusterIP !== 'None') {
    const found = (spec.ports ?? []).filter(isWanted);
    const weight = Math.floor(100 / Math.max(1, found.length));
    return found.map(({ port }) => ({ weight, port, target: own, addresses: [spec.clusterIP as string] }));
  }
  const found = entry.slices.flatMap(({ endpoints, ports, addressType }) =>
    (addressType === 'IPv4' ? (endpoints ?? []) : []).filter(isReady).flatMap(({ addresses, hostname }) =>
      addresses.flatMap((address) =>
        (ports ?? []).filter(isWanted).map(({ port = 0 }) => ({
          port,
          target: `${hostname ?? address.replaceAll('.', '-')}.${own}`,
          addresses: [address],
        })),
      ),
    ),
  );
  const weight = Math.floor(100 / Math.max(1, found.length));
  return found
    .map((one) => ({ weight, ...one }))
    .sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : a.port - b.port));
}

/** The name of an address, without its final dot. */
export function reverseAnswer(memory: DnsMemory, address: string, atMs: number): string | undefined {
  const key = memory.byAddress.get(address);
  const service = key === undefined ? undefined : entryAt(memory, key, atMs)?.service;
  if (service?.spec.clusterIP === address) return `${service.metadata.name}.${service.metadata.namespace}.svc.${ZONE}`;
  for (const name of memory.services.keys()) {
    for (const { endpoints } of entryAt(memory, name, atMs)?.slices ?? []) {
      // Only a host name makes an endpoint one of which an address tells the name (serviceRecordForIP).
      const endpoint = endpoints?.find((one) => one.hostname && one.addresses.includes(address) && isReady(one));
      if (!endpoint) continue;
      const [namespace, own] = name.split('/');
      return `${endpoint.hostname}.${own}.${namespace}.svc.${ZONE}`;
    }
  }
  return undefined;
}
