/**
 * EndpointSlices. Follows pkg/registry/discovery/endpointslice/strategy.go.
 * As a table: printEndpointSlice in pkg/printers/internalversion/printers.go.
 */
import { defaultEndpointSlice } from '../defaults/endpoint-slice';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { EndpointSlice } from '../types';
import { validateEndpointSlice, validateEndpointSliceUpdate } from '../validation/endpoint-slice';
import { endpointSliceWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

/** The old topology map is only kept for clients of the beta version, and a list that is empty comes back from storage as null. */
function prepare(draft: KubeObject): void {
  const slice = draft as KubeObject & { endpoints?: EndpointSlice['endpoints'] | null; ports?: unknown };
  for (const endpoint of slice.endpoints ?? []) delete endpoint.deprecatedTopology;
  if (!slice.endpoints?.length) slice.endpoints = null;
  if (!(slice.ports as unknown[] | null | undefined)?.length) slice.ports = null;
}

/** There is no spec: everything but the metadata counts, and labels do too. */
function prepareForUpdate(draft: KubeObject, old: KubeObject): void {
  prepare(draft);
  const isSame =
    draft.addressType === old.addressType &&
    deepEqual(draft.endpoints, old.endpoints) &&
    deepEqual(draft.ports, old.ports) &&
    deepEqual(draft.metadata.labels ?? {}, old.metadata.labels ?? {});
  if (!isSame) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

const strategy: Strategy = {
  default: defaultEndpointSlice,
  prepareForCreate: prepare,
  prepareForUpdate,
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  warningsOnCreate: (object) => endpointSliceWarnings(object as EndpointSlice, true),
  warningsOnUpdate: (object) => endpointSliceWarnings(object as EndpointSlice, false),
};

const SHOWN = 3;

function firstFew(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).join(',');
  if (texts.length > SHOWN) return `${shown} + ${texts.length - SHOWN} more...`;
  return shown || '<unset>';
}

const table: TableDefinition<EndpointSlice> = {
  columns: columns('NAME,ADDRESSTYPE,PORTS,ENDPOINTS,AGE'),
  row: (slice, clock) => [
    slice.metadata.name,
    slice.addressType,
    firstFew((slice.ports ?? []).map(({ port, name }) => String(port ?? name ?? '*'))),
    firstFew((slice.endpoints ?? []).flatMap(({ addresses }) => addresses)),
    ageOf(slice, clock),
  ],
};

/** EndpointSlice. */
export const endpointSliceKind: KindDefinition = {
  ...resource('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', ''),
  countsGenerations: true,
  strategy,
  table,
};
