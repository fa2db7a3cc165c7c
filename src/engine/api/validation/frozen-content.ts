/**
 * Contents that `immutable: true` has frozen, in ConfigMaps and Secrets.
 * Follows pkg/apis/core/validation/validation.go (ValidateConfigMapUpdate, ValidateSecretUpdate).
 */
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { type FieldErrors, forbiddenField } from './field-errors';

const WHY = 'field is immutable when `immutable` is set';

/** Once frozen, contents neither change nor thaw. */
export function validateFrozenFields(
  errors: FieldErrors,
  object: KubeObject,
  old: KubeObject,
  fields: readonly string[],
): void {
  if (old.immutable !== true) return;
  if (object.immutable !== true) errors.push(forbiddenField('immutable', WHY));
  for (const field of fields) {
    if (!deepEqual(object[field], old[field])) errors.push(forbiddenField(field, WHY));
  }
}
