/**
 * What is simulated, what is simplified and what is not there, said in one list for the page, the README and the command
 * line. Kinds come from the table the API server uses; `limits.test.ts` holds components, plugins, faults and kinds
 * that are missing against the code, and the README against this list, so that none of it can drift.
 */
import { apiVersionOf, RESOURCES } from './api/scheme';
import { SIMPLIFICATIONS } from './simplifications';

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

/** Controllers of kube-controller-manager that run, by their actor name. */
export const SIMULATED_CONTROLLERS = [
  'namespace-controller',
  'serviceaccount-controller',
  'root-ca-certificate-publisher-controller',
  'deployment-controller',
  'replicaset-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'disruption-controller',
  'pod-garbage-collector-controller',
  'node-lifecycle-controller',
  'taint-eviction-controller',
] as const;

/** Fault types of the scenario format that do something. */
export const SIMULATED_FAULTS = [
  'node-crash',
  'node-partition',
  'container-exit',
  'oom-kill',
  'image-pull-error',
  'registry-down',
  'api-server-down',
  'component-down',
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

/** The whole list, by area in the order in which people meet them. */
export const LIMITS: readonly Limit[] = [...kinds, controllers, faults, ...SIMPLIFICATIONS];
