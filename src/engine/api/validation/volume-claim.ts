/**
 * The spec of a claim, here as part of an ephemeral volume.
 * Follows pkg/apis/core/validation/validation.go (ValidatePersistentVolumeClaimSpec). Left out: data sources.
 */
import { compareQuantities } from '../quantity';
import type { PersistentVolumeClaimSpec } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateLabelSelector } from './labels';
import { isDns1123Subdomain } from './names';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** What a claim asks for. */
export function validateClaimSpec(errors: FieldErrors, field: string, spec: PersistentVolumeClaimSpec): void {
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${field}.accessModes`, 'at least 1 access mode is required'));
  validateLabelSelector(errors, `${field}.selector`, spec.selector);
  for (const mode of modes) {
    if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(`${field}.accessModes`, mode, ACCESS_MODES));
  }
  if (modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod')) {
    errors.push(forbiddenField(`${field}.accessModes`, 'may not use ReadWriteOncePod with other access modes'));
  }
  const storage = spec.resources?.requests?.storage;
  if (storage === undefined) errors.push(required(`${field}.resources[storage]`));
  else if (compareQuantities(storage, '0') <= 0) {
    errors.push(invalid(`${field}.resources[storage]`, storage, 'must be greater than zero'));
  }
  if (spec.storageClassName) {
    pushInvalid(errors, `${field}.storageClassName`, spec.storageClassName, isDns1123Subdomain(spec.storageClassName));
  }
  if (spec.volumeMode !== undefined && !['Block', 'Filesystem'].includes(spec.volumeMode)) {
    errors.push(notSupported(`${field}.volumeMode`, spec.volumeMode, ['Block', 'Filesystem']));
  }
}
