/** kubectl describe service. Follows describeService and formatEndpointSlices in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */

import { formatLabels } from '../../engine/api/kinds/table';
import type {
  Endpoint,
  EndpointPort,
  EndpointSlice,
  LoadBalancerIngress,
  Service,
  ServicePort,
} from '../../engine/api/types';
import { attempt } from '../errors';
import { withEventsOf } from './events';
import { type Describer, field, metadataLines, optionalField } from './text';

const SHOWN = 3;

function hostPort(address: string, { port }: EndpointPort): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Addresses of one slice in order; undefined stands for an endpoint that is not ready. */
function addressesOf(slice: EndpointSlice, portName: string): (string | undefined)[] {
  const ports = slice.ports ?? [];
  const endpoints = slice.endpoints ?? [];
  const isReady = ({ conditions }: Endpoint): boolean => conditions?.ready ?? true;
  const of = (port: EndpointPort | undefined): (string | undefined)[] =>
    endpoints.map((endpoint) => {
      const [address = ''] = endpoint.addresses;
      if (!isReady(endpoint)) return undefined;
      return port ? hostPort(address, port) : address;
    });
  if (ports.length === 0) return of(undefined);
  return ports.filter(({ name = '' }) => name === portName).flatMap(of);
}

/** The first few ready addresses of a port. What is left over is counted as soon as an endpoint follows the third, ready or not. */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const shown: string[] = [];
  let count = 0;
  let hasMore = false;
  for (const address of slices.flatMap((slice) => addressesOf(slice, portName))) {
    if (shown.length === SHOWN) hasMore = true;
    if (address === undefined) continue;
    if (!hasMore) shown.push(address);
    count++;
  }
  return hasMore ? `${shown.join(',')} + ${count - SHOWN} more...` : shown.join(',');
}

function portLines(port: ServicePort, slices: readonly EndpointSlice[]): string {
  const { protocol = '', nodePort, targetPort, appProtocol } = port;
  const name = port.name || '<unset>';
  return [
    field('Port', `${name}\t${port.port}/${protocol}`),
    field('TargetPort', `${targetPort ?? 0}/${protocol}`),
    appProtocol === undefined ? '' : field('AppProtocol', appProtocol),
    nodePort ? field('NodePort', `${name}\t${nodePort}/${protocol}`) : '',
    field('Endpoints', endpointsText(slices, port.name ?? '')),
  ].join('');
}

function ingressText({ ip, ipMode, hostname = '' }: LoadBalancerIngress): string {
  if (!ip) return hostname;
  return ipMode ? `${ip} (${ipMode})` : ip;
}

function addressLines({ spec, status }: Service): string {
  const ingress = status?.loadBalancer?.ingress ?? [];
  return [
    optionalField('IP Family Policy', spec.ipFamilyPolicy),
    field('IP Families', spec.ipFamilies?.join(',') || '<none>'),
    field('IP', spec.clusterIP ?? ''),
    field('IPs', spec.clusterIPs?.join(',') || '<none>'),
    optionalField('External IPs', spec.externalIPs?.join(',')),
    optionalField('Desired LoadBalancer IP', spec.loadBalancerIP),
    optionalField('External Name', spec.externalName),
    optionalField('LoadBalancer Ingress', ingress.map(ingressText).join(', ')),
  ].join('');
}

/** Service. */
export const describeService: Describer<Service> = (service, reader, clock) => {
  const { metadata, spec } = service;
  const labelSelector = `kubernetes.io/service-name=${metadata.name}`;
  const found = attempt(() =>
    reader.list<EndpointSlice>('EndpointSlice', { namespace: metadata.namespace, labelSelector }),
  );
  const slices = found instanceof Error ? [] : found;
  const text = [
    metadataLines(service),
    field('Selector', formatLabels(spec.selector)),
    field('Type', spec.type ?? ''),
    addressLines(service),
    ...(spec.ports ?? []).map((port) => portLines(port, slices)),
    field('Session Affinity', spec.sessionAffinity ?? ''),
    optionalField('External Traffic Policy', spec.externalTrafficPolicy),
    optionalField('Internal Traffic Policy', spec.internalTrafficPolicy),
    spec.healthCheckNodePort ? field('HealthCheck NodePort', spec.healthCheckNodePort) : '',
    optionalField('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(',')),
    optionalField('Traffic Distribution', spec.trafficDistribution),
  ].join('');
  return withEventsOf(service, text, reader, clock);
};
