/**
 * What exists before anyone applies anything, as a fresh control plane leaves it once it has settled: the four namespaces with
 * their default ServiceAccounts, the two priority classes of the system, and the `kubernetes` Service. It is there at time 0
 * at once, so that the first manifest meets a cluster that is up.
 * Follows pkg/controlplane (system namespaces controller, kubernetes service reconciler), pkg/registry/scheduling/rest and what
 * the serviceaccount controller adds; its Endpoints, flow schemas and RBAC roles are left out.
 */
import type { KubeObject } from '../api/meta';
import type { PriorityClass } from '../api/types';
import { SYSTEM_PRIORITIES } from '../api/validation/priority-class';
import type { Component } from '../client/component';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const PRIORITY_DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  ['system-node-critical', 'Used for system critical pods that must not be moved from their current node.'],
  [
    'system-cluster-critical',
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ],
]);

function systemPriorityClass(name: string, value: number): PriorityClass {
  const description = PRIORITY_DESCRIPTIONS.get(name);
  return { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value, description };
}

const kubernetesService: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: {
    type: 'ClusterIP',
    clusterIP: '10.96.0.1',
    clusterIPs: ['10.96.0.1'],
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
  },
};

/** The API server's own first writes: one step. A server that starts again finds them in the store. */
export const bootstrapComponent: Component = {
  name: 'kube-apiserver',
  process: 'kube-apiserver',
  watches: [],
  initial: () => ({}),
  start: ({ client, say }) => {
    if (client.find('Service', 'default', 'kubernetes')) return;
    for (const name of NAMESPACES) client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const namespace of NAMESPACES) {
      client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
    }
    for (const [name, value] of SYSTEM_PRIORITIES) client.create(systemPriorityClass(name, value));
    say(
      'bootstrap',
      client.create(kubernetesService),
      'The control plane is up, with its namespaces and the kubernetes Service',
    );
  },
  handle: () => undefined,
};
