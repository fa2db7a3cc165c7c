/**
 * Whether a schema is structural: every value has a type, and what alternatives (allOf, anyOf, oneOf, not) say of a
 * field is only about values of fields that are specified outside them.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/{validation,complete}.go.
 */
import {
  isEmbedded,
  isFields,
  isIntOrString,
  keepsUnknown,
  propertyOf,
  type Schema,
  sortedNames,
  valueSchemaOf,
} from '../custom-resources/json-schema';
import type { FieldError } from '../field-error';
import { deepEqual } from '../plain';
import { parseRegularExpression } from '../regular-expression';
import { type FieldErrors, forbiddenField, invalid, required } from './field-errors';

type Level = 'root' | 'item' | 'field';

/** Everything that keeps a schema from being structural, in the order of the messages. */
export function validateStructural(schema: Schema, field: string): FieldError[] {
  const errors: FieldErrors = [];
  validateInvariants(errors, schema, 'root', field);
  validateCompleteness(errors, schema, schema, field, field);
  const lines = new Map(errors.map((error) => [`${error.field}: ${error.message}`, error]));
  return [...lines.keys()].sort().map((line) => lines.get(line) as FieldError);
}

function validateInvariants(errors: FieldErrors, schema: Schema, level: Level, field: string): void {
  if (schema.type === 'array' && !schema.items) errors.push(required(`${field}.items`, 'must be specified'));
  if (schema.items) validateInvariants(errors, schema.items, 'item', `${field}.items`);
  for (const name of sortedNames(schema.properties)) {
    validateInvariants(errors, propertyOf(schema, name) as Schema, 'field', `${field}.properties[${name}]`);
  }
  const values = valueSchemaOf(schema);
  if (schema.additionalProperties !== undefined && level === 'root') {
    errors.push(forbiddenField(`${field}.additionalProperties`, 'must not be used at the root'));
  }
  if (values) validateInvariants(errors, values, 'field', `${field}.additionalProperties`);
  validateExtensions(errors, schema, field);
  validateValueRules(errors, schema, field, isIntOrStringAnyOf(schema), isIntOrStringAllOf(schema));
  validateType(errors, schema, level, field);
  validateMeta(errors, schema, level, field);
}

const INT_OR_STRING: readonly Schema[] = [{ type: 'integer' }, { type: 'string' }];

function isIntOrStringAnyOf(schema: Schema): boolean {
  return deepEqual(schema.anyOf, INT_OR_STRING);
}

function isIntOrStringAllOf(schema: Schema): boolean {
  return deepEqual(schema.allOf?.[0]?.anyOf, INT_OR_STRING);
}

function validateExtensions(errors: FieldErrors, schema: Schema, field: string): void {
  if (!isIntOrString(schema)) return;
  for (const name of ['preserve-unknown-fields', 'embedded-resource'] as const) {
    if (schema[`x-kubernetes-${name}`] !== true) continue;
    const detail = 'must be false if x-kubernetes-int-or-string is true';
    errors.push(invalid(`${field}.x-kubernetes-${name}`, true, detail));
  }
}

const EMPTY_TYPE: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

function validateType(errors: FieldErrors, schema: Schema, level: Level, field: string): void {
  const { type = '' } = schema;
  const at = `${field}.type`;
  const mustBeObject = 'must be object if x-kubernetes-embedded-resource is true';
  if (isEmbedded(schema) && type !== 'object') {
    errors.push(type === '' ? required(at, mustBeObject) : invalid(at, type, mustBeObject));
  } else if (type === '' && !isIntOrString(schema) && !keepsUnknown(schema))
    errors.push(required(at, EMPTY_TYPE[level]));
  if (isEmbedded(schema) && schema.additionalProperties !== undefined) {
    const detail = 'must not be used if x-kubernetes-embedded-resource is set';
    errors.push(forbiddenField(`${field}.additionalProperties`, detail));
  }
  if (level === 'root' && type !== '' && type !== 'object')
    errors.push(invalid(at, type, 'must be object at the root'));
  if (isEmbedded(schema) && !keepsUnknown(schema) && sortedNames(schema.properties).length === 0) {
    const detail =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    errors.push(required(`${field}.properties`, detail));
  }
}

/** Of apiVersion, kind and metadata a schema may hardly say anything. */
function validateMeta(errors: FieldErrors, schema: Schema, level: Level, field: string): void {
  const hasMeta = level === 'root' || isEmbedded(schema);
  for (const name of ['kind', 'apiVersion']) {
    const property = propertyOf(schema, name);
    if (!property || !hasMeta || property.type === 'string') continue;
    errors.push(invalid(`${field}.properties[${name}].type`, property.type ?? '', 'must be string'));
  }
  const metadata = propertyOf(schema, 'metadata');
  if (!metadata) return;
  const at = `${field}.properties[metadata]`;
  if (hasMeta && metadata.type !== 'object') errors.push(invalid(`${at}.type`, metadata.type ?? '', 'must be object'));
  if (level !== 'root') return;
  const { type: _type, default: _default, properties, ...rest } = metadata;
  const names = sortedNames(properties);
  const onlyNames = names.every((name) => name === 'name' || name === 'generateName');
  if (onlyNames && Object.keys(rest).length === 0) return;
  const detail = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
  errors.push(forbiddenField(at, detail));
}

function validateValueRules(
  errors: FieldErrors,
  schema: Schema,
  field: string,
  skipAnyOf: boolean,
  skipFirstAllOf: boolean,
): void {
  for (const [index, each] of (skipAnyOf ? [] : (schema.anyOf ?? [])).entries()) {
    validateNested(errors, each, `${field}.anyOf[${index}]`);
  }
  for (const [index, each] of (schema.allOf ?? []).entries()) {
    validateNested(errors, each, `${field}.allOf[${index}]`, skipFirstAllOf && index === 0);
  }
  for (const [index, each] of (schema.oneOf ?? []).entries()) validateNested(errors, each, `${field}.oneOf[${index}]`);
  if (schema.not) validateNested(errors, schema.not, `${field}.not`);
  if (!schema.pattern) return;
  const expression = parseRegularExpression(schema.pattern);
  if (!('problem' in expression)) return;
  const detail = `must be a valid regular expression, but isn't: ${expression.problem}`;
  errors.push(invalid(`${field}.pattern`, schema.pattern, detail));
}

/** What an alternative must leave to the schema around it, with the word for "not there". */
const FORBIDDEN_NESTED = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
] as const;

function validateNested(errors: FieldErrors, schema: Schema, field: string, skipAnyOf = false): void {
  validateValueRules(errors, schema, field, skipAnyOf, false);
  if (schema.items) validateNested(errors, schema.items, `${field}.items`);
  for (const name of sortedNames(schema.properties)) {
    validateNested(errors, propertyOf(schema, name) as Schema, `${field}.properties[${name}]`);
  }
  for (const [name, detail] of FORBIDDEN_NESTED) {
    if (schema[name] !== undefined) errors.push(forbiddenField(`${field}.${name}`, detail));
  }
  if (propertyOf(schema, 'metadata')) {
    errors.push(forbiddenField(`${field}.properties[metadata]`, 'must not be specified in a nested context'));
  }
}

/** Whatever the alternatives in `rules` speak of must be specified in `schema`. */
function validateCompleteness(
  errors: FieldErrors,
  rules: Schema,
  schema: Schema | undefined,
  at: string,
  rulesAt: string,
): void {
  const nested = (each: Schema, name: string): void =>
    validateNestedCompleteness(errors, each, schema, at, `${rulesAt}.${name}`);
  if (rules.not) nested(rules.not, 'not');
  for (const list of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const [index, each] of (rules[list] ?? []).entries()) nested(each, `${list}[${index}]`);
  }
}

function validateNestedCompleteness(
  errors: FieldErrors,
  rules: Schema,
  schema: Schema | undefined,
  at: string,
  rulesAt: string,
): void {
  if (!schema) {
    errors.push(required(at, `because it is defined in ${rulesAt}`));
    return;
  }
  validateCompleteness(errors, rules, schema, at, rulesAt);
  if (isFields(rules.items)) {
    validateNestedCompleteness(errors, rules.items as Schema, schema.items, `${at}.items`, `${rulesAt}.items`);
  }
  for (const name of sortedNames(rules.properties)) {
    const inner = `properties[${name}]`;
    const property = propertyOf(schema, name);
    validateNestedCompleteness(
      errors,
      propertyOf(rules, name) as Schema,
      property,
      `${at}.${inner}`,
      `${rulesAt}.${inner}`,
    );
  }
}
