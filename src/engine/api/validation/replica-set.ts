/**
 * ReplicaSets, and the selector with its template that Deployments have too.
 * Follows pkg/apis/apps/validation/validation.go (ValidateReplicaSetSpec and what it calls).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { LabelSelector, PodTemplateSpec, ReplicaSet, ReplicaSetSpec } from '../types';
import { type FieldErrors, invalid, required } from './field-errors';
import { isUsableSelector, printableSelector, validateLabelSelector, validateSelectsSomething } from './labels';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validateReplicaTemplate } from './pod-template';
import { validateNonNegative } from './probe';
import { validateReplicaCounts } from './replica-counts';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A ReplicaSet that is to be created. */
export function validateReplicaSet(object: KubeObject): readonly FieldError[] {
  const replicaSet = object as ReplicaSet;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, replicaSet.metadata, METADATA);
  validateSpec(errors, replicaSet.spec);
  return errors;
}

/** An update of a ReplicaSet. */
export function validateReplicaSetUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as ReplicaSet;
  const old = oldObject as ReplicaSet;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  if (spec === old.spec) return errors;
  validateSpec(errors, spec);
  validateSelectorUnchanged(errors, spec.selector, old.spec.selector);
  return errors;
}

/** Whose Pods are whose is settled once: a selector never changes. */
export function validateSelectorUnchanged(
  errors: FieldErrors,
  selector: LabelSelector | undefined,
  before: LabelSelector | undefined,
): void {
  validateImmutable(errors, 'spec.selector', selector, before, selector ? printableSelector(selector) : null);
}

function validateSpec(errors: FieldErrors, spec: ReplicaSetSpec): void {
  validateNonNegative(errors, 'spec.replicas', spec.replicas);
  validateNonNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  validateSelectorAndTemplate(errors, spec.selector, spec.template);
}

/** A selector that selects something, and the template it must select. */
export function validateSelectorAndTemplate(
  errors: FieldErrors,
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): void {
  if (!selector) errors.push(required('spec.selector'));
  else {
    validateLabelSelector(errors, 'spec.selector', selector);
    // Upstream says "deployment" for ReplicaSets too.
    validateSelectsSomething(errors, selector, 'deployment');
  }
  if (selector && !isUsableSelector(selector)) {
    errors.push(invalid('spec.selector', printableSelector(selector), 'invalid label selector'));
  } else validateReplicaTemplate(errors, 'spec.template', template ?? {}, selector);
}

const COUNTS = [
  'replicas',
  'fullyLabeledReplicas',
  'readyReplicas',
  'availableReplicas',
  'observedGeneration',
  'terminatingReplicas',
] as const;

/** An update of a ReplicaSet's status, or a ReplicationController's, which has the same counts but one. */
export function validateReplicaSetStatusUpdate(object: KubeObject): readonly FieldError[] {
  const { status = { replicas: 0 } } = object as ReplicaSet;
  const errors: FieldErrors = [];
  for (const name of COUNTS) validateNonNegative(errors, `status.${name}`, status[name]);
  validateReplicaCounts(errors, status, 'fullyLabeledReplicas');
  return errors;
}
