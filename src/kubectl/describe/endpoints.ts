/** kubectl describe endpoints. Follows describeEndpoints in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type { EndpointAddress, EndpointSubset, Endpoints } from '../../engine/api/types';
import { withEventsOf } from './events';
import { type Describer, field, metadataLines } from './text';

function addressText(addresses: readonly EndpointAddress[] | undefined): string {
  return (addresses ?? []).map(({ ip }) => ip).join(',') || '<none>';
}

function subsetLines({ addresses, notReadyAddresses, ports = [] }: EndpointSubset): string {
  const rows = ports.map(({ name, port, protocol = '' }) => `    ${name || '<unset>'}\t${port}\t${protocol}\n`);
  return [
    field('Addresses', addressText(addresses), 1),
    field('NotReadyAddresses', addressText(notReadyAddresses), 1),
    rows.length > 0 ? `  Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------\n${rows.join('')}` : '',
    '\n',
  ].join('');
}

/** Endpoints. */
export const describeEndpoints: Describer<Endpoints> = (endpoints, reader, clock) => {
  const text = `${metadataLines(endpoints)}Subsets:\n${(endpoints.subsets ?? []).map(subsetLines).join('')}`;
  return withEventsOf(endpoints, text, reader, clock);
};
