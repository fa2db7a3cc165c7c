/**
 * PersistentVolumeClaims: once made, only their size may grow, and their volume be named once.
 * Follows pkg/apis/core/validation/validation.go (ValidatePersistentVolumeClaimUpdate and its relatives).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual, valueIn } from '../plain';
import { compareQuantities } from '../quantity';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../types';
import { BETA_CLASS } from '../volume-claim';
import { type FieldErrors, forbiddenField, invalid, notSupported, required } from './field-errors';
import { internalForm } from './internal-form';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { unifiedDiff } from './unified-diff';
import { validateClaimSpec } from './volume-claim';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const IMMUTABLE =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
const ATTRIBUTES = 'spec.volumeAttributesClassName';
const RESIZE_STATUSES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
  'NodeResizePending',
];

/** A claim that is to be created. */
export function validatePersistentVolumeClaim(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateBody(errors, object as PersistentVolumeClaim);
  return errors;
}

function validateBody(errors: FieldErrors, { metadata, spec }: PersistentVolumeClaim): void {
  validateObjectMeta(errors, metadata, METADATA);
  validateClaimSpec(errors, 'spec', spec);
}

/** An update of a claim. */
export function validatePersistentVolumeClaimUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const claim = object as PersistentVolumeClaim;
  const old = oldObject as PersistentVolumeClaim;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, claim.metadata, old.metadata);
  validateBody(errors, claim);
  const [before, after] = [old.metadata, claim.metadata].map(({ annotations }) => valueIn(annotations, BETA_CLASS));
  if (before !== after) {
    errors.push(invalid(`metadata.annotations.${BETA_CLASS}`, after ?? '', 'field is immutable'));
  }
  validateSpecUpdate(errors, claim, old);
  validateSizeUpdate(errors, claim, old);
  validateImmutable(errors, 'volumeMode', claim.spec.volumeMode, old.spec.volumeMode);
  if (old.status.currentVolumeAttributesClassName !== undefined) {
    const to = claim.spec.volumeAttributesClassName;
    const why = 'is forbidden when status.currentVolumeAttributesClassName is not nil';
    if (to === undefined) errors.push(forbiddenField(ATTRIBUTES, `update to nil ${why}`));
    else if (to === '') errors.push(forbiddenField(ATTRIBUTES, `update to empty string ${why}`));
  }
  return errors;
}

function validateSpecUpdate(errors: FieldErrors, claim: PersistentVolumeClaim, old: PersistentVolumeClaim): void {
  const comparable: PersistentVolumeClaimSpec = { ...claim.spec };
  const earlier: PersistentVolumeClaimSpec = { ...old.spec };
  // The volume is named once, and a claim without a class may get one.
  if (!earlier.volumeName) earlier.volumeName = comparable.volumeName;
  const given = valueIn(old.metadata.annotations, BETA_CLASS);
  const { storageClassName: name } = comparable;
  if (name !== undefined && earlier.storageClassName === undefined && (given ?? name) === name) {
    comparable.storageClassName = undefined;
  }
  if (claim.status.phase === 'Bound') {
    const { requests } = comparable.resources ?? {};
    const size = earlier.resources?.requests?.storage;
    if (requests && size !== undefined) {
      comparable.resources = { ...comparable.resources, requests: { ...requests, storage: size } };
    }
    comparable.volumeAttributesClassName = earlier.volumeAttributesClassName;
  }
  if (deepEqual(earlier, comparable)) return;
  const [left, right] = [earlier, comparable].map((spec) => internalForm('PersistentVolumeClaimSpec', spec));
  if (!deepEqual(left, right)) errors.push(forbiddenField('spec', `${IMMUTABLE}\n${unifiedDiff(left, right)}`));
}

function validateSizeUpdate(errors: FieldErrors, { spec }: PersistentVolumeClaim, old: PersistentVolumeClaim): void {
  const size = spec.resources?.requests?.storage ?? '0';
  if (compareQuantities(size, old.spec.resources?.requests?.storage ?? '0') >= 0) return;
  if (compareQuantities(size, old.status.capacity?.storage ?? '0') > 0) return;
  errors.push(forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity'));
}

/** An update of a claim's status. */
export function validatePersistentVolumeClaimStatusUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const { metadata, spec, status } = object as PersistentVolumeClaim;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  if (!spec.accessModes?.length) errors.push(required('Spec.accessModes'));
  for (const [name, size] of Object.entries(status.capacity ?? {})) {
    if (compareQuantities(size, '0') >= 0) continue;
    errors.push(invalid(`status.capacity[${name}]`, size, 'must be a valid resource quantity'));
  }
  for (const [name, value] of Object.entries(status.allocatedResourceStatuses ?? {})) {
    if (RESIZE_STATUSES.includes(value)) continue;
    errors.push(notSupported('status.allocatedResourceStatuses', name, RESIZE_STATUSES));
  }
  return errors;
}
