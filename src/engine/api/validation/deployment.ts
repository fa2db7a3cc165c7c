/**
 * Deployments.
 * Follows pkg/apis/apps/validation/validation.go (ValidateDeploymentSpec and what it calls).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, required } from './field-errors';
import { plainNumberOf, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent';
import { internalForm } from './internal-form';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validateNonNegative } from './probe';
import { validateCollisionCount, validateReplicaCounts } from './replica-counts';
import { validateSelectorAndTemplate, validateSelectorUnchanged } from './replica-set';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A Deployment that is to be created. */
export function validateDeployment(object: KubeObject): readonly FieldError[] {
  const deployment = object as Deployment;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, deployment.metadata, METADATA);
  validateSpec(errors, deployment.spec);
  return errors;
}

/** An update of a Deployment. */
export function validateDeploymentUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as Deployment;
  const old = oldObject as Deployment;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  if (spec === old.spec) return errors;
  validateSpec(errors, spec);
  validateSelectorUnchanged(errors, spec.selector, old.spec.selector);
  return errors;
}

function validateSpec(errors: FieldErrors, spec: DeploymentSpec): void {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  validateNonNegative(errors, 'spec.replicas', spec.replicas);
  validateSelectorAndTemplate(errors, spec.selector, spec.template);
  validateStrategy(errors, 'spec.strategy', spec.strategy ?? {});
  validateNonNegative(errors, 'spec.minReadySeconds', minReadySeconds);
  validateNonNegative(errors, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit);
  validateNonNegative(errors, 'spec.progressDeadlineSeconds', deadline);
  if (deadline === undefined || deadline > minReadySeconds) return;
  errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
}

function validateStrategy(errors: FieldErrors, field: string, strategy: DeploymentStrategy): void {
  const { type = '', rollingUpdate } = strategy;
  if (type === 'Recreate') {
    if (!rollingUpdate) return;
    const why = "may not be specified when strategy `type` is 'Recreate'";
    errors.push(forbiddenField(`${field}.rollingUpdate`, why));
  } else if (type === 'RollingUpdate') {
    if (rollingUpdate) validateRollingUpdate(errors, `${field}.rollingUpdate`, rollingUpdate);
    else errors.push(required(`${field}.rollingUpdate`, 'this should be defaulted and never be nil'));
  } else {
    errors.push(notSupported(field, internalForm('DeploymentStrategy', strategy), ['Recreate', 'RollingUpdate']));
  }
}

function validateRollingUpdate(errors: FieldErrors, field: string, update: RollingUpdateDeployment): void {
  const { maxUnavailable = 0, maxSurge = 0 } = update;
  const path = `${field}.maxUnavailable`;
  validateIntOrPercent(errors, path, maxUnavailable);
  validateIntOrPercent(errors, `${field}.maxSurge`, maxSurge);
  if (plainNumberOf(maxUnavailable) === 0 && plainNumberOf(maxSurge) === 0) {
    errors.push(invalid(path, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  validateAtMost100Percent(errors, path, maxUnavailable);
}

const COUNTS = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
] as const;

/** An update of a Deployment's status. */
export function validateDeploymentStatusUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { status = {} } = object as Deployment;
  const { status: old = {} } = oldObject as Deployment;
  const errors: FieldErrors = [];
  for (const name of COUNTS) validateNonNegative(errors, `status.${name}`, status[name]);
  validateReplicaCounts(errors, status, 'updatedReplicas');
  validateCollisionCount(errors, status.collisionCount, old.collisionCount);
  return errors;
}
