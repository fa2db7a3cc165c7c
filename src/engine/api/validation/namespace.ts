/**
 * Namespaces.
 * Follows pkg/apis/core/validation/validation.go (ValidateNamespace and its update forms).
 */

import type { FieldError } from '../field-error';
import { finalizerProblem } from '../finalizers';
import type { KubeObject } from '../meta';
import type { Namespace } from '../types';
import { type FieldErrors, invalid } from './field-errors';
import { validateQualifiedName } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label } from './names';

const METADATA: MetadataRules = { namespaced: false, name: isDns1123Label };

/** A Namespace that is to be created. */
export function validateNamespace(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateContent(errors, object as Namespace);
  return errors;
}

/** An update of a Namespace. */
export function validateNamespaceUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateContent(errors, object as Namespace);
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  return errors;
}

function validateContent(errors: FieldErrors, { metadata, spec }: Namespace): void {
  validateObjectMeta(errors, metadata, METADATA);
  for (const finalizer of spec?.finalizers ?? []) {
    validateQualifiedName(errors, 'spec.finalizers', finalizer);
    const problem = finalizerProblem(finalizer);
    if (problem) errors.push(invalid('spec.finalizers', finalizer, problem));
  }
}

/** An update of a Namespace's status: the phase follows from whether it is being deleted. */
export function validateNamespaceStatusUpdate(object: KubeObject): readonly FieldError[] {
  const { metadata, status } = object as Namespace;
  const { phase = '' } = status ?? {};
  const errors: FieldErrors = [];
  if (!metadata.deletionTimestamp && phase !== 'Active') {
    errors.push(invalid('status.Phase', phase, "may only be 'Active' if `deletionTimestamp` is empty"));
  } else if (metadata.deletionTimestamp && phase !== 'Terminating') {
    errors.push(invalid('status.Phase', phase, "may only be 'Terminating' if `deletionTimestamp` is not empty"));
  }
  return errors;
}
