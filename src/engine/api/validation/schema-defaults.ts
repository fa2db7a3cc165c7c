/**
 * Defaults inside schemas must be what the schema itself would accept.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go. Simplified: defaults inside metadata of embedded objects
 * are not held against the rules of metadata.
 */
import { type Schema, sortedNames } from '../custom-resources/json-schema';
import { validateListTypes } from '../custom-resources/list-types';
import { pruneValue } from '../custom-resources/prune';
import { validateBySchema } from '../custom-resources/schema-validator';
import type { FieldError } from '../field-error';
import { deepEqual } from '../plain';
import { invalid } from './field-errors';

/** What is wrong with the defaults in a structural schema. */
export function validateSchemaDefaults(schema: Schema, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (schema.default !== undefined) {
    const at = `${field}.default`;
    if (!deepEqual(pruneValue(schema.default, schema), schema.default)) {
      errors.push(invalid(at, schema.default, 'must not have unknown fields'));
    }
    errors.push(...validateBySchema(schema.default, schema, at));
    if (errors.length === 0) errors.push(...validateListTypes(schema.default, schema, at));
  }
  if (schema.items) errors.push(...validateSchemaDefaults(schema.items, `${field}.items`));
  for (const name of sortedNames(schema.properties)) {
    const property = (schema.properties as Record<string, Schema>)[name] as Schema;
    errors.push(...validateSchemaDefaults(property, `${field}.properties[${name}]`));
  }
  return errors;
}
