/** Walks over a schema and everything inside it. Follows SchemaHas in apiextensions-apiserver/pkg/apis/apiextensions/validation. */
import { isFields, type Schema, sortedNames } from './json-schema';

const MAPS = ['properties', 'patternProperties', 'definitions'] as const;
const LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const SINGLE = ['items', 'not', 'additionalProperties', 'additionalItems'] as const;

/** The schemas directly inside a schema. */
export function innerSchemas(schema: Schema): Schema[] {
  const inner: Schema[] = [];
  for (const name of SINGLE) {
    const value: unknown = schema[name];
    if (Array.isArray(value)) inner.push(...(value.filter(isFields) as Schema[]));
    else if (isFields(value)) inner.push(value as Schema);
  }
  for (const name of LISTS) inner.push(...(schema[name] ?? []));
  for (const name of MAPS) {
    const map = schema[name];
    for (const key of sortedNames(map)) inner.push((map as Record<string, Schema>)[key] as Schema);
  }
  return inner;
}

/** Whether something holds for a schema or for one inside it. */
export function anySchema(schema: Schema | undefined, holds: (schema: Schema) => boolean): boolean {
  if (!schema) return false;
  return holds(schema) || innerSchemas(schema).some((inner) => anySchema(inner, holds));
}
