/**
 * What is simulated, what is simplified and what is not there, said in one list for the page, the README and the command
 * line. Kinds come from the table the API server uses; `limits.test.ts` holds components, plugins, faults and kinds
 * that are missing against the code, and the README against this list, so that none of it can drift.
 */
import { apiVersionOf, RESOURCES } from './api/scheme';
import { API_SERVER_LIMITS } from './simplifications/api-server';
import { CONTROLLERS_LIMITS } from './simplifications/controllers';
import { CUSTOM_RESOURCES_LIMITS } from './simplifications/custom-resources';
import { KUBECTL_LIMITS } from './simplifications/kubectl';
import { NODES_LIMITS } from './simplifications/nodes';
import { RECORDED_LIMITS } from './simplifications/recorded';
import { STORAGE_LIMITS } from './simplifications/storage';

/** The Kubernetes release whose behaviour is followed. */
export const KUBERNETES_VERSION = '1.36';

/** One line of the list. */
export interface Limit {
  /** Which part of Kubernetes it is about. */
  readonly area: string;
  readonly kind: 'simulated' | 'simplified' | 'absent';
  readonly what: string;
  readonly detail: string;
}

/** Controllers that run, by their actor name. */
export const SIMULATED_CONTROLLERS = [
  'namespace-controller',
  'serviceaccount-controller',
  'root-ca-certificate-publisher-controller',
  'deployment-controller',
  'replicaset-controller',
  'job-controller',
  'cronjob-controller',
  'ttl-after-finished-controller',
  'replicationcontroller-controller',
  'daemonset-controller',
  'statefulset-controller',
  'endpoint-controller',
  'endpointslice-controller',
  'endpointslicemirroring-controller',
  'garbage-collector-controller',
  'disruption-controller',
  'horizontal-pod-autoscaler-controller',
  'pod-garbage-collector-controller',
  'node-ipam-controller',
  'node-lifecycle-controller',
  'taint-eviction-controller',
  'resourcequota-controller',
  'custom-resource-definition-controller',
  'autoregister-controller',
  'remote-availability-controller',
  'persistentvolume-binder-controller',
  'attachdetach-controller',
  'persistentvolume-expander-controller',
  'ephemeral-volume-controller',
  'persistentvolumeclaim-protection-controller',
  'persistentvolume-protection-controller',
  'volumeattributesclass-protection-controller',
  'clusterrole-aggregation-controller',
  'serviceaccount-token-controller',
] as const;

/** Fault types of the scenario format that do something. */
export const SIMULATED_FAULTS = [
  'node-crash',
  'node-shutdown',
  'node-partition',
  'memory-pressure',
  'disk-pressure',
  'pid-pressure',
  'container-exit',
  'oom-kill',
  'image-pull-error',
  'registry-down',
  'api-server-down',
  'etcd-slow',
  'component-down',
  'dns-down',
] as const;

const kinds: readonly Limit[] = RESOURCES.map((info) => ({
  area: 'Kinds',
  kind: 'simulated',
  what: info.kind,
  detail: `${apiVersionOf(info)}, with its fields, defaults and validation`,
}));

const controllers: Limit = {
  area: 'Components',
  kind: 'simulated',
  what: 'Controllers',
  detail: SIMULATED_CONTROLLERS.join(', '),
};

const faults: Limit = { area: 'Faults', kind: 'simulated', what: 'Fault types', detail: SIMULATED_FAULTS.join(', ') };

/** Kinds that people are most likely to look for and that are not there yet. */
export const ABSENT_KINDS = ['CertificateSigningRequest', 'MutatingAdmissionPolicy', 'ResourceClaim'] as const;

const absentKinds: Limit = {
  area: 'Kinds',
  kind: 'absent',
  what: 'Other kinds of Kubernetes',
  detail: `Refused with what to use instead, among them ${ABSENT_KINDS.join(', ')}.`,
};

/** The whole list, by area in the order in which people meet them. */
export const LIMITS: readonly Limit[] = [
  ...kinds,
  absentKinds,
  controllers,
  faults,
  ...API_SERVER_LIMITS,
  ...CUSTOM_RESOURCES_LIMITS,
  ...CONTROLLERS_LIMITS,
  ...NODES_LIMITS,
  ...STORAGE_LIMITS,
  ...KUBECTL_LIMITS,
  ...RECORDED_LIMITS,
];

const WORDS = { simulated: 'Simulated', simplified: 'Simplified', absent: 'Not there' } as const;

/** The list as Markdown, for the README. */
export function limitsMarkdown(): string {
  const areas = [...new Set(LIMITS.map((limit) => limit.area))];
  const kindNames = kinds.map((limit) => limit.what).join(', ');
  const lines = [`Behaviour follows Kubernetes ${KUBERNETES_VERSION}. Kinds: ${kindNames}.`];
  for (const area of areas) {
    lines.push('', `**${area}**`, '');
    for (const { kind, what, detail } of LIMITS.filter((limit) => limit.area === area && !kinds.includes(limit))) {
      lines.push(`- *${WORDS[kind]}:* ${what}. ${detail}`);
    }
  }
  return lines.join('\n');
}
