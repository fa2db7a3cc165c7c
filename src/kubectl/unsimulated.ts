/**
 * Kinds that Kubernetes 1.36 has and this simulator doesn't have yet, so that kubectl can say so instead of
 * pretending they don't exist. A kind that gets into the engine's table (api/scheme.ts) stops being listed here by itself.
 * Names as `kubectl api-resources` prints them.
 */
import { type ResourceInfo, resource } from '../engine/api/kinds/definition';
import { findResource } from '../engine/api/scheme';

type Row = readonly [
  group: string,
  version: string,
  kind: string,
  plural: string,
  shortNames?: string,
  scope?: 'cluster',
];

const ROWS: readonly Row[] = [
  ['', 'v1', 'ComponentStatus', 'componentstatuses', 'cs', 'cluster'],
  ['', 'v1', 'Endpoints', 'endpoints', 'ep'],
  [
    'admissionregistration.k8s.io',
    'v1',
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    '',
    'cluster',
  ],
  [
    'admissionregistration.k8s.io',
    'v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    '',
    'cluster',
  ],
  ['apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'crd,crds', 'cluster'],
  ['apiregistration.k8s.io', 'v1', 'APIService', 'apiservices', '', 'cluster'],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'hpa'],
  ['autoscaling', 'v1', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'hpa'],
  ['certificates.k8s.io', 'v1', 'CertificateSigningRequest', 'certificatesigningrequests', 'csr', 'cluster'],
  ['flowcontrol.apiserver.k8s.io', 'v1', 'FlowSchema', 'flowschemas', '', 'cluster'],
  ['networking.k8s.io', 'v1', 'IngressClass', 'ingressclasses', '', 'cluster'],
  ['networking.k8s.io', 'v1', 'Ingress', 'ingresses', 'ing'],
  ['networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', 'netpol'],
  ['resource.k8s.io', 'v1', 'ResourceClaim', 'resourceclaims'],
  ['storage.k8s.io', 'v1', 'CSIDriver', 'csidrivers', '', 'cluster'],
  ['storage.k8s.io', 'v1', 'CSINode', 'csinodes', '', 'cluster'],
  ['storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', 'sc', 'cluster'],
  ['storage.k8s.io', 'v1', 'VolumeAttachment', 'volumeattachments', '', 'cluster'],
];

/** Kinds of Kubernetes 1.36 that are not simulated. */
export const UNSIMULATED: readonly ResourceInfo[] = ROWS.filter(([, , kind]) => !findResource(kind)).map(
  ([group, version, kind, plural, shortNames = '', scope]) =>
    resource(group, version, kind, plural, shortNames, { namespaced: scope !== 'cluster' }),
);

/** What to use in place of kinds that stay out. */
const INSTEAD: Readonly<Record<string, string>> = {
  CertificateSigningRequest:
    'nothing is signed here; a user is whoever `as:` of an action or --as names, give him roles',
};

/** The line that says that a kind is missing here rather than in Kubernetes. */
export function unsimulatedNote(kind: string): string {
  const instead = INSTEAD[kind];
  if (instead) return `kubestep: ${kind} is not simulated: ${instead}`;
  return `kubestep: ${kind} is not simulated yet`;
}
