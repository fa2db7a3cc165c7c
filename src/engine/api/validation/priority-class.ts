/**
 * PriorityClasses.
 * Follows pkg/apis/scheduling/validation/validation.go and pkg/apis/scheduling/v1/helpers.go (the classes of the system).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { PriorityClass } from '../types';
import { type FieldErrors, forbiddenField, notSupported, required } from './field-errors';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';

const METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain };
const SYSTEM_PREFIX = 'system-';
const MAX_USER_VALUE = 1_000_000_000;

/** From this priority on a Pod is critical. */
export const SYSTEM_CRITICAL = 2_000_000_000;

/** Values of the classes that every cluster has. */
export const SYSTEM_PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', SYSTEM_CRITICAL],
]);

/** A PriorityClass that is to be created. */
export function validatePriorityClass(object: KubeObject): readonly FieldError[] {
  const { metadata, value = 0, globalDefault, preemptionPolicy } = object as PriorityClass;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, METADATA);
  if (metadata.name?.startsWith(SYSTEM_PREFIX)) {
    const why = systemClassProblem(metadata.name, value, globalDefault === true);
    if (why) {
      const detail = `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: ${why}`;
      errors.push(forbiddenField('metadata.name', detail));
    }
  } else if (value > MAX_USER_VALUE) {
    errors.push(forbiddenField('value', `maximum allowed value of a user defined priority is ${MAX_USER_VALUE}`));
  }
  if (preemptionPolicy === '') errors.push(required('preemptionPolicy'));
  else if (preemptionPolicy !== undefined && !POLICIES.includes(preemptionPolicy)) {
    errors.push(notSupported('preemptionPolicy', preemptionPolicy, POLICIES));
  }
  return errors;
}

const POLICIES: readonly string[] = ['PreemptLowerPriority', 'Never'];

function systemClassProblem(name: string, value: number, globalDefault: boolean): string {
  const known = SYSTEM_PRIORITIES.get(name);
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known !== value) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : '';
}

/** An update of a PriorityClass. */
export function validatePriorityClassUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const [updated, before] = [object as PriorityClass, old as PriorityClass];
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, updated.metadata, before.metadata, METADATA);
  if (updated.value !== before.value) errors.push(forbiddenField('value', 'may not be changed in an update.'));
  validateImmutable(errors, 'preemptionPolicy', updated.preemptionPolicy, before.preemptionPolicy);
  return errors;
}
