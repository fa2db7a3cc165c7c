/**
 * EndpointSlices.
 * Follows pkg/registry/discovery/endpointslice/strategy.go.
 */
import { defaultEndpointSlice } from '../../api/defaults/endpoint-slice';
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import type { EndpointSlice } from '../../api/types';
import { validateEndpointSlice, validateEndpointSliceUpdate } from '../../api/validation/endpoint-slice';
import type { Strategy } from '../strategy';

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

/** The rules of EndpointSlices. */
export const endpointSliceStrategy: Strategy = {
  default: defaultEndpointSlice,
  prepareForCreate: prepare,
  prepareForUpdate,
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
};
