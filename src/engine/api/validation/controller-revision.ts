/**
 * ControllerRevisions.
 * Follows pkg/apis/apps/validation/validation.go (ValidateControllerRevisionCreate, ValidateControllerRevisionUpdate).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { ControllerRevision } from '../types';
import { type FieldErrors, required } from './field-errors';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validateNonNegative } from './probe';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A ControllerRevision that is to be created. */
export function validateControllerRevision(object: KubeObject): readonly FieldError[] {
  const { metadata, data, revision } = object as ControllerRevision;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, METADATA);
  validateNonNegative(errors, 'revision', revision);
  if (data === undefined || data === null) errors.push(required('data', 'data is mandatory'));
  else if (typeof data !== 'object' || Array.isArray(data)) {
    errors.push(required('data', 'data must be a valid JSON object'));
  }
  return errors;
}

/** An update of a ControllerRevision: only its number, labels and the like may change. */
export function validateControllerRevisionUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const { metadata, data, revision } = object as ControllerRevision;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  validateObjectMeta(errors, metadata, METADATA);
  validateNonNegative(errors, 'revision', revision);
  validateImmutable(errors, 'data', data, (old as ControllerRevision).data);
  return errors;
}
