/**
 * Leases.
 * Follows pkg/registry/coordination/lease/strategy.go.
 */
import type { KubeObject } from '../../api/meta';
import type { Lease } from '../../api/types';
import { validateLease, validateLeaseUpdate } from '../../api/validation/lease';
import type { Strategy } from '../strategy';

/** Coordinated leader election is off by default, so its fields are not kept. */
function dropDisabledFields(draft: KubeObject): void {
  const lease = draft as Lease;
  lease.spec ??= {};
  delete lease.spec.strategy;
  delete lease.spec.preferredHolder;
}

/** The rules of Leases. */
export const leaseStrategy: Strategy = {
  prepareForCreate: dropDisabledFields,
  prepareForUpdate: dropDisabledFields,
  validate: validateLease,
  validateUpdate: validateLeaseUpdate,
};
