/**
 * What exists before anyone applies anything, as a fresh control plane leaves it once it has settled: the four namespaces with
 * their default ServiceAccounts, and the `kubernetes` Service. It is there at time 0 at once, so
 * that the first manifest meets a cluster that is up.
 * Follows pkg/controlplane (system namespaces controller, kubernetes service reconciler) and what the serviceaccount
 * controller adds; its Endpoints, flow schemas, RBAC roles and priority classes are left out.
 */
import type { KubeObject } from '../api/meta';
import type { Component } from '../client/component';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

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

/** The API server's own first writes: one step. */
export const bootstrapComponent: Component = {
  name: 'kube-apiserver',
  process: 'kube-apiserver',
  watches: [],
  initial: () => ({}),
  start: ({ client, say }) => {
    for (const name of NAMESPACES) client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const namespace of NAMESPACES) {
      client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
    }
    say(
      'bootstrap',
      client.create(kubernetesService),
      'The control plane is up, with its namespaces and the kubernetes Service',
    );
  },
  handle: () => undefined,
};
