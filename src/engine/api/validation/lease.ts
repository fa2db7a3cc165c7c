/**
 * Leases.
 * Follows pkg/apis/coordination/validation/validation.go. Left out: coordinated leader election.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { Lease } from '../types';
import { type FieldErrors, invalid } from './field-errors';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain, anyFinalizer: true };

/** A Lease that is to be created. */
export function validateLease(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  validateSpec(errors, object as Lease);
  return errors;
}

/** An update of a Lease. */
export function validateLeaseUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata, METADATA);
  validateSpec(errors, object as Lease);
  return errors;
}

function validateSpec(errors: FieldErrors, { spec }: Lease): void {
  const { leaseDurationSeconds, leaseTransitions } = spec ?? {};
  if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0) {
    errors.push(invalid('spec.leaseDurationSeconds', leaseDurationSeconds, 'must be greater than 0'));
  }
  if (leaseTransitions !== undefined && leaseTransitions < 0) {
    errors.push(invalid('spec.leaseTransitions', leaseTransitions, 'must be greater than or equal to 0'));
  }
}
