/**
 * Reading a custom resource that somebody sent: its metadata as everybody's, the rest by its schema.
 * Follows schemaCoercingDecoder and unstructuredSchemaCoercer in
 * apiextensions-apiserver/pkg/apiserver/customresource_handler.go.
 */

import { type Decoded, decodeMetadata } from '../decode';
import type { KubeObject } from '../meta';
import { putIn } from '../plain';
import { type Fields, isEmbedded, isFields, propertyOf, type Schema, schemaUnder } from './json-schema';
import { pruneObject } from './prune';

interface Finding {
  readonly unknown: string[];
  typeError: string | undefined;
  typeErrorField: string | undefined;
}

/** Decodes a custom resource in normal form; unknown fields of its own are dropped and named. */
export function decodeCustom(object: KubeObject, schema: Schema): Decoded {
  const finding: Finding = { unknown: [], typeError: undefined, typeErrorField: undefined };
  const { value, unknown } = pruneObject(object, schema);
  const decoded = { ...(value as Fields) };
  if (decoded.metadata !== undefined && decoded.metadata !== null) {
    decoded.metadata = metadataOf(decoded.metadata, 'metadata', finding);
  } else delete decoded.metadata;
  finding.unknown.push(...unknown);
  for (const name of Object.keys(decoded)) {
    const property = propertyOf(schema, name);
    if (name !== 'metadata' && property) putIn(decoded, name, coerceEmbedded(decoded[name], property, name, finding));
  }
  const { typeError, typeErrorField } = finding;
  const result = { object: decoded as KubeObject, unknown: finding.unknown };
  return typeError === undefined ? result : { ...result, typeError, typeErrorField };
}

function metadataOf(metadata: unknown, path: string, finding: Finding): unknown {
  const decoded = decodeMetadata(metadata, path);
  finding.unknown.push(...decoded.unknown);
  finding.typeError ??= decoded.typeError;
  finding.typeErrorField ??= decoded.typeErrorField;
  return decoded.metadata;
}

/** Objects inside the object have metadata, too. */
function coerceEmbedded(value: unknown, schema: Schema, path: string, finding: Finding): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, index) => coerceEmbedded(item, items, `${path}[${index}]`, finding)) : value;
  }
  if (!isFields(value)) return value;
  const coerced: Fields = {};
  for (const name of Object.keys(value)) {
    const inner = schemaUnder(schema, name);
    const isMetadata = isEmbedded(schema) && name === 'metadata' && isFields(value.metadata);
    if (isMetadata) coerced.metadata = metadataOf(value.metadata, `${path}.metadata`, finding);
    else putIn(coerced, name, inner ? coerceEmbedded(value[name], inner, `${path}.${name}`, finding) : value[name]);
  }
  return coerced;
}
