/**
 * One condition on labels, as a parsed selector holds them, with upstream's rules for what is allowed in one.
 * Follows apimachinery/pkg/labels/selector.go (Requirement).
 */
import { valueIn } from './plain';
import { isLabelValue, isQualifiedName } from './validation/names';

/** The value of a label, if it is there. */
export { valueIn as labelOf } from './plain';

/** The operators, spelled as upstream's selection constants. */
export type LabelOperator = 'in' | 'notin' | '=' | '==' | '!=' | 'exists' | '!' | 'gt' | 'lt';

/** One condition on labels. A selector is a list of them, all of which must hold. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/** A map of labels, or what stands for none. */
export type Labels = Readonly<Record<string, string>> | undefined;

/** Whether the labels meet the requirement. */
export function meetsRequirement({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = valueIn(labels, key);
  switch (operator) {
    case 'in':
    case '=':
    case '==':
      return value !== undefined && values.includes(value);
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    default:
      return value !== undefined && comparesAs(operator, value, values[0]);
  }
}

const INTEGER = /^[+-]?\d{1,18}$/;

function comparesAs(operator: 'gt' | 'lt', value: string, bound: string | undefined): boolean {
  if (bound === undefined || !INTEGER.test(value) || !INTEGER.test(bound)) return false;
  return operator === 'gt' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** What is wrong with a label key, as a field error without a path prints it. */
export function requirementKeyError(key: string, path = '<nil>'): string | undefined {
  const errors = isQualifiedName(key);
  return errors.length > 0 ? `${path}: Invalid value: ${quoted(key)}: ${errors.join('; ')}` : undefined;
}

/** What is wrong with a requirement: upstream's aggregate of field errors as one text, or undefined. */
export function requirementError({ key, operator, values }: LabelRequirement): string | undefined {
  const errors: string[] = [];
  const keyError = requirementKeyError(key, 'key');
  if (keyError) errors.push(keyError);
  if ((operator === 'in' || operator === 'notin') && values.length === 0) {
    errors.push("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
  }
  if ((operator === 'exists' || operator === '!') && values.length > 0) {
    errors.push(
      `values: Invalid value: [${values.map(quoted).join(',')}]: values set must be empty for exists and does not exist`,
    );
  }
  const isComparison = operator === 'gt' || operator === 'lt';
  for (const [index, value] of values.entries()) {
    if (isComparison && !INTEGER.test(value)) {
      errors.push(
        `values[${index}]: Invalid value: ${quoted(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    }
  }
  for (const [index, value] of values.entries()) {
    const wrong = isLabelValue(value);
    if (wrong.length > 0) errors.push(`values[${index}][${key}]: Invalid value: ${quoted(value)}: ${wrong.join('; ')}`);
  }
  return aggregate(errors);
}

/** Several errors print in brackets, one prints alone, repetitions once. */
function aggregate(errors: readonly string[]): string | undefined {
  const distinct = [...new Set(errors)];
  return distinct.length > 1 ? `[${distinct.join(', ')}]` : distinct[0];
}

const SYMBOLS: Readonly<Record<LabelOperator, string>> = {
  in: ' in ',
  notin: ' notin ',
  '=': '=',
  '==': '==',
  '!=': '!=',
  exists: '',
  '!': '',
  gt: '>',
  lt: '<',
};

/** The requirement as text, e.g. `tier in (backend,frontend)`. */
export function formatRequirement({ key, operator, values }: LabelRequirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  const list = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(',');
  const isSet = operator === 'in' || operator === 'notin';
  return `${key}${SYMBOLS[operator]}${isSet ? `(${list})` : list}`;
}
