/**
 * The rules of schemas (x-kubernetes-validations): compiled, and asked of objects.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/cel/{compilation,validation}.go.
 * Left out: the warnings about what was wrong before and stays so, sets and maps compared whatever their order.
 */
import { type CelProgram, type CelShape, compileCel, evaluateCel, mentions, optionalOf } from '../cel/cel';
import type { FieldError } from '../field-error';
import { deepEqual } from '../plain';
import type { ValidationRule } from '../types';
import { forbiddenField, invalid, printGo, required } from '../validation/field-errors';
import { isFields, propertyOf, type Schema, sortedNames, valueSchemaOf } from './json-schema';
import { shapeOf } from './rule-shapes';
import { typedPart, typedValue } from './typed-values';

/** A rule that can be asked. */
interface CompiledRule {
  readonly rule: ValidationRule;
  readonly program: CelProgram | { readonly problem: string };
  readonly message: CelProgram | undefined;
  readonly usesOldSelf: boolean;
  /** What of the value's shape is something else than a text to an expression. */
  readonly self: CelShape | undefined;
}

/** The rules of a schema and of those inside it; undefined where there are none. */
export interface RuleTree {
  readonly type: string;
  readonly rules: readonly CompiledRule[];
  readonly properties: ReadonlyMap<string, RuleTree>;
  readonly items: RuleTree | undefined;
  readonly values: RuleTree | undefined;
  readonly allOf: readonly RuleTree[];
  /** Keys by which items of a list that is a map are found again. */
  readonly keys: readonly string[] | undefined;
}

/** A compiled expression that is true or false, or what is wrong with it. */
export function truthOf(compiled: ReturnType<typeof compileCel>): ReturnType<typeof compileCel> {
  if ('problem' in compiled) return { problem: `compilation failed: ${compiled.problem}` };
  return compiled.type ? { problem: 'cel expression must evaluate to a bool' } : compiled;
}

/** A compiled expression that is a text, or what is wrong with it. */
function textOf(compiled: ReturnType<typeof compileCel>): ReturnType<typeof compileCel> {
  if ('problem' in compiled) return { problem: `messageExpression compilation failed: ${compiled.problem}` };
  const { type, fields, kind } = compiled.shape ?? {};
  return type === 'string' || !(type || fields || kind)
    ? compiled
    : { problem: 'messageExpression must evaluate to a string' };
}

/** One rule and its message, compiled against the schema they stand in. */
export function compileRule(
  schema: Schema,
  rule: ValidationRule,
  isRoot: boolean,
): Pick<CompiledRule, 'program' | 'usesOldSelf' | 'self'> & {
  readonly message: ReturnType<typeof compileCel> | undefined;
} {
  const self = shapeOf(schema, isRoot);
  const names = new Map([
    ['self', self],
    ['oldSelf', rule.optionalOldSelf ? undefined : self],
  ]);
  const program = truthOf(compileCel(rule.rule, { variables: names }));
  return {
    program,
    message: rule.messageExpression ? textOf(compileCel(rule.messageExpression, { variables: names })) : undefined,
    usesOldSelf: 'tree' in program && mentions(program, 'oldSelf'),
    self: typedPart(self),
  };
}

/** The rules in a schema, compiled. */
export function rulesOf(schema: Schema | undefined, isRoot = false): RuleTree | undefined {
  if (!schema) return undefined;
  const properties = new Map<string, RuleTree>();
  for (const name of sortedNames(schema.properties)) {
    const inner = rulesOf(propertyOf(schema, name));
    if (inner) properties.set(name, inner);
  }
  const rules = (schema['x-kubernetes-validations'] ?? []).map((rule) => {
    const { message, ...compiled } = compileRule(schema, rule, isRoot);
    return { rule, ...compiled, message: message && 'tree' in message ? message : undefined };
  });
  const items = rulesOf(schema.items);
  const values = rulesOf(valueSchemaOf(schema));
  const allOf = (schema.allOf ?? []).flatMap((each) => rulesOf({ type: schema.type, ...each }) ?? []);
  if (rules.length + properties.size + allOf.length === 0 && !items && !values) return undefined;
  const isMap = schema['x-kubernetes-list-type'] === 'map';
  const keys = isMap ? schema['x-kubernetes-list-map-keys'] : undefined;
  return { type: schema.type ?? '', rules, properties, items, values, allOf, keys };
}

/** What all rules of one write may cost together (RuntimeCELCostBudget). */
const BUDGET = 10_000_000;
const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run';

/** Complaints that leave the rules unasked. */
const BLOCKING = [
  'FieldValueRequired',
  'FieldValueNotSupported',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
];

const UNCHECKED: FieldError = {
  type: 'FieldValueInvalid',
  field: '<nil>',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

/** What the rules say of an object, given what else is wrong with it. `old`: what it replaces. */
export function askRules(
  tree: RuleTree | undefined,
  object: unknown,
  old: unknown,
  others: readonly FieldError[],
): FieldError[] {
  if (!tree) return [];
  if (others.some(({ type, message }) => BLOCKING.includes(type) || message.includes('must be of type'))) {
    return [UNCHECKED];
  }
  const asking: Asking = { errors: [], left: BUDGET };
  ask(asking, tree, object, old, '');
  return asking.errors;
}

interface Asking {
  readonly errors: FieldError[];
  left: number;
}

function ask(asking: Asking, tree: RuleTree, value: unknown, old: unknown, path: string): void {
  if (value === null || value === undefined || asking.left < 0) return;
  for (const rule of tree.rules) askRule(asking, tree, rule, value, old, path);
  for (const each of tree.allOf) ask(asking, each, value, old, path);
  if (Array.isArray(value)) {
    if (!tree.items) return;
    for (const [index, item] of value.entries()) {
      ask(asking, tree.items, item, itemBefore(item, old, tree.keys), `${path}[${index}]`);
    }
  } else if (isFields(value)) {
    for (const name of sortedNames(value)) {
      const inner = tree.properties.get(name) ?? tree.values;
      const before = isFields(old) && Object.hasOwn(old, name) ? old[name] : undefined;
      const step = tree.properties.has(name) ? (path ? `.${name}` : name) : `[${name}]`;
      if (inner) ask(asking, inner, value[name], before, path + step);
    }
  }
}

function itemBefore(item: unknown, old: unknown, keys: readonly string[] | undefined): unknown {
  if (!keys || !Array.isArray(old) || !isFields(item)) return undefined;
  return old.find((each) => isFields(each) && keys.every((key) => deepEqual(each[key], item[key])));
}

const trimmedRule = ({ rule, message }: ValidationRule): string => (message || rule).trim();

function askRule(
  asking: Asking,
  tree: RuleTree,
  compiled: CompiledRule,
  value: unknown,
  old: unknown,
  path: string,
): void {
  const { rule, program, usesOldSelf } = compiled;
  const complain = (detail: string): void => void asking.errors.push(invalid(path || '<nil>', tree.type, detail));
  if ('problem' in program) {
    complain(`rule compile error: ${program.problem}`);
    return;
  }
  if (usesOldSelf && old === undefined && !rule.optionalOldSelf) return;
  if (asking.left <= 0) {
    complain(OUT_OF_BUDGET);
    asking.left = -1;
    return;
  }
  const before = typedValue(old, compiled.self);
  const oldSelf = rule.optionalOldSelf ? optionalOf(before) : before;
  const bindings = { self: typedValue(value, compiled.self), ...(oldSelf === undefined ? {} : { oldSelf }) };
  const result = evaluateCel(program, { bindings });
  asking.left -= result.cost;
  if ('error' in result) {
    if (result.isOverBudget) {
      complain(
        `'${result.error}': no further validation rules will be run due to call cost exceeds limit for rule: ${trimmedRule(rule)}`,
      );
      asking.left = -1;
    } else if (result.error.startsWith('no such overload')) {
      complain(
        `'${result.error}': call arguments did not match a supported operator, function or macro signature for rule: ${trimmedRule(rule)}`,
      );
    } else complain(`${result.error} evaluating rule: ${trimmedRule(rule)}`);
    return;
  }
  // What was wrong before may stay so.
  if (result.value === true || (!usesOldSelf && old !== undefined && deepEqual(old, value))) return;
  asking.errors.push(failureOf(compiled, tree.type, value, bindings, path));
}

function failureOf(
  { rule, message }: CompiledRule,
  type: string,
  value: unknown,
  bindings: Readonly<Record<string, unknown>>,
  path: string,
): FieldError {
  const detail =
    (message && messageOf(message, bindings)) ??
    (rule.message ? rule.message.trim() : `failed rule: ${rule.rule.trim()}`);
  const field = `${path}${rule.fieldPath ?? ''}`.replace(/^\./, '') || '<nil>';
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return forbiddenField(field, detail);
    case 'FieldValueRequired':
      return required(field, detail);
    case 'FieldValueDuplicate':
      return { type: 'FieldValueDuplicate', field, message: `Duplicate value${shown(type, value)}` };
    default:
      return { type: 'FieldValueInvalid', field, message: `Invalid value${shown(type, value)}: ${detail}` };
  }
}

/** Objects and lists are not shown. */
const shown = (type: string, value: unknown): string =>
  type === 'object' || type === 'array' ? '' : `: ${printGo(value)}`;

/** What a messageExpression makes; undefined where that is no message. */
function messageOf(program: CelProgram, bindings: Readonly<Record<string, unknown>>): string | undefined {
  const result = evaluateCel(program, { bindings });
  if (!('value' in result) || typeof result.value !== 'string') return undefined;
  const text = result.value.trim();
  return text === '' || text.includes('\n') || text.length > 5 * 1024 ? undefined : text;
}
