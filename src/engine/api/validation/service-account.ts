/**
 * ServiceAccounts.
 * Follows pkg/apis/core/validation/validation.go (ValidateServiceAccount).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { FieldErrors } from './field-errors';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A ServiceAccount that is to be created. */
export function validateServiceAccount(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  return errors;
}

/** An update of a ServiceAccount. */
export function validateServiceAccountUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validateObjectMeta(errors, object.metadata, METADATA);
  return errors;
}
