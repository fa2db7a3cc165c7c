/**
 * NetworkPolicies. Follows pkg/registry/networking/networkpolicy/strategy.go and pkg/apis/networking/v1/defaults.go.
 * As a table: printNetworkPolicy in pkg/printers/internalversion/printers.go.
 */
import type { KubeObject } from '../meta';
import { formatLabelSelector } from '../selector';
import type { NetworkPolicy } from '../types';
import { validateNetworkPolicy, validateNetworkPolicyUpdate } from '../validation/network-policy';
import { networkPolicyWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import { ageOf, columns, type TableDefinition } from './table';

/** Fills what a NetworkPolicy leaves open. */
function defaultNetworkPolicy(draft: KubeObject): void {
  const { spec } = draft as NetworkPolicy;
  if (!spec) return;
  const { ingress = [], egress = [] } = spec;
  for (const { ports = [] } of [...ingress, ...egress]) for (const port of ports) port.protocol ??= 'TCP';
  if (!spec.policyTypes?.length) spec.policyTypes = egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

const table: TableDefinition<NetworkPolicy> = {
  columns: columns('NAME,POD-SELECTOR,AGE'),
  row: (policy, clock) => [
    policy.metadata.name,
    formatLabelSelector(policy.spec.podSelector ?? {}),
    ageOf(policy, clock),
  ],
};

/** NetworkPolicy. */
export const networkPolicyKind: KindDefinition = {
  ...resource('networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', 'netpol'),
  countsGenerations: true,
  strategy: {
    default: defaultNetworkPolicy,
    validate: validateNetworkPolicy,
    validateUpdate: validateNetworkPolicyUpdate,
    warningsOnCreate: (object) => networkPolicyWarnings(object as NetworkPolicy),
    warningsOnUpdate: (object) => networkPolicyWarnings(object as NetworkPolicy),
  },
  table,
};
