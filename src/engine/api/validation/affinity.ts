/**
 * Node and Pod affinity.
 * Follows pkg/apis/core/validation/validation.go (validateAffinity, ValidateNodeSelector, validatePodAffinityTerm).
 */
import type {
  Affinity,
  LabelSelector,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../types';
import { type FieldErrors, forbiddenField, invalid, invalidTyped, pushInvalid, required } from './field-errors';
import { validateLabelSelector, validateQualifiedName } from './labels';
import { isDns1123Label, isDns1123Subdomain, isLabelValue } from './names';

const NOT_AN_OPERATOR = 'not a valid selector operator';

/** The affinity of a Pod. */
export function validateAffinity(errors: FieldErrors, field: string, affinity: Affinity | undefined): void {
  if (!affinity) return;
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  const { requiredDuringSchedulingIgnoredDuringExecution: mandatory } = nodeAffinity ?? {};
  const nodeField = `${field}.nodeAffinity`;
  if (mandatory) {
    validateNodeSelector(errors, `${nodeField}.requiredDuringSchedulingIgnoredDuringExecution`, mandatory);
  }
  for (const [index, term] of (nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries()) {
    const path = `${nodeField}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
    validateWeight(errors, path, term.weight);
    // Upstream never checks the values of preferences.
    validateNodeSelectorTerm(errors, `${path}.preference`, term.preference ?? {}, false);
  }
  validatePodAffinity(errors, `${field}.podAffinity`, podAffinity);
  validatePodAffinity(errors, `${field}.podAntiAffinity`, podAntiAffinity);
}

function validateWeight(errors: FieldErrors, field: string, weight = 0): void {
  if (weight < 1 || weight > 100) errors.push(invalid(`${field}.weight`, weight, 'must be in the range 1-100'));
}

/** Terms of which a Node must match one. */
export function validateNodeSelector(errors: FieldErrors, field: string, selector: NodeSelector): void {
  const terms = selector.nodeSelectorTerms ?? [];
  const path = `${field}.nodeSelectorTerms`;
  if (terms.length === 0) errors.push(required(path, 'must have at least one node selector term'));
  for (const [index, term] of terms.entries()) validateNodeSelectorTerm(errors, `${path}[${index}]`, term, true);
}

function validateNodeSelectorTerm(
  errors: FieldErrors,
  field: string,
  term: NodeSelectorTerm,
  checkValues: boolean,
): void {
  for (const [index, requirement] of (term.matchExpressions ?? []).entries()) {
    validateNodeRequirement(errors, `${field}.matchExpressions[${index}]`, requirement, checkValues);
  }
  for (const [index, requirement] of (term.matchFields ?? []).entries()) {
    validateNodeFieldRequirement(errors, `${field}.matchFields[${index}]`, requirement);
  }
}

function validateNodeRequirement(
  errors: FieldErrors,
  field: string,
  requirement: NodeSelectorRequirement,
  checkValues: boolean,
): void {
  const { key = '', operator = '', values = [] } = requirement;
  const path = `${field}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.push(required(path, "must be specified when `operator` is 'In' or 'NotIn'"));
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length === 0) break;
      errors.push(forbiddenField(path, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      break;
    case 'Gt':
    case 'Lt':
      if (values.length === 1) break;
      errors.push(required(path, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
      break;
    default:
      errors.push(invalidTyped(`${field}.operator`, operator, NOT_AN_OPERATOR));
  }
  validateQualifiedName(errors, `${field}.key`, key);
  if (!checkValues) return;
  for (const [index, value] of values.entries()) pushInvalid(errors, `${path}[${index}]`, value, isLabelValue(value));
}

function validateNodeFieldRequirement(errors: FieldErrors, field: string, requirement: NodeSelectorRequirement): void {
  const { key = '', operator = '', values = [] } = requirement;
  const path = `${field}.values`;
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalidTyped(`${field}.operator`, operator, NOT_AN_OPERATOR));
  else if (values.length !== 1) {
    errors.push(required(path, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
  }
  if (key !== 'metadata.name') {
    errors.push(invalid(`${field}.key`, key, 'not a valid field selector key'));
    return;
  }
  for (const [index, value] of values.entries()) {
    pushInvalid(errors, `${path}[${index}]`, value, isDns1123Subdomain(value));
  }
}

function validatePodAffinity(errors: FieldErrors, field: string, affinity: PodAffinity | undefined): void {
  if (!affinity) return;
  for (const [index, term] of (affinity.requiredDuringSchedulingIgnoredDuringExecution ?? []).entries()) {
    validatePodAffinityTerm(errors, `${field}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`, term);
  }
  for (const [index, term] of (affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries()) {
    const path = `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
    validateWeight(errors, path, term.weight);
    validatePodAffinityTerm(errors, `${path}.podAffinityTerm`, term.podAffinityTerm ?? { topologyKey: '' });
  }
}

function validatePodAffinityTerm(errors: FieldErrors, field: string, term: PodAffinityTerm): void {
  validateLabelSelector(errors, `${field}.labelSelector`, term.labelSelector);
  validateLabelSelector(errors, `${field}.namespaceSelector`, term.namespaceSelector);
  for (const name of term.namespaces ?? []) pushInvalid(errors, `${field}.namespace`, name, isDns1123Label(name));
  validateLabelKeys(errors, field, term.matchLabelKeys, term.mismatchLabelKeys, term.labelSelector);
  const { topologyKey = '' } = term;
  if (topologyKey === '') errors.push(required(`${field}.topologyKey`, 'can not be empty'));
  validateQualifiedName(errors, `${field}.topologyKey`, topologyKey);
}

/** Keys whose values are taken from the Pod's own labels. */
export function validateLabelKeys(
  errors: FieldErrors,
  field: string,
  matchKeys: readonly string[] = [],
  mismatchKeys: readonly string[] = [],
  selector?: LabelSelector,
): void {
  validateKeyList(errors, `${field}.matchLabelKeys`, matchKeys, selector);
  validateKeyList(errors, `${field}.mismatchLabelKeys`, mismatchKeys, selector);
  const seen = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const { key } of selector?.matchExpressions ?? []) {
    const index = matchKeys.lastIndexOf(key);
    if (index >= 0 && seen.has(key)) {
      errors.push(invalid(`${field}[${index}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    }
    seen.add(key);
  }
  for (const [index, key] of matchKeys.entries()) {
    if (!mismatchKeys.includes(key)) continue;
    errors.push(
      invalid(`${field}.matchLabelKeys[${index}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'),
    );
  }
}

function validateKeyList(errors: FieldErrors, field: string, keys: readonly string[], selector?: LabelSelector): void {
  if (keys.length === 0) return;
  if (!selector) {
    errors.push(forbiddenField(field, 'must not be specified when labelSelector is not set'));
    return;
  }
  for (const [index, key] of keys.entries()) validateQualifiedName(errors, `${field}[${index}]`, key);
}
