/** kubectl describe endpointslice. Follows describeEndpointSliceV1 in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type { Endpoint, EndpointPort, EndpointSlice } from '../../engine/api/types';
import { withEventsOf } from './events';
import { type Describer, field, metadataLines } from './text';

const UNSET = '<unset>';

function portLines(ports: readonly EndpointPort[]): string {
  if (ports.length === 0) return 'Ports: <unset>\n';
  const rows = ports.map(({ name, port, protocol = '' }) => `  ${name || UNSET}\t${port ?? UNSET}\t${protocol}\n`);
  return `Ports:\n  Name\tPort\tProtocol\n  ----\t----\t--------\n${rows.join('')}`;
}

function endpointLines({ addresses, conditions, hostname, targetRef, nodeName, zone }: Endpoint): string {
  return [
    field('- Addresses', addresses.join(', ') || '<none>', 1),
    '    Conditions:\n',
    field('Ready', conditions?.ready ?? UNSET, 3),
    field('Hostname', hostname ?? UNSET, 2),
    targetRef ? field('TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`, 2) : '',
    field('NodeName', nodeName ?? UNSET, 2),
    field('Zone', zone ?? UNSET, 2),
  ].join('');
}

/** EndpointSlice. */
export const describeEndpointSlice: Describer<EndpointSlice> = (slice, reader, clock) => {
  const endpoints = slice.endpoints ?? [];
  const text = [
    metadataLines(slice),
    field('AddressType', slice.addressType),
    portLines(slice.ports ?? []),
    endpoints.length === 0 ? 'Endpoints: <none>\n' : `Endpoints:\n${endpoints.map(endpointLines).join('')}`,
  ].join('');
  return withEventsOf(slice, text, reader, clock);
};
