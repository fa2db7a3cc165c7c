/**
 * The spec of a claim, on its own, as part of an ephemeral volume or of a StatefulSet's template.
 * Follows pkg/apis/core/validation/validation.go (ValidatePersistentVolumeClaimSpec).
 */
import { compareQuantities } from '../quantity';
import type { PersistentVolumeClaimSpec, TypedLocalObjectReference, TypedObjectReference } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateLabelSelector } from './labels';
import { isDns1123Label, isDns1123Subdomain } from './names';
import { validateResourceQuantity } from './resources';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];

/** The modes of a claim or volume. `field` is the spec's. */
export function validateAccessModes(errors: FieldErrors, field: string, modes: readonly string[]): void {
  for (const mode of modes) {
    if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(`${field}.accessModes`, mode, ACCESS_MODES));
  }
  const isOther = (mode: string): boolean => mode !== 'ReadWriteOncePod' && ACCESS_MODES.includes(mode);
  if (modes.includes('ReadWriteOncePod') && modes.some(isOther)) {
    errors.push(forbiddenField(`${field}.accessModes`, 'may not use ReadWriteOncePod with other access modes'));
  }
}

/** A size: more than nothing, and a whole number of bytes as far as that is checked. */
function validateSize(errors: FieldErrors, field: string, size: string): void {
  if (compareQuantities(size, '0') <= 0) errors.push(invalid(field, size, 'must be greater than zero'));
  else validateResourceQuantity(errors, field, 'storage', size);
}

/** Whether a volume is a file system or a device. */
export function validateVolumeMode(errors: FieldErrors, field: string, mode: string | undefined): void {
  if (mode !== undefined && !VOLUME_MODES.includes(mode)) errors.push(notSupported(field, mode, VOLUME_MODES));
}

/** What a claim asks for. */
export function validateClaimSpec(errors: FieldErrors, field: string, spec: PersistentVolumeClaimSpec): void {
  const modes = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${field}.accessModes`, 'at least 1 access mode is required'));
  validateLabelSelector(errors, `${field}.selector`, spec.selector);
  validateAccessModes(errors, field, modes);
  const storage = spec.resources?.requests?.storage;
  if (storage === undefined) errors.push(required(`${field}.resources[storage]`));
  else validateSize(errors, `${field}.resources[storage]`, storage);
  if (spec.storageClassName) {
    pushInvalid(errors, `${field}.storageClassName`, spec.storageClassName, isDns1123Subdomain(spec.storageClassName));
  }
  validateVolumeMode(errors, `${field}.volumeMode`, spec.volumeMode);
  validateDataSources(errors, field, spec);
  const attributes = spec.volumeAttributesClassName;
  if (attributes) {
    pushInvalid(errors, `${field}.volumeAttributesClassName`, attributes, isDns1123Subdomain(attributes));
  }
}

function validateDataSources(errors: FieldErrors, field: string, spec: PersistentVolumeClaimSpec): void {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource) validateDataSource(errors, `${field}.dataSource`, dataSource);
  if (dataSourceRef) validateDataSource(errors, `${field}.dataSourceRef`, dataSourceRef);
  if (dataSourceRef?.namespace) {
    const { namespace } = dataSourceRef;
    pushInvalid(errors, `${field}.dataSourceRef.namespace`, namespace, isDns1123Label(namespace));
  }
  if (!dataSource || !dataSourceRef) return;
  const isSame = (['apiGroup', 'kind', 'name'] as const).every((key) => dataSource[key] === dataSourceRef[key]);
  // Upstream prints the path where the value should stand.
  if (dataSourceRef.namespace) {
    errors.push(invalid(field, {}, 'may not be specified when dataSourceRef.namespace is specified'));
  } else if (!isSame) errors.push(invalid(field, {}, 'must match dataSourceRef'));
}

function validateDataSource(
  errors: FieldErrors,
  field: string,
  source: TypedLocalObjectReference | TypedObjectReference,
): void {
  const { apiGroup = '', kind = '', name = '' } = source;
  if (name === '') errors.push(required(`${field}.name`));
  if (kind === '') errors.push(required(`${field}.kind`));
  if (apiGroup !== '') pushInvalid(errors, `${field}.apiGroup`, apiGroup, isDns1123Subdomain(apiGroup));
  else if (kind !== 'PersistentVolumeClaim') {
    errors.push(invalid(field, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  }
}
