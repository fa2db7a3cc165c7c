/**
 * The rules of schemas as they may be written: x-kubernetes-validations.
 * Follows ValidateCustomResourceDefinitionOpenAPISchema in apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
 */

import { estimateCost } from '../cel/cost';
import { propertyOf, type Schema, valueSchemaOf } from '../custom-resources/json-schema';
import { leastSizeOf, MAX_REQUEST, shapeOf } from '../custom-resources/rule-shapes';
import { compileRule } from '../custom-resources/rules';
import type { FieldError } from '../field-error';
import type { ValidationRule } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, required } from './field-errors';

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

/** What the rules of a schema may cost together: a draft of its check. */
export interface RuleCosts {
  total: number;
  /** The dearest of them, at most four. */
  dearest: readonly { readonly field: string; readonly cost: number }[];
}

/** What is known of the place of a schema with rules. */
interface RulePlace {
  readonly isRoot: boolean;
  readonly costs: RuleCosts | undefined;
  readonly count: number | undefined;
  readonly uncorrelated?: string;
}

/** Everything wrong with the rules of one schema. `isSound`: nothing else is wrong with it or inside it. */
export function validateRules(
  errors: FieldErrors,
  schema: Schema,
  field: string,
  place: RulePlace,
  isSound: boolean,
): void {
  const rules = schema['x-kubernetes-validations'] ?? [];
  const before = errors.length;
  for (const [index, rule] of rules.entries()) {
    validateTexts(errors, rule, schema, `${field}.x-kubernetes-validations[${index}]`);
  }
  const { costs } = place;
  if (!isSound || !costs || errors.length > before) return;
  for (const [index, rule] of rules.entries()) {
    const at = `${field}.x-kubernetes-validations[${index}]`;
    validateRule(errors, schema, rule, at, { ...place, costs });
  }
}

/** A value that nothing bounds stands in an object as often as it fits into a request, with a comma each. */
const countOf = (schema: Schema, count: number | undefined): number =>
  count ?? Math.floor(MAX_REQUEST / (leastSizeOf(schema) + 1));

function validateRule(
  errors: FieldErrors,
  schema: Schema,
  rule: ValidationRule,
  at: string,
  { isRoot, costs, count, uncorrelated }: RulePlace & { readonly costs: RuleCosts },
): void {
  const { program, message, usesOldSelf } = compileRule(schema, rule, isRoot);
  const self = shapeOf(schema, isRoot);
  if ('problem' in program) errors.push(invalid(`${at}.rule`, printable(rule), program.problem));
  else {
    const once = estimateCost(program.tree, self, rule.optionalOldSelf);
    observe(errors, costs, `${at}.rule`, 'estimated rule cost', once === 0 ? 0 : once * countOf(schema, count));
  }
  if (message && 'problem' in message) {
    errors.push(invalid(`${at}.messageExpression`, printable(rule), message.problem));
  } else if (message && !('problem' in program)) {
    const once = estimateCost(message.tree, self, rule.optionalOldSelf);
    observe(errors, costs, `${at}.messageExpression`, 'estimated messageExpression cost', once);
  }
  if (usesOldSelf && uncorrelated !== undefined) {
    const why = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`;
    errors.push(invalid(`${at}.rule`, rule.rule, why));
  } else if (!('problem' in program) && rule.optionalOldSelf !== undefined && !usesOldSelf) {
    const why = 'may not be set if oldSelf is not used in rule';
    errors.push(invalid(`${at}.optionalOldSelf`, rule.optionalOldSelf, why));
  }
}

/** How much one rule, and all of a schema, may be estimated to cost (StaticEstimatedCostLimit, StaticEstimatedCRDCostLimit). */
const RULE_LIMIT = 10_000_000;
const TOTAL_LIMIT = 100_000_000;

function observe(errors: FieldErrors, costs: RuleCosts, field: string, what: string, cost: number): void {
  if (cost > RULE_LIMIT) errors.push(forbiddenField(field, tooDear(what, cost / RULE_LIMIT)));
  costs.total += cost;
  if (cost < TOTAL_LIMIT / 100) return;
  costs.dearest = [...costs.dearest, { field, cost }]
    .sort((a, b) => (a.cost < b.cost ? 1 : a.cost > b.cost ? -1 : 0))
    .slice(0, 4);
}

function tooDear(what: string, factor: number): string {
  const times = factor > 100 ? 'more than 100x' : `${factor.toFixed(factor < 1.5 ? 6 : 1)}x`;
  return (
    `${what} exceeds budget by factor of ${times} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength ` +
    'where arrays, maps, and strings are declared)'
  );
}

/** What is wrong with the rules of a schema together. */
export function totalCostErrors({ total, dearest }: RuleCosts, field: string): FieldError[] {
  if (total <= TOTAL_LIMIT) return [];
  const each = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
  const all = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
  return [
    ...dearest.map(({ field: at }) => forbiddenField(at, each)),
    forbiddenField(field, tooDear(all, total / TOTAL_LIMIT)),
  ];
}
