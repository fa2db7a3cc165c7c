/**
 * The schemas of custom resources, read as structural schemas: what a property, a list's items or a map's values must look like.
 * Follows apiextensions-apiserver/pkg/apiserver/schema/{structural,convert}.go.
 */
import type { JSONSchemaProps } from '../types';

/** A schema of CustomResourceDefinitions. */
export type Schema = JSONSchemaProps;

/** A JSON object. */
export type Fields = Record<string, unknown>;

/** The fields that every object has, whatever its schema says. */
export const META_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of a property that is named. */
export function propertyOf(schema: Schema | undefined, name: string): Schema | undefined {
  const { properties } = schema ?? {};
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The schema of values whose keys are free, when there is one. */
export function valueSchemaOf(schema: Schema | undefined): Schema | undefined {
  const additional = schema?.additionalProperties;
  return typeof additional === 'object' ? additional : undefined;
}

/** The schema under a key: a property's, or that of values with free keys. */
export function schemaUnder(schema: Schema | undefined, key: string): Schema | undefined {
  return propertyOf(schema, key) ?? valueSchemaOf(schema);
}

/** Whether fields that the schema doesn't name are kept. */
export function keepsUnknown(schema: Schema | undefined): boolean {
  return schema?.['x-kubernetes-preserve-unknown-fields'] === true;
}

/** Whether the value is a whole object with metadata. */
export function isEmbedded(schema: Schema | undefined): boolean {
  return schema?.['x-kubernetes-embedded-resource'] === true;
}

/** Whether the value may be a number or a text. */
export function isIntOrString(schema: Schema | undefined): boolean {
  return schema?.['x-kubernetes-int-or-string'] === true;
}

/** The names of an object's own fields in order. */
export function sortedNames(fields: object | undefined): string[] {
  return Object.keys(fields ?? {}).sort();
}
