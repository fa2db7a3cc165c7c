/**
 * What the API server says beside its answer of kinds that have one or two such remarks.
 * Follows WarningsOnCreate and WarningsOnUpdate in pkg/registry/core/{serviceaccount,node,secret,endpoint}/strategy.go,
 * pkg/registry/networking/{ingress,networkpolicy}/strategy.go and pkg/registry/discovery/endpointslice/strategy.go. Of a certificate and its key only missing PEM data is noticed.
 */
import { decodeBase64ToBytes } from '../base64';
import type { EndpointSlice, Endpoints, Ingress, NetworkPolicy, Node, Secret, ServiceAccount } from '../types';
import { INGRESS_CLASS_ANNOTATION } from '../validation/ingress';
import { addressWarnings } from '../validation/ip-addresses';
import { ipBlocks } from '../validation/network-policy';

const MOUNTABLE_SECRETS = 'kubernetes.io/enforce-mountable-secrets';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';

/** Of a ServiceAccount that has the annotation and did not have it. */
export function serviceAccountWarnings({ metadata }: ServiceAccount, old?: ServiceAccount): string[] {
  const isMarked = (annotations: Readonly<Record<string, string>> = {}) =>
    Object.hasOwn(annotations, MOUNTABLE_SECRETS);
  if (!isMarked(metadata.annotations) || isMarked(old?.metadata.annotations)) return [];
  return [
    `metadata.annotations[${MOUNTABLE_SECRETS}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
  ];
}

/** Of a Node. */
export function nodeWarnings({ spec }: Node): string[] {
  return [
    ...(spec?.configSource ? ['spec.configSource: the feature is removed'] : []),
    ...(spec?.externalID ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes'] : []),
    ...(spec?.podCIDRs ?? []).flatMap((cidr, index) => addressWarnings(`spec.podCIDRs[${index}]`, cidr)),
  ];
}

/** Of a Secret that should hold a certificate and its key. */
export function secretWarnings({ type, data = {} }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  for (const [key, what] of [
    ['tls.crt', 'certificate'],
    ['tls.key', 'key'],
  ] as const) {
    if (!decodeBase64ToBytes(data[key] ?? '').includes('-----BEGIN ')) {
      return [`tls: failed to find any PEM data in ${what} input`];
    }
  }
  return [];
}

/** Of an EndpointSlice; `isNew` when it is created. */
export function endpointSliceWarnings(slice: EndpointSlice, isNew: boolean): string[] {
  const { addressType, endpoints, metadata } = slice;
  const isManaged = /^endpointslice(mirroring)?-controller\.k8s\.io$/.test(metadata.labels?.[MANAGED_BY] ?? '');
  return [
    ...(isNew && addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : []),
    ...(isManaged ? [] : (endpoints ?? [])).flatMap((endpoint, index) =>
      (endpoint.addresses ?? []).flatMap((address, at) =>
        addressWarnings(`endpoints[${index}].addresses[${at}]`, address),
      ),
    ),
  ];
}

/** Of Endpoints that nobody keeps. */
export function endpointsWarnings({ metadata, subsets }: Endpoints): string[] {
  if (metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller') return [];
  return (subsets ?? []).flatMap((subset, index) =>
    (['addresses', 'notReadyAddresses'] as const).flatMap((side) =>
      (subset[side] ?? []).flatMap(({ ip }, at) => addressWarnings(`subsets[${index}].${side}[${at}].ip`, ip)),
    ),
  );
}

/** Of an Ingress that is created. */
export function ingressWarnings({ metadata, spec }: Ingress): string[] {
  if (metadata.annotations?.[INGRESS_CLASS_ANNOTATION] === undefined || spec.ingressClassName !== undefined) return [];
  return [`annotation "${INGRESS_CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`];
}

/** Of a NetworkPolicy. */
export function networkPolicyWarnings({ spec }: NetworkPolicy): string[] {
  return ipBlocks(spec ?? {}).flatMap(({ path, block }) => [
    ...addressWarnings(`${path}.cidr`, block.cidr),
    ...(block.except ?? []).flatMap((part, index) => addressWarnings(`${path}.except[${index}]`, part)),
  ]);
}
