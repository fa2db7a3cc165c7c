/**
 * Whether a value is what its schema wants.
 * Follows kube-openapi/pkg/validation/validate/{schema,type,object_validator,slice_validator,schema_props}.go, in the order in
 * which its validators run; and apiextensions-apiserver/pkg/apiserver/validation/ratcheting.go: what an update leaves as
 * it was is not complained of. Keys are visited in order, where Go's order is random.
 */

import type { FieldError } from '../field-error';
import { deepEqual } from '../plain';
import { hasFormat } from './formats';
import {
  type Fields,
  isFields,
  isIntOrString,
  propertyOf,
  type Schema,
  sortedNames,
  valueSchemaOf,
} from './json-schema';
import { formatFailure, numberFailures, textFailure } from './scalar-checks';
import { add, clean, failure, fieldErrorOf, merge, type Outcome, placeless } from './schema-failures';

/** What an update replaces: nothing comparable, or a value. */
type Before = { readonly value: unknown } | undefined;

/** Everything wrong with a value. `base` is where it stands in its object ('' for the object itself). */
export function validateBySchema(value: unknown, schema: Schema, base = ''): FieldError[] {
  return validate(value, schema, '', undefined).failures.map((found) => fieldErrorOf(found, base));
}

/** The same for a value that replaces another: what hasn't changed is taken as it is. */
export function validateChangeBySchema(value: unknown, old: unknown, schema: Schema, base = ''): FieldError[] {
  return validate(value, schema, '', { value: old }).failures.map((found) => fieldErrorOf(found, base));
}

function validate(value: unknown, schema: Schema, path: string, before: Before): Outcome {
  const outcome = check(value, schema, path, before);
  if (outcome.failures.length === 0 || before === undefined || !deepEqual(value, before.value)) return outcome;
  return { failures: [], matches: outcome.matches };
}

function check(value: unknown, schema: Schema, path: string, before: Before): Outcome {
  const outcome = clean();
  if (value === null || value === undefined) {
    if (typesOf(schema).length > 0 || schema.format) merge(outcome, checkType(value, schema, path));
    if (schema.enum?.length) add(outcome, enumFailure(value, schema, path));
    return outcome;
  }
  const steps: Outcome[] = [];
  if (typesOf(schema).length > 0 || schema.format) steps.push(checkType(value, schema, path));
  steps.push(checkAlternatives(value, schema, path, before));
  if (typeof value === 'string') {
    steps.push(single(textFailure(value, schema, path)));
    if (schema.format && hasFormat(schema.format, value) !== undefined)
      steps.push(single(formatFailure(value, schema, path)));
  }
  if (typeof value === 'number') {
    const numbers = clean();
    add(numbers, ...numberFailures(value, schema, path));
    numbers.matches = 1;
    steps.push(numbers);
  }
  if (Array.isArray(value)) steps.push(checkItems(value, schema, path, before));
  steps.push(
    single(schema.enum?.length && !isAllowed(value, schema.enum) ? enumFailure(value, schema, path) : undefined),
  );
  if (isFields(value)) steps.push(checkFields(value, schema, path, before));
  for (const step of steps) {
    merge(outcome, step);
    outcome.matches++;
  }
  outcome.matches++;
  return outcome;
}

function single(found: ReturnType<typeof textFailure>): Outcome {
  return { failures: found ? [found] : [], matches: 0 };
}

function typesOf(schema: Schema): readonly string[] {
  if (isIntOrString(schema)) return ['integer', 'string'];
  return schema.type ? [schema.type] : [];
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function checkType(value: unknown, schema: Schema, path: string): Outcome {
  const types = typesOf(schema);
  const wanted = types.join(',');
  const passed: Outcome = { failures: [], matches: 1 };
  const refuse = (found: string): Outcome =>
    single(failure(path, `must be of type ${wanted}: ${JSON.stringify(found)}`, { code: 'type', value: found }));
  if (value === null || value === undefined) return types.length > 0 && !schema.nullable ? refuse('null') : passed;
  const found = jsonTypeOf(value);
  const isTextual = typeof value === 'string' || Array.isArray(value);
  const format = schema.format && (isTextual ? hasFormat(schema.format, 'x') !== undefined : false);
  if (format && isTextual && !types.includes('number') && !types.includes('integer')) return passed;
  const fits = types.includes(found) || (found === 'integer' && types.includes('number'));
  return types.length === 0 || fits ? passed : refuse(found);
}

function isAllowed(value: unknown, allowed: readonly unknown[]): boolean {
  return allowed.some((each) => deepEqual(each, value));
}

function enumFailure(value: unknown, schema: Schema, path: string): ReturnType<typeof failure> {
  const allowed = schema.enum ?? [];
  return failure(path, `should be one of [${allowed.map(String).join(' ')}]`, { code: 'enum', value, allowed });
}

/** Of several outcomes that fail, the one that came furthest. */
function nearest(outcomes: readonly Outcome[]): Outcome | undefined {
  let best: Outcome | undefined;
  for (const outcome of outcomes) if (!best || outcome.matches > best.matches) best = outcome;
  return best;
}

function checkAlternatives(value: unknown, schema: Schema, path: string, before: Before): Outcome {
  const outcome = clean();
  const quoted = JSON.stringify(path);
  const each = (schemas: readonly Schema[] | undefined): Outcome[] =>
    (schemas ?? []).map((alternative) => validate(value, alternative, path, before));
  const isValid = (one: Outcome): boolean => one.failures.length === 0;
  const any = each(schema.anyOf);
  if (any.length > 0) {
    const passed = any.find(isValid);
    if (!passed) add(outcome, placeless(`${quoted} must validate at least one schema (anyOf)`));
    merge(outcome, passed ?? (nearest(any) as Outcome));
  }
  const one = each(schema.oneOf);
  if (one.length > 0) {
    const passed = one.filter(isValid);
    const why = passed.length === 0 ? 'Found none valid' : `Found ${passed.length} valid alternatives`;
    if (passed.length !== 1) add(outcome, placeless(`${quoted} must validate one and only one schema (oneOf). ${why}`));
    const shown = passed.length === 1 ? passed[0] : passed.length === 0 ? nearest(one) : undefined;
    if (shown) merge(outcome, shown);
  }
  const all = each(schema.allOf);
  for (const part of all) merge(outcome, part);
  if (!all.every(isValid)) {
    const none = all.some(isValid) ? '' : '. None validated';
    add(outcome, placeless(`${quoted} must validate all the schemas (allOf)${none}`));
  }
  if (schema.not && isValid(validate(value, schema.not, path, before))) {
    add(outcome, placeless(`${quoted} must not validate the schema (not)`));
  }
  outcome.matches++;
  return outcome;
}

/** The item an update replaces: only lists that are maps by key know which one that is. */
function itemBefore(item: unknown, schema: Schema, before: Before): Before {
  const keys = schema['x-kubernetes-list-map-keys'];
  if (
    !before ||
    !Array.isArray(before.value) ||
    schema['x-kubernetes-list-type'] !== 'map' ||
    !keys ||
    !isFields(item)
  ) {
    return undefined;
  }
  const same = before.value.find((old) => isFields(old) && keys.every((key) => deepEqual(old[key], item[key])));
  return same === undefined ? undefined : { value: same };
}

function checkItems(items: readonly unknown[], schema: Schema, path: string, before: Before): Outcome {
  const outcome = clean();
  const { minItems, maxItems } = schema;
  if (schema.items) {
    for (const [index, item] of items.entries()) {
      merge(outcome, validate(item, schema.items, `${path}[${index}]`, itemBefore(item, schema, before)));
    }
  }
  if (minItems !== undefined && items.length < minItems) {
    add(outcome, failure(path, `should have at least ${minItems} items`, { value: items.length }));
  }
  if (maxItems !== undefined && items.length > maxItems) {
    const found = { code: 'tooMany', value: items.length, limit: maxItems } as const;
    add(outcome, failure(path, `should have at most ${maxItems} items`, found));
  }
  outcome.matches++;
  return outcome;
}

function fieldBefore(name: string, before: Before): Before {
  if (!before || !isFields(before.value) || !Object.hasOwn(before.value, name)) return undefined;
  return { value: before.value[name] };
}

function checkFields(fields: Fields, schema: Schema, path: string, before: Before): Outcome {
  const outcome = clean();
  const { minProperties, maxProperties } = schema;
  const names = sortedNames(fields);
  if (minProperties !== undefined && names.length < minProperties) {
    add(outcome, failure(path, `should have at least ${minProperties} properties`, { value: names.length }));
  }
  if (maxProperties !== undefined && names.length > maxProperties) {
    const found = { code: 'tooMany', value: names.length, limit: maxProperties } as const;
    add(outcome, failure(path, `should have at most ${maxProperties} properties`, found));
  }
  const values = valueSchemaOf(schema);
  for (const name of names) {
    if (propertyOf(schema, name)) continue;
    if (schema.additionalProperties === false) {
      add(outcome, { code: 'other', path, message: `${path}.${name} in body is a forbidden property`, value: name });
    } else if (values) merge(outcome, validate(fields[name], values, `${path}.${name}`, fieldBefore(name, before)));
  }
  for (const name of names) {
    const property = propertyOf(schema, name);
    const inner = path ? `${path}.${name}` : name;
    if (property) merge(outcome, validate(fields[name], property, inner, fieldBefore(name, before)));
  }
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(fields, name)) add(outcome, failure(`${path}.${name}`, 'is required', { code: 'required' }));
  }
  return outcome;
}
