/**
 * Lists that are sets, or maps by some of their items' fields, hold nothing twice.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go.
 */
import type { FieldError } from '../field-error';
import { duplicate, invalid } from '../validation/field-errors';
import { type Fields, isFields, propertyOf, type Schema, sortedNames, valueSchemaOf } from './json-schema';

/** Everything that occurs twice in a value. */
export function validateListTypes(value: unknown, schema: Schema | undefined, path = ''): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) return ofList(value, schema, path);
  if (!isFields(value)) return [];
  const values = valueSchemaOf(schema);
  const free = values
    ? sortedNames(value).map((name) => validateListTypes(value[name], values, `${path}[${name}]`))
    : [];
  const named = sortedNames(value).map((name) => {
    const property = propertyOf(schema, name);
    return property ? validateListTypes(value[name], property, path ? `${path}.${name}` : name) : [];
  });
  return [...free, ...named].flat();
}

function ofList(items: readonly unknown[], schema: Schema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const type = schema['x-kubernetes-list-type'];
  if (type === 'set') {
    for (const index of repeated(items)) errors.push(duplicate(`${path}[${index}]`, items[index]));
  }
  if (type === 'map') errors.push(...ofListMap(items, schema, path));
  for (const [index, item] of items.entries())
    errors.push(...validateListTypes(item, schema.items, `${path}[${index}]`));
  return errors;
}

function ofListMap(items: readonly unknown[], schema: Schema, path: string): FieldError[] {
  const wrong = items.findIndex((item) => item !== null && !isFields(item));
  if (wrong >= 0) {
    return [invalid(`${path}[${wrong}]`, items[wrong], 'must be an object for an array of list-type map')];
  }
  const keys = items.map((item) => {
    const key: Fields = {};
    for (const name of schema['x-kubernetes-list-map-keys'] ?? []) {
      if (isFields(item) && Object.hasOwn(item, name)) key[name] = item[name];
    }
    return key;
  });
  return repeated(keys).map((index) => duplicate(`${path}[${index}]`, keys[index]));
}

/** Where something occurs for the second time. */
function repeated(items: readonly unknown[]): number[] {
  const times = new Map<string, number>();
  const found: number[] = [];
  for (const [index, item] of items.entries()) {
    const text = canonical(item);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    if (before === 1) found.push(index);
  }
  return found;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? 'null';
  return `{${sortedNames(value)
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join()}}`;
}
