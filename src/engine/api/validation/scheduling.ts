/**
 * Tolerations, taints, topology spread constraints and scheduling gates.
 * Follows pkg/apis/core/validation/validation.go (ValidateTolerations, validateNodeTaints,
 * validateTopologySpreadConstraints).
 */
import type { Taint, Toleration, TopologySpreadConstraint } from '../types';
import { validateLabelKeys } from './affinity';
import { duplicate, type FieldErrors, invalid, notSupported, required } from './field-errors';
import { validateLabelSelector, validateQualifiedName } from './labels';
import { isLabelValue } from './names';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const NODE_POLICIES = ['Honor', 'Ignore'];

/** The taints that a Pod tolerates. */
export function validateTolerations(
  errors: FieldErrors,
  field: string,
  tolerations: readonly Toleration[] | undefined,
): void {
  if (!tolerations) return;
  for (let index = 0; index < tolerations.length; index++) {
    const { key, operator = '', effect = '', value = '', tolerationSeconds } = tolerations[index] as Toleration;
    const path = `${field}[${index}]`;
    if (key) validateQualifiedName(errors, `${path}.key`, key);
    else if (operator !== 'Exists') {
      const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${path}.operator`, operator, why));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    validateTolerationOperator(errors, `${path}.operator`, operator, value);
    if (effect && !EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
  }
}

function validateTolerationOperator(errors: FieldErrors, field: string, operator: string, value: string): void {
  switch (operator) {
    case 'Equal':
    case '': {
      const messages = isLabelValue(value);
      if (messages.length > 0) errors.push(invalid(field, value, messages.join(';')));
      break;
    }
    case 'Exists':
      if (value) errors.push(invalid(field, value, "value must be empty when `operator` is 'Exists'"));
      break;
    case 'Lt':
    case 'Gt':
      errors.push(notSupported(field, operator, ['Equal', 'Exists', 'Lt', 'Gt']));
      break;
    default:
      errors.push(notSupported(field, operator, ['Equal', 'Exists']));
  }
}

/** The taints of a Node. */
export function validateTaints(errors: FieldErrors, field: string, taints: readonly Taint[]): void {
  const seen = new Set<string>();
  for (const [index, { key = '', value = '', effect = '', timeAdded }] of taints.entries()) {
    const path = `${field}[${index}]`;
    validateQualifiedName(errors, `${path}.key`, key);
    const messages = isLabelValue(value);
    if (messages.length > 0) errors.push(invalid(`${path}.value`, value, messages.join(';')));
    if (!effect) errors.push(required(`${path}.effect`));
    else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
    if (seen.has(`${effect}/${key}`)) {
      const printed = { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded ?? null };
      errors.push(duplicate(path, printed, 'taints must be unique by key and effect pair'));
    }
    seen.add(`${effect}/${key}`);
  }
}

/** How a Pod's like are to be spread. */
export function validateTopologySpread(
  errors: FieldErrors,
  field: string,
  constraints: readonly TopologySpreadConstraint[] | undefined,
): void {
  if (!constraints) return;
  for (const [index, constraint] of constraints.entries()) {
    const path = `${field}[${index}]`;
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains } = constraint;
    validatePositive(errors, `${path}.maxSkew`, maxSkew);
    if (topologyKey === '') errors.push(required(`${path}.topologyKey`, 'can not be empty'));
    if (!ACTIONS.includes(whenUnsatisfiable)) {
      errors.push(notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable, ACTIONS));
    }
    const isRepeated = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (isRepeated) {
      errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`));
    }
    if (minDomains !== undefined) validateMinDomains(errors, `${path}.minDomains`, minDomains, whenUnsatisfiable);
    validateNodePolicy(errors, `${path}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy);
    validateNodePolicy(errors, `${path}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy);
    validateLabelKeys(errors, path, constraint.matchLabelKeys, [], constraint.labelSelector);
    validateLabelSelector(errors, `${path}.labelSelector`, constraint.labelSelector);
  }
}

function validatePositive(errors: FieldErrors, field: string, value: number): void {
  if (value <= 0) errors.push(invalid(field, value, 'must be greater than zero'));
}

function validateMinDomains(errors: FieldErrors, field: string, minDomains: number, action: string): void {
  validatePositive(errors, field, minDomains);
  if (action === 'DoNotSchedule') return;
  const why = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  errors.push(invalid(field, minDomains, why));
}

function validateNodePolicy(errors: FieldErrors, field: string, policy: string | undefined): void {
  if (policy !== undefined && !NODE_POLICIES.includes(policy)) errors.push(notSupported(field, policy, NODE_POLICIES));
}

/** The gates that keep a Pod from being scheduled. */
export function validateSchedulingGates(
  errors: FieldErrors,
  field: string,
  gates: readonly { name: string }[] | undefined,
): void {
  if (!gates) return;
  const seen = new Set<string>();
  for (const [index, { name = '' }] of gates.entries()) {
    validateQualifiedName(errors, `${field}[${index}]`, name);
    if (seen.has(name)) errors.push(duplicate(`${field}[${index}]`, name));
    seen.add(name);
  }
}
