/**
 * Leases. Follows pkg/registry/coordination/lease/strategy.go.
 * As a table: printLease in pkg/printers/internalversion/printers.go.
 */
import type { KubeObject } from '../meta';
import type { Lease } from '../types';
import { validateLease, validateLeaseUpdate } from '../validation/lease';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

/** Coordinated leader election is off by default, so its fields are not kept. */
function dropDisabledFields(draft: KubeObject): void {
  const lease = draft as Lease;
  lease.spec ??= {};
  delete lease.spec.strategy;
  delete lease.spec.preferredHolder;
}

const strategy: Strategy = {
  prepareForCreate: dropDisabledFields,
  prepareForUpdate: dropDisabledFields,
  validate: validateLease,
  validateUpdate: validateLeaseUpdate,
};

const table: TableDefinition<Lease> = {
  columns: columns('NAME,HOLDER,AGE'),
  row: (lease, clock) => [lease.metadata.name, lease.spec?.holderIdentity ?? '', ageOf(lease, clock)],
};

/** Lease. */
export const leaseKind: KindDefinition = {
  ...resource('coordination.k8s.io', 'v1', 'Lease', 'leases', ''),
  strategy,
  table,
};
