/**
 * As whom each component sends its requests, as a cluster made by kubeadm sets them up.
 * Follows cmd/kubeadm/app/phases (certs, kubeconfig) and cmd/kube-controller-manager/app (one service account per controller).
 */
import type { UserInfo } from '../api/request';
import type { Component } from './component';

const AUTHENTICATED = 'system:authenticated';
const SYSTEM_NAMESPACE = 'kube-system';

/** Service accounts that are not called like their controller here. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['attach-detach-controller', 'attachdetach-controller'],
  ['daemonset-controller', 'daemon-set-controller'],
  ['endpoints-controller', 'endpoint-controller'],
  ['endpointslice-mirroring-controller', 'endpointslicemirroring-controller'],
  ['garbage-collector-controller', 'generic-garbage-collector'],
  ['horizontal-pod-autoscaler-controller', 'horizontal-pod-autoscaler'],
  ['node-ipam-controller', 'node-controller'],
  ['node-lifecycle-controller', 'node-controller'],
  ['persistentvolume-attach-detach-controller', 'attachdetach-controller'],
  ['persistentvolume-binder-controller', 'persistent-volume-binder'],
  ['persistentvolume-controller', 'persistent-volume-binder'],
  ['persistentvolume-expander-controller', 'expand-controller'],
  ['persistentvolume-protection-controller', 'pv-protection-controller'],
  ['persistentvolumeclaim-protection-controller', 'pvc-protection-controller'],
  ['pod-garbage-collector-controller', 'pod-garbage-collector'],
  ['replicationcontroller-controller', 'replication-controller'],
  ['root-ca-certificate-publisher-controller', 'root-ca-cert-publisher'],
  ['serviceaccount-controller', 'service-account-controller'],
  ['taint-eviction-controller', 'node-controller'],
]);

function serviceAccount(name: string): UserInfo {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${SYSTEM_NAMESPACE}`, AUTHENTICATED];
  return { name: `system:serviceaccount:${SYSTEM_NAMESPACE}:${name}`, groups };
}

/** The controllers of Nodes. */
export const NODE_CONTROLLER = serviceAccount('node-controller');

/** Who a component is to the API server; a person's process is the cluster's administrator. */
export function identityOf({ name, process, node = '' }: Pick<Component, 'name' | 'process' | 'node'>): UserInfo {
  switch (process) {
    case 'kube-apiserver':
      return { name: 'system:apiserver', groups: ['system:masters', AUTHENTICATED] };
    case 'kube-scheduler':
      return { name: 'system:kube-scheduler', groups: [AUTHENTICATED] };
    case 'kubelet':
      return { name: `system:node:${node}`, groups: ['system:nodes', AUTHENTICATED] };
    case 'cloud-controller-manager':
      return serviceAccount(name);
    case 'kube-proxy':
      return serviceAccount('kube-proxy');
    case 'kube-controller-manager':
      // One makes tokens for all others, so it has none; the other leads before there are controllers.
      if (name === 'serviceaccount-token-controller' || name === process)
        return { name: 'system:kube-controller-manager', groups: [AUTHENTICATED] };
      return serviceAccount(ACCOUNTS.get(name) ?? name);
    default:
      return { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', AUTHENTICATED] };
  }
}
