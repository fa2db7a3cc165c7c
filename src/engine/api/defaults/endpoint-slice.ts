/**
 * Defaults of EndpointSlices. Fills in place.
 * Follows pkg/apis/discovery/v1/defaults.go.
 */
import type { KubeObject } from '../meta';
import type { EndpointSlice } from '../types';

/** Fills what an EndpointSlice leaves open. */
export function defaultEndpointSlice(draft: KubeObject): void {
  const slice = draft as EndpointSlice;
  for (const port of slice.ports ?? []) {
    port.name ??= '';
    port.protocol ??= 'TCP';
  }
}
