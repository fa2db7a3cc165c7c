/**
 * The rules of schemas as they may be written: x-kubernetes-validations.
 * Follows ValidateCustomResourceDefinitionOpenAPISchema in apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
 */

import { propertyOf, type Schema, valueSchemaOf } from '../custom-resources/json-schema';
import { compileRule } from '../custom-resources/rules';
import type { ValidationRule } from '../types';
import { type FieldErrors, invalid, notSupported, required } from './field-errors';

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

function validateTexts(errors: FieldErrors, rule: ValidationRule, schema: Schema, field: string): void {
  const { message = '', messageExpression = '', fieldPath = '', reason } = rule;
  const text = (rule.rule ?? '').trim();
  if (text === '') errors.push(required(`${field}.rule`, 'rule is not specified'));
  else if (message && message.trim() === '') {
    errors.push(invalid(`${field}.message`, message, 'must be non-empty if specified'));
  } else if (message.trim().includes('\n')) {
    errors.push(invalid(`${field}.message`, message, 'must not contain line breaks'));
  } else if (text.includes('\n') && !message.trim()) {
    errors.push(required(`${field}.message`, 'message must be specified if rule contains line breaks'));
  }
  if (messageExpression && messageExpression.trim() === '') {
    errors.push(required(`${field}.messageExpression`, 'messageExpression must be non-empty if specified'));
  }
  if (reason !== undefined && !REASONS.includes(reason)) errors.push(notSupported(`${field}.reason`, reason, REASONS));
  if (fieldPath && fieldPath.trim() === '') {
    errors.push(invalid(`${field}.fieldPath`, fieldPath, 'must be non-empty if specified'));
  }
  if (fieldPath.includes('\n')) errors.push(invalid(`${field}.fieldPath`, fieldPath, 'must not contain line breaks'));
  if (fieldPath && !isPath(schema, fieldPath)) {
    errors.push(invalid(`${field}.fieldPath`, fieldPath, 'must be a valid path'));
  }
}

/** Whether a path like `.spec.size` or `['a']` leads to something in the schema. */
function isPath(schema: Schema, path: string): boolean {
  let rest = path;
  let at: Schema | undefined = schema;
  while (rest !== '') {
    const step = /^(?:\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\])/.exec(rest);
    if (!step) return false;
    at = propertyOf(at, step[1] ?? step[2] ?? '') ?? valueSchemaOf(at);
    if (!at) return false;
    rest = rest.slice(step[0].length);
  }
  return true;
}

/** As Go's internal type prints. */
function printable({
  rule,
  message = '',
  messageExpression = '',
  reason,
  fieldPath = '',
  optionalOldSelf,
}: ValidationRule): object {
  return {
    Rule: rule,
    Message: message,
    MessageExpression: messageExpression,
    Reason: reason ?? null,
    FieldPath: fieldPath,
    OptionalOldSelf: optionalOldSelf ?? null,
  };
}

/** Everything wrong with the rules of one schema. `isSound`: nothing else is wrong with it or inside it. */
export function validateRules(
  errors: FieldErrors,
  schema: Schema,
  field: string,
  isRoot: boolean,
  isSound: boolean,
): void {
  const rules = schema['x-kubernetes-validations'] ?? [];
  const before = errors.length;
  for (const [index, rule] of rules.entries()) {
    validateTexts(errors, rule, schema, `${field}.x-kubernetes-validations[${index}]`);
  }
  if (!isSound || errors.length > before) return;
  for (const [index, rule] of rules.entries()) {
    const at = `${field}.x-kubernetes-validations[${index}]`;
    const { program, usesOldSelf } = compileRule(schema, rule, isRoot);
    if ('problem' in program) {
      errors.push(invalid(`${at}.rule`, printable(rule), program.problem));
    } else if (rule.optionalOldSelf !== undefined && !usesOldSelf) {
      const why = 'may not be set if oldSelf is not used in rule';
      errors.push(invalid(`${at}.optionalOldSelf`, rule.optionalOldSelf, why));
    }
  }
}
