/**
 * Endpoints: what EndpointSlices have replaced. Follows pkg/registry/core/endpoint/strategy.go and SetDefaults_Endpoints in
 * pkg/apis/core/v1/defaults.go. As a table: printEndpoints in pkg/printers/internalversion/printers.go.
 */
import type { KubeObject } from '../meta';
import type { Endpoints } from '../types';
import { validateEndpoints, validateEndpointsUpdate } from '../validation/endpoints';
import { endpointsWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import { ageOf, columns, type TableDefinition } from './table';

function defaultEndpoints(draft: KubeObject): void {
  for (const { ports = [] } of (draft as Endpoints).subsets ?? []) for (const port of ports) port.protocol ||= 'TCP';
}

function hostPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** The ENDPOINTS cell: the first three of the addresses that are ready, with each port. */
export function endpointsText({ subsets = [] }: Endpoints): string {
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => hostPort(ip, port))),
  );
  if (subsets.length === 0) return '<none>';
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}

const table: TableDefinition<Endpoints> = {
  columns: columns('NAME,ENDPOINTS,AGE'),
  row: (endpoints, clock) => [endpoints.metadata.name, endpointsText(endpoints), ageOf(endpoints, clock)],
};

/** Endpoints. */
export const endpointsKind: KindDefinition = {
  ...resource('', 'v1', 'Endpoints', 'endpoints', 'ep'),
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  strategy: {
    default: defaultEndpoints,
    validate: validateEndpoints,
    validateUpdate: validateEndpointsUpdate,
    warningsOnCreate: (object) => endpointsWarnings(object as Endpoints),
    warningsOnUpdate: (object) => endpointsWarnings(object as Endpoints),
  },
  table,
};
