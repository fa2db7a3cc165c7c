/**
 * Defaults that a schema gives to what a custom resource leaves out.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go.
 */
import { clonePlain, putIn } from '../plain';
import { type Fields, isFields, propertyOf, type Schema, sortedNames, valueSchemaOf } from './json-schema';

function isMissing(value: unknown, schema: Schema | undefined): boolean {
  return value === undefined || (value === null && schema !== undefined && !schema.nullable);
}

/** Fills in defaults, changing the value in place. */
export function applyDefaults(value: unknown, schema: Schema | undefined): void {
  if (!schema) return;
  if (Array.isArray(value)) defaultItems(value, schema);
  else if (isFields(value)) defaultFields(value, schema);
}

function defaultFields(fields: Fields, schema: Schema): void {
  for (const name of sortedNames(schema.properties)) {
    const property = propertyOf(schema, name) as Schema;
    const present = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (property.default !== undefined && isMissing(present, property))
      putIn(fields, name, clonePlain(property.default));
  }
  const values = valueSchemaOf(schema);
  for (const name of Object.keys(fields)) {
    const property = propertyOf(schema, name);
    if (!property && values?.default !== undefined && isMissing(fields[name], values)) {
      putIn(fields, name, clonePlain(values.default));
    }
    applyDefaults(fields[name], property ?? values);
  }
}

function defaultItems(items: unknown[], schema: Schema): void {
  for (const [index, item] of items.entries()) {
    const wanted = schema.items;
    if (wanted?.default !== undefined && isMissing(item, wanted)) items[index] = clonePlain(wanted.default);
    applyDefaults(items[index], wanted);
  }
}
