/**
 * What a Pod is as an endpoint of a Service: address, conditions, node, zone and ports. Pure.
 * Follows staging/src/k8s.io/endpointslice/utils.go, util/controller_utils.go and trafficdist/trafficdist.go. Addresses are taken as they are
 * written (upstream prints them anew in canonical form).
 */
import { isPodReady } from '../../api/conditions';
import type { Container, Endpoint, EndpointHints, EndpointPort, Pod, Service, ServicePort } from '../../api/types';
import { fnv1a128 } from './fnv1a128';
import { asksForTopology } from './topology-hints';

/** discovery.k8s.io AddressType, of those a Service can have. */
export type AddressType = 'IPv4' | 'IPv6';

/** Headless Services have no address of their own. */
export function isHeadless({ spec }: Service): boolean {
  return !spec.clusterIP || spec.clusterIP === 'None';
}

/** The families a Service publishes endpoints for. */
export function addressTypesOf({ spec }: Service): readonly AddressType[] {
  const families = (spec.ipFamilies ?? []).filter((family) => family === 'IPv4' || family === 'IPv6');
  return families.length > 0 ? families : ['IPv4'];
}

/** Whether a Pod can be an endpoint at all: it has an address and has not finished. Terminating Pods can. */
export function shouldPodBeInEndpoints({ status }: Pod): boolean {
  if (status.phase === 'Failed' || status.phase === 'Succeeded') return false;
  return Boolean(status.podIP) || (status.podIPs?.length ?? 0) > 0;
}

function addressesOf({ status }: Pod, addressType: AddressType): string[] {
  const addresses: string[] = [];
  for (const { ip } of status.podIPs ?? []) {
    if (ip.includes(':') === (addressType === 'IPv6')) addresses.push(ip);
  }
  return addresses;
}

/** The endpoint of a Pod, or undefined when it has no address of this family. */
export function podToEndpoint(
  pod: Pod,
  zone: string | undefined,
  service: Service,
  addressType: AddressType,
): Endpoint | undefined {
  const addresses = addressesOf(pod, addressType);
  if (addresses.length === 0) return undefined;
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const { namespace, name, uid } = pod.metadata;
  const { nodeName, hostname, subdomain } = pod.spec;
  return {
    addresses,
    conditions: { ready, serving, terminating },
    ...(hostname && subdomain === service.metadata.name ? { hostname } : {}),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(nodeName ? { nodeName } : {}),
    ...(zone ? { zone } : {}),
    ...(ready ? hintsOf(service, nodeName, zone) : {}),
  };
}

const ZONE_DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/** The zone, and the node, that should be served first, when the Service asks for that. */
function hintsOf(
  { spec, metadata }: Service,
  nodeName: string | undefined,
  zone: string | undefined,
): Partial<Endpoint> {
  const { trafficDistribution } = spec;
  if (trafficDistribution === undefined || !ZONE_DISTRIBUTIONS.includes(trafficDistribution)) return {};
  if (asksForTopology({ metadata })) return {};
  const hints: EndpointHints = {
    ...(zone ? { forZones: [{ name: zone }] } : {}),
    ...(nodeName && trafficDistribution === 'PreferSameNode' ? { forNodes: [{ name: nodeName }] } : {}),
  };
  return hints.forZones || hints.forNodes ? { hints } : {};
}

/** What makes an endpoint the same one from sync to sync. */
export function endpointIdentity({ addresses, hostname = '', targetRef }: Endpoint): string {
  return `${targetRef?.namespace}/${targetRef?.name} ${addresses.join(',')} ${hostname}`;
}

/** Whether two endpoints of the same identity say the same; hints that the topology cache gives are its own matter. */
export function isSameEndpoint(left: Endpoint, right: Endpoint, isHintedApart = false): boolean {
  return (
    left.nodeName === right.nodeName &&
    left.zone === right.zone &&
    left.conditions?.ready === right.conditions?.ready &&
    left.conditions?.serving === right.conditions?.serving &&
    left.conditions?.terminating === right.conditions?.terminating &&
    left.targetRef?.uid === right.targetRef?.uid &&
    (isHintedApart ||
      (left.hints?.forZones?.[0]?.name === right.hints?.forZones?.[0]?.name &&
        left.hints?.forNodes?.[0]?.name === right.hints?.forNodes?.[0]?.name))
  );
}

function namedPort(containers: readonly Container[], name: string, protocol: string): number | undefined {
  for (const container of containers) {
    for (const port of container.ports ?? []) {
      if (port.name === name && (port.protocol ?? 'TCP') === protocol) return port.containerPort;
    }
  }
  return undefined;
}

/** The number of a target port in a Pod; names are looked up in its containers, sidecars last. */
export function findPort(pod: Pod, servicePort: ServicePort): number | undefined {
  const target = servicePort.targetPort ?? servicePort.port;
  if (typeof target === 'number') return target;
  const protocol = servicePort.protocol ?? 'TCP';
  const sidecars = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return namedPort(pod.spec.containers, target, protocol) ?? namedPort(sidecars, target, protocol);
}

/** A port as Go prints it, over which upstream hashes. */
function printed({ name = '', protocol = 'TCP', port, appProtocol }: EndpointPort): string {
  const fields = `Name:(*string)${name} Protocol:(*v1.Protocol)${protocol} Port:(*int32)${port}`;
  return `(v1.EndpointPort){${fields} AppProtocol:(*string)${appProtocol ?? '<nil>'}}`;
}

/** The ports of a Service on a Pod. Unknown names are left out. */
export function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  const ports: EndpointPort[] = [];
  for (const servicePort of service.spec.ports ?? []) {
    const port = findPort(pod, servicePort);
    if (port === undefined) continue;
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    ports.push({ name, protocol, port, ...(appProtocol ? { appProtocol } : {}) });
  }
  return inOrder(ports);
}

/** Ports in the order of their hashes, as NewPortMapKey leaves them in every slice. */
export function inOrder(ports: EndpointPort[]): EndpointPort[] {
  if (ports.length < 2) return ports;
  const hashed = ports.map((port) => ({ port, text: printed(port), hash: fnv1a128(printed(port)) }));
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.text < b.text ? -1 : 1));
  return hashed.map(({ port }) => port);
}

/** Slices hold endpoints with the same ports: what those are grouped by. */
export function portsKey(ports: readonly EndpointPort[]): string {
  return ports.map(printed).join('');
}
