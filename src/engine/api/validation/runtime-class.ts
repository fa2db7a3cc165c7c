/**
 * RuntimeClasses.
 * Follows pkg/apis/node/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { RuntimeClass, Toleration } from '../types';
import { duplicate, type FieldErrors, pushInvalid, required } from './field-errors';
import { internalForm } from './internal-form';
import { validateLabels } from './labels';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label, isDns1123Subdomain } from './names';
import { validateResourceRequirements } from './resources';
import { validateTolerations } from './scheduling';

const METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain, anyFinalizer: true };

/** A RuntimeClass that is to be created. */
export function validateRuntimeClass(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  validateContent(errors, object as RuntimeClass);
  return errors;
}

function validateContent(errors: FieldErrors, { handler, overhead, scheduling }: RuntimeClass): void {
  if (!handler) errors.push(required('handler'));
  else pushInvalid(errors, 'handler', handler, isDns1123Label(handler));
  if (overhead) validateResourceRequirements(errors, 'overhead', { limits: overhead.podFixed }, 'container');
  if (!scheduling) return;
  validateLabels(errors, 'scheduling.nodeSelector', scheduling.nodeSelector);
  validateTolerations(errors, 'scheduling.tolerations', scheduling.tolerations);
  const seen = new Set<string>();
  for (const [index, toleration] of (scheduling.tolerations ?? []).entries()) {
    const key = keyOfToleration(toleration);
    if (seen.has(key))
      errors.push(duplicate(`scheduling.tolerations[${index}]`, internalForm('Toleration', toleration)));
    seen.add(key);
  }
}

function keyOfToleration({ key, operator, value, effect }: Toleration): string {
  return JSON.stringify([key ?? '', operator ?? '', value ?? '', effect ?? '']);
}

/** An update of a RuntimeClass: its handler stays. */
export function validateRuntimeClassUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata, METADATA);
  validateContent(errors, object as RuntimeClass);
  validateImmutable(errors, 'handler', (object as RuntimeClass).handler, (old as RuntimeClass).handler);
  return errors;
}
