/**
 * DaemonSets.
 * Follows pkg/apis/apps/validation/validation.go (ValidateDaemonSetSpec and what it calls).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy } from '../types';
import { type FieldErrors, invalid, notSupported, required } from './field-errors';
import { plainNumberOf, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent';
import { internalForm } from './internal-form';
import { isUsableSelector, validateLabelSelector, validateSelectsSomething } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validatePodTemplate, validateRunsForEver, validateSelected } from './pod-template';
import { validateNonNegative } from './probe';
import { validateCollisionCount } from './replica-counts';
import { validateSelectorUnchanged } from './replica-set';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };

/** A DaemonSet that is to be created. */
export function validateDaemonSet(object: KubeObject): readonly FieldError[] {
  const daemonSet = object as DaemonSet;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, daemonSet.metadata, METADATA);
  validateSpec(errors, daemonSet.spec);
  return errors;
}

/** An update of a DaemonSet. */
export function validateDaemonSetUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as DaemonSet;
  const old = oldObject as DaemonSet;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  if (spec === old.spec) return errors;
  validateSelectorUnchanged(errors, spec.selector, old.spec.selector);
  validateSpec(errors, spec);
  return errors;
}

function validateSpec(errors: FieldErrors, spec: DaemonSetSpec): void {
  const { selector, template, minReadySeconds, revisionHistoryLimit } = spec;
  validateLabelSelector(errors, 'spec.selector', selector);
  if (!selector || isUsableSelector(selector)) validateSelected(errors, 'spec.template', template, selector);
  if (selector) validateSelectsSomething(errors, selector, 'daemonset');
  validatePodTemplate(errors, 'spec.template', template);
  validateRunsForEver(errors, 'spec.template', template, 'DaemonSet');
  validateNonNegative(errors, 'spec.minReadySeconds', minReadySeconds);
  validateUpdateStrategy(errors, 'spec.updateStrategy', spec.updateStrategy ?? {});
  validateNonNegative(errors, 'spec.revisionHistoryLimit', revisionHistoryLimit);
}

function validateUpdateStrategy(errors: FieldErrors, field: string, strategy: DaemonSetUpdateStrategy): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') {
    errors.push(notSupported(field, internalForm('DaemonSetUpdateStrategy', strategy), ['RollingUpdate', 'OnDelete']));
    return;
  }
  if (!rollingUpdate) {
    errors.push(required(`${field}.rollingUpdate`));
    return;
  }
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const unavailable = `${field}.rollingUpdate.maxUnavailable`;
  const surge = `${field}.rollingUpdate.maxSurge`;
  validateIntOrPercent(errors, unavailable, maxUnavailable);
  validateIntOrPercent(errors, surge, maxSurge);
  validateAtMost100Percent(errors, unavailable, maxUnavailable);
  validateAtMost100Percent(errors, surge, maxSurge);
  const hasUnavailable = plainNumberOf(maxUnavailable) !== 0;
  const hasSurge = plainNumberOf(maxSurge) !== 0;
  if (hasUnavailable && hasSurge) {
    errors.push(invalid(surge, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  } else if (!hasUnavailable && !hasSurge) {
    errors.push(required(unavailable, 'cannot be 0 when maxSurge is 0'));
  }
}

const COUNTS = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
] as const;

/** An update of a DaemonSet's status. */
export function validateDaemonSetStatusUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { status = {} } = object as Partial<DaemonSet>;
  const { status: old = {} } = oldObject as Partial<DaemonSet>;
  const errors: FieldErrors = [];
  const counts = status as Partial<DaemonSet['status']>;
  for (const name of COUNTS) validateNonNegative(errors, `status.${name}`, counts[name]);
  validateCollisionCount(errors, counts.collisionCount, (old as Partial<DaemonSet['status']>).collisionCount);
  return errors;
}
