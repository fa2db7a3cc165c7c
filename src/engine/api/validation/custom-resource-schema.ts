/**
 * What OpenAPI schemas of custom resources may say, apart from being structural.
 * Follows ValidateCustomResourceDefinitionOpenAPISchema and specStandardValidatorV3 in
 * apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
 */

import {
  isEmbedded,
  isFields,
  META_FIELDS,
  propertyOf,
  type Schema,
  sortedNames,
} from '../custom-resources/json-schema';
import type { FieldError } from '../field-error';
import { type RuleCosts, validateRules } from './custom-resource-rules';
import { type FieldErrors, forbiddenField, invalid, notSupported, required } from './field-errors';

/** Where a schema stands. */
export interface SchemaPlace {
  readonly isRoot: boolean;
  /** Why no default may be given here. */
  readonly defaultsForbidden: string | undefined;
  readonly insideMeta: boolean;
  /** What rules cost, where the structure is sound: only then are they looked at. */
  readonly costs: RuleCosts | undefined;
  /** How many values of it an object has at most; undefined without a bound. */
  readonly count: number | undefined;
  /** The list whose items are not found again in what an object was before. */
  readonly uncorrelated?: string;
}

const OF_RULE = /\.x-kubernetes-validations\[\d+\]\.(rule|messageExpression|optionalOldSelf)$/;
const isOfRule = ({ field, type }: FieldError): boolean => OF_RULE.test(field) && type !== 'FieldValueRequired';
const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** Everything wrong with a schema and those inside it. */
export function validateOpenApiSchema(errors: FieldErrors, schema: Schema, field: string, place: SchemaPlace): void {
  const before = errors.length;
  validateSupported(errors, schema, field, place);
  if (schema.uniqueItems) {
    const detail = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbiddenField(`${field}.uniqueItems`, detail));
  }
  validateInner(errors, schema, field, { ...place, isRoot: false }, place.isRoot);
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    errors.push(invalid(`${field}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'));
  }
  validateMapType(errors, schema, field);
  validateListType(errors, schema, field);
  validateListMapKeys(errors, schema, field);
  validateKeyedItems(errors, schema, field);
  // Rules inside that do not compile say nothing against the schema itself; without a text it is not looked at further.
  validateRules(errors, schema, field, place, errors.slice(before).every(isOfRule));
  // What is wrong with the schema comes before what its rules do not compile to.
  if (place.isRoot) {
    const found = errors.splice(before);
    errors.push(...found.filter((error) => !isOfRule(error)), ...found.filter(isOfRule));
  }
}

function validateSupported(errors: FieldErrors, schema: Schema, field: string, place: SchemaPlace): void {
  const { type } = schema;
  if (type && !TYPES.includes(type)) errors.push(notSupported(`${field}.type`, type, TYPES));
  if (schema.default !== undefined && place.defaultsForbidden !== undefined) {
    errors.push(forbiddenField(`${field}.default`, `must not be set ${place.defaultsForbidden}`));
  }
  if (schema.id) errors.push(forbiddenField(`${field}.id`, 'id is not supported'));
  for (const name of ['additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const) {
    if (schema[name] !== undefined) errors.push(forbiddenField(`${field}.${name}`, `${name} is not supported`));
  }
  if (type === 'null') {
    errors.push(forbiddenField(`${field}.type`, 'type cannot be set to null, use nullable as an alternative'));
  }
  if (Array.isArray(schema.items)) {
    errors.push(forbiddenField(`${field}.items`, 'items must be a schema object and not an array'));
  }
  if (place.insideMeta && isEmbedded(schema)) {
    errors.push(forbiddenField(`${field}.x-kubernetes-embedded-resource`, 'must not be used inside of resource meta'));
  }
}

function validateInner(errors: FieldErrors, schema: Schema, field: string, place: SchemaPlace, isRoot: boolean): void {
  const { additionalProperties, properties } = schema;
  if (additionalProperties !== undefined) {
    if (sortedNames(properties).length > 0 && additionalProperties !== true) {
      const detail = 'additionalProperties and properties are mutual exclusive';
      errors.push(forbiddenField(`${field}.additionalProperties`, detail));
    }
    const reason = 'inside additionalProperties applying to object metadata';
    const defaults = place.insideMeta ? { defaultsForbidden: reason } : {};
    const inside = { ...place, ...defaults, count: countInside(place.count, schema.maxProperties) };
    if (isFields(additionalProperties)) {
      validateOpenApiSchema(errors, additionalProperties as Schema, `${field}.additionalProperties`, inside);
    }
  }
  for (const name of sortedNames(properties)) {
    const isMeta = (isRoot || isEmbedded(schema)) && META_FIELDS.has(name);
    const inside: SchemaPlace = {
      ...place,
      insideMeta: place.insideMeta || isMeta,
      defaultsForbidden: isMeta && isRoot ? `in top-level ${name}` : place.defaultsForbidden,
    };
    validateOpenApiSchema(errors, propertyOf(schema, name) as Schema, `${field}.properties[${name}]`, inside);
  }
  const beside = { ...place, costs: undefined };
  if (schema.not) validateOpenApiSchema(errors, schema.not, `${field}.not`, beside);
  for (const list of ['allOf', 'oneOf', 'anyOf'] as const) {
    for (const [index, each] of (schema[list] ?? []).entries()) {
      validateOpenApiSchema(errors, each, `${field}.${list}[${index}]`, beside);
    }
  }
  if (!isFields(schema.items)) return;
  const isKeyed = schema['x-kubernetes-list-type'] === 'map';
  const lost = isKeyed ? {} : { uncorrelated: place.uncorrelated ?? field };
  const inside = { ...place, ...lost, count: countInside(place.count, schema.maxItems) };
  validateOpenApiSchema(errors, schema.items as Schema, `${field}.items`, inside);
}

/** How many values stand inside as many lists or maps of a bounded size. */
const countInside = (count: number | undefined, most: number | undefined): number | undefined =>
  count === undefined || most === undefined ? undefined : count * Math.max(0, most);

const MAP_TYPES = ['atomic', 'granular'];
const LIST_TYPES = ['atomic', 'set', 'map'];

function validateTypeIs(
  errors: FieldErrors,
  schema: Schema,
  field: string,
  wanted: string,
  extension: string,
): boolean {
  if (schema.type === wanted) return true;
  const detail = `must be ${wanted} if ${extension} is specified`;
  errors.push(schema.type ? invalid(`${field}.type`, schema.type, detail) : required(`${field}.type`, detail));
  return false;
}

function validateMapType(errors: FieldErrors, schema: Schema, field: string): void {
  const type = schema['x-kubernetes-map-type'];
  if (type === undefined) return;
  validateTypeIs(errors, schema, field, 'object', 'x-kubernetes-map-type');
  if (!MAP_TYPES.includes(type)) errors.push(notSupported(`${field}.x-kubernetes-map-type`, type, MAP_TYPES));
}

function validateListType(errors: FieldErrors, schema: Schema, field: string): void {
  const type = schema['x-kubernetes-list-type'];
  if (type === undefined) return;
  const { items } = schema;
  const isArray = validateTypeIs(errors, schema, field, 'array', 'x-kubernetes-list-type');
  if (isArray && type === 'set' && items) {
    const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
    const inner = items['x-kubernetes-list-type'];
    if (items.type === 'array' && inner !== undefined && inner !== 'atomic') {
      errors.push(invalid(`${field}.items.x-kubernetes-list-type`, inner, detail));
    }
    if (items.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic') {
      errors.push(invalid(`${field}.items.x-kubernetes-map-type`, inner ?? null, detail));
    }
  }
  if (!LIST_TYPES.includes(type)) errors.push(notSupported(`${field}.x-kubernetes-list-type`, type, LIST_TYPES));
}

function validateListMapKeys(errors: FieldErrors, schema: Schema, field: string): void {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const type = schema['x-kubernetes-list-type'];
  const [typeAt, keysAt] = [`${field}.x-kubernetes-list-type`, `${field}.x-kubernetes-list-map-keys`];
  if (keys.length > 0 && type !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    errors.push(type === undefined ? required(typeAt, detail) : invalid(typeAt, type, detail));
  }
  if (type !== 'map') return;
  if (keys.length === 0) errors.push(required(keysAt, 'must not be empty if x-kubernetes-list-type is map'));
  const { items } = schema;
  if (!items) errors.push(required(`${field}.items`, 'must have a schema if x-kubernetes-list-type is map'));
  else if (items.type !== 'object') {
    const detail = "must be object if parent array's x-kubernetes-list-type is map";
    errors.push(invalid(`${field}.items.type`, items.type ?? '', detail));
  } else validateKeysOfItems(errors, items, keys, field);
}

function validateKeysOfItems(errors: FieldErrors, items: Schema, keys: readonly string[], field: string): void {
  const seen = new Set<string>();
  const keysAt = `${field}.x-kubernetes-list-map-keys`;
  for (const key of keys) {
    const property = propertyOf(items, key);
    if (!property) errors.push(invalid(keysAt, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object') {
      const detail = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      errors.push(invalid(`${field}.items.properties[${key}].type`, items.type, detail));
    }
    if (seen.has(key)) errors.push(invalid(keysAt, keys, 'must not contain duplicate entries'));
    seen.add(key);
  }
}

/** Items of sets and maps are there, and their keys always have a value. */
function validateKeyedItems(errors: FieldErrors, schema: Schema, field: string): void {
  const { items } = schema;
  const type = schema['x-kubernetes-list-type'];
  if (!items || (type !== 'set' && type !== 'map')) return;
  if (items.nullable) {
    errors.push(forbiddenField(`${field}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${type}`));
  }
  if (type !== 'map') return;
  for (const key of schema['x-kubernetes-list-map-keys'] ?? []) {
    const property = propertyOf(items, key);
    const at = `${field}.items.properties[${key}]`;
    if (property && !items.required?.includes(key) && property.default === undefined) {
      const detail =
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
      errors.push(required(`${at}.default`, detail));
    }
    if (property?.nullable) {
      const detail = 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable';
      errors.push(forbiddenField(`${at}.nullable`, detail));
    }
  }
}
