/**
 * PodDisruptionBudgets.
 * Follows pkg/apis/policy/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { PodDisruptionBudget } from '../types';
import { duplicate, type FieldErrors, invalid, notSupported, required } from './field-errors';
import { validateAtMost100Percent, validateIntOrPercent } from './int-or-percent';
import { printableSelector, validateLabelSelector, validateQualifiedName } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isPathSegmentName, regexMessage } from './names';
import { validateNonNegative } from './probe';

const METADATA: MetadataRules = { namespaced: true, name: isPathSegmentName, anyFinalizer: true };
const POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

/** A budget that is to be created. */
export function validateDisruptionBudget(object: KubeObject): readonly FieldError[] {
  const budget = object as PodDisruptionBudget;
  const errors: FieldErrors = [];
  validateSpec(errors, budget);
  // The name is only looked at when nothing else is wrong, and may be anything that fits into a URL.
  if (errors.length === 0) validateObjectMeta(errors, budget.metadata, METADATA);
  return errors;
}

/** An update of a budget. */
export function validateDisruptionBudgetUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata, METADATA);
  validateSpec(errors, object as PodDisruptionBudget);
  return errors;
}

function validateSpec(errors: FieldErrors, { spec }: PodDisruptionBudget): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const printed = {
      MinAvailable: minAvailable,
      Selector: selector ? printableSelector(selector) : null,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: policy ?? null,
    };
    errors.push(invalid('spec', printed, 'minAvailable and maxUnavailable cannot be both set'));
  }
  for (const name of ['minAvailable', 'maxUnavailable'] as const) {
    const value = spec[name];
    if (value === undefined) continue;
    validateIntOrPercent(errors, `spec.${name}`, value);
    validateAtMost100Percent(errors, `spec.${name}`, value);
  }
  validateLabelSelector(errors, 'spec.selector', selector);
  if (policy === undefined || POLICIES.includes(policy)) return;
  errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, POLICIES));
}

const STATUSES: readonly string[] = ['False', 'True', 'Unknown'];
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;
const REASON_MESSAGE = regexMessage(
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
  '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?',
  'my_name',
  'MY_NAME',
  'MyName',
  'ReasonA,ReasonB',
  'ReasonA:ReasonB',
);
const COUNTS = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const;

/** An update of a budget's status. */
export function validateDisruptionBudgetStatusUpdate(object: KubeObject): readonly FieldError[] {
  const { status } = object as PodDisruptionBudget;
  const errors: FieldErrors = [];
  const seen = new Set<string>();
  for (const [index, { type, status: state = '', reason, lastTransitionTime }] of (
    status?.conditions ?? []
  ).entries()) {
    const path = `status.conditions[${index}]`;
    if (seen.has(type)) errors.push(duplicate(`${path}.type`, type));
    seen.add(type);
    validateQualifiedName(errors, `${path}.type`, type ?? '');
    if (!STATUSES.includes(state)) errors.push(notSupported(`${path}.status`, state, STATUSES));
    if (!lastTransitionTime) errors.push(required(`${path}.lastTransitionTime`));
    if (!reason) errors.push(required(`${path}.reason`));
    else if (!REASON.test(reason)) errors.push(invalid(`${path}.reason`, reason, REASON_MESSAGE));
  }
  for (const name of COUNTS) validateNonNegative(errors, `status.${name}`, status?.[name]);
  return errors;
}
