/**
 * A container's own restart policy and its rules by exit code.
 * Follows pkg/apis/core/validation/validation.go (validateContainerRestartPolicy).
 */
import type { Container } from '../types';
import { type FieldErrors, notSupported, required, tooMany } from './field-errors';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const OPERATORS = ['In', 'NotIn'];
const ACTIONS = ['Restart', 'RestartAllContainers'];
const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;

/** The restart policy of one container and its rules. */
export function validateRestartRules(errors: FieldErrors, field: string, container: Container): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  if (restartPolicy === undefined) {
    if (rules.length === 0) return;
    errors.push(required(`${field}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  } else if (!POLICIES.includes(restartPolicy)) {
    errors.push(notSupported(`${field}.restartPolicy`, restartPolicy, POLICIES));
  }
  if (rules.length > MAX_RULES) errors.push(tooMany(`${field}.restartPolicyRules`, rules.length, MAX_RULES));
  for (const [index, { action = '', exitCodes }] of rules.entries()) {
    const path = `${field}.restartPolicyRules[${index}]`;
    if (!ACTIONS.includes(action)) errors.push(notSupported(`${path}.action`, action, ACTIONS));
    if (!exitCodes) {
      errors.push(required(`${path}.exitCodes`, 'must be specified'));
      continue;
    }
    const { operator = '', values = [] } = exitCodes;
    if (!OPERATORS.includes(operator)) errors.push(notSupported(`${path}.exitCodes.operator`, operator, OPERATORS));
    if (values.length > MAX_EXIT_CODES) {
      errors.push(tooMany(`${path}.exitCodes.values`, values.length, MAX_EXIT_CODES));
    }
  }
}
