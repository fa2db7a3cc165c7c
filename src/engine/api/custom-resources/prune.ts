/**
 * Reading a custom resource by its schema: fields that it doesn't name are dropped, and so are nulls where none may stand.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go and defaulting/prune.go
 * (PruneNonNullableNullsWithoutDefaults).
 */
import { putIn } from '../plain';
import { type Fields, isEmbedded, isFields, keepsUnknown, META_FIELDS, propertyOf, type Schema } from './json-schema';

/** What is left of a value, with the paths of what was dropped (`spec.list[0].size`), in order. */
export interface Pruned {
  readonly value: unknown;
  readonly unknown: readonly string[];
}

/** Prunes a whole object: its apiVersion, kind and metadata stay. */
export function pruneObject(object: Fields, schema: Schema): Pruned {
  const unknown: string[] = [];
  const root: Schema = { ...schema, 'x-kubernetes-embedded-resource': true };
  const value = pruneNulls(prune(object, root, '', unknown), schema);
  return { value, unknown: unknown.sort() };
}

/** Prunes a default, of an embedded object too. */
export function pruneValue(value: unknown, schema: Schema): unknown {
  return prune(value, schema, '', []);
}

function prune(value: unknown, schema: Schema | undefined, path: string, unknown: string[]): unknown {
  if (keepsUnknown(schema)) return pruneKnown(value, schema as Schema, path, unknown);
  if (Array.isArray(value)) return value.map((item, at) => prune(item, schema?.items, `${path}[${at}]`, unknown));
  if (!isFields(value)) return value;
  const kept: Fields = {};
  for (const name of Object.keys(value)) {
    const inner = path ? `${path}.${name}` : name;
    const property = propertyOf(schema, name);
    if (isEmbedded(schema) && META_FIELDS.has(name)) putIn(kept, name, value[name]);
    else if (property) putIn(kept, name, prune(value[name], property, inner, unknown));
    else if (schema?.additionalProperties !== undefined) {
      const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
      putIn(kept, name, prune(value[name], values, inner, unknown));
    } else if (path !== '' || !META_FIELDS.has(name)) unknown.push(inner);
  }
  return kept;
}

/** Where unknown fields are kept, those that are known are pruned all the same. */
function pruneKnown(value: unknown, schema: Schema, path: string, unknown: string[]): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, at) => pruneKnown(item, items, `${path}[${at}]`, unknown)) : value;
  }
  if (!isFields(value)) return value;
  const kept: Fields = {};
  for (const name of Object.keys(value)) {
    const inner = path ? `${path}.${name}` : name;
    const isMeta = isEmbedded(schema) && META_FIELDS.has(name);
    const property = isMeta ? undefined : propertyOf(schema, name);
    const { additionalProperties } = schema;
    if (property) putIn(kept, name, prune(value[name], property, inner, unknown));
    else if (!isMeta && additionalProperties !== undefined) {
      const values = typeof additionalProperties === 'object' ? additionalProperties : undefined;
      putIn(kept, name, prune(value[name], values, inner, unknown));
    } else putIn(kept, name, value[name]);
  }
  return kept;
}

function pruneNulls(value: unknown, schema: Schema | undefined): unknown {
  if (!schema) return value;
  if (Array.isArray(value)) return value.map((item) => pruneNulls(item, schema.items));
  if (!isFields(value)) return value;
  const kept: Fields = {};
  for (const name of Object.keys(value)) {
    const additional = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
    const inner = propertyOf(schema, name) ?? additional;
    const isDropped = value[name] === null && inner !== undefined && !inner.nullable && inner.default === undefined;
    if (!isDropped) putIn(kept, name, pruneNulls(value[name], inner));
  }
  return kept;
}
