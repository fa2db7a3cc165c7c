/**
 * ReplicationControllers and PodTemplates.
 * Follows pkg/apis/core/validation/validation.go (ValidateReplicationController, ValidatePodTemplate and what they call).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { PodTemplate, ReplicationController, ReplicationControllerSpec } from '../types';
import { type FieldErrors, required } from './field-errors';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validatePodTemplate, validateReplicaTemplate } from './pod-template';
import { validateNonNegative } from './probe';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A ReplicationController that is to be created. */
export function validateReplicationController(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as ReplicationController;
  // Of the prefix of its name alone nothing is said.
  const { generateName: _prefix, ...rest } = metadata;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, rest, METADATA);
  validateSpec(errors, spec);
  return errors;
}

/** An update of a ReplicationController. */
export function validateReplicationControllerUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as ReplicationController;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  if (spec !== old.spec) validateSpec(errors, spec);
  return errors;
}

function validateSpec(errors: FieldErrors, spec: ReplicationControllerSpec): void {
  const { selector: matchLabels = {}, template } = spec;
  validateNonNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  if (Object.keys(matchLabels).length === 0) errors.push(required('spec.selector'));
  validateNonNegative(errors, 'spec.replicas', spec.replicas);
  if (!template) errors.push(required('spec.template'));
  else validateReplicaTemplate(errors, 'spec.template', template, { matchLabels }, 'ReplicationController');
}

/** A PodTemplate that is to be created. */
export function validatePodTemplateObject(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  validatePodTemplate(errors, 'template', (object as PodTemplate).template ?? {});
  return errors;
}

/** An update of a PodTemplate. */
export function validatePodTemplateObjectUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validatePodTemplate(errors, 'template', (object as PodTemplate).template ?? {});
  return errors;
}
