/**
 * What expressions may know of the values that a schema describes: fields, types, and how large they can be.
 * Follows SchemaDeclType in apiserver/pkg/cel/common/schemas.go.
 */
import type { CelShape } from '../cel/cel';
import {
  isEmbedded,
  isIntOrString,
  keepsUnknown,
  propertyOf,
  type Schema,
  sortedNames,
  valueSchemaOf,
} from './json-schema';

/** The largest request in bytes: what nothing else bounds is no larger. */
export const MAX_REQUEST = 3 * 1024 * 1024;
const LONGEST_TEXT = MAX_REQUEST - 2;

const TEXT: CelShape = { type: 'string', most: LONGEST_TEXT };
const META: CelShape = {
  fields: new Map([
    ['name', TEXT],
    ['generateName', TEXT],
  ]),
};

const SCALARS: Readonly<Record<string, string>> = { boolean: 'bool', integer: 'int', number: 'double' };

/** Formats whose values are no texts to an expression: their types, and how long they are at least and at most. */
const CONVERTED: Readonly<Record<string, readonly [type: string, least: number, most: number]>> = {
  duration: ['duration', 3, 32],
  date: ['timestamp', 12, 12],
  'date-time': ['timestamp', 21, 32],
};

function textShape({ format = '', maxLength, enum: values }: Schema): CelShape {
  const converted = Object.hasOwn(CONVERTED, format) ? CONVERTED[format] : undefined;
  if (converted) return { type: converted[0], most: converted[2] };
  const letters = maxLength === undefined ? undefined : Math.max(0, maxLength);
  if (format === 'byte') return { type: 'bytes', most: letters ?? LONGEST_TEXT };
  if (letters !== undefined) return { type: 'string', most: 4 * letters };
  if (!values?.length) return TEXT;
  return { type: 'string', most: Math.max(0, ...values.map((one) => (typeof one === 'string' ? one.length : 0))) };
}

/** How long a value is at least when it is written as JSON. */
export function leastSizeOf(schema: Schema | undefined): number {
  const { type, format = '' } = schema ?? {};
  if (isIntOrString(schema) || type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return 4;
  if (type !== 'object' || valueSchemaOf(schema)) {
    return Object.hasOwn(CONVERTED, format) && type === 'string' ? (CONVERTED[format]?.[1] ?? 2) : 2;
  }
  return sortedNames(schema?.properties).reduce((size, name) => {
    const property = propertyOf(schema, name);
    const isNeeded = schema?.required?.includes(name) && property?.default === undefined;
    return isNeeded ? size + name.length + leastSizeOf(property) + 4 : size;
  }, 2);
}

const mostOf = (bound: number | undefined, each: Schema, around: number): number =>
  bound === undefined ? Math.floor((MAX_REQUEST - 2) / (leastSizeOf(each) + around)) : Math.max(0, bound);

/** What a schema says of the fields of its values. */
export function shapeOf(schema: Schema | undefined, isRoot = false): CelShape | undefined {
  if (!schema) return undefined;
  if (isIntOrString(schema)) {
    return { type: 'dyn', most: schema.maxLength === undefined ? LONGEST_TEXT : 4 * Math.max(0, schema.maxLength) };
  }
  const { type = '', items } = schema;
  if (type === 'array') {
    return { kind: 'list', each: shapeOf(items), ...(items ? { most: mostOf(schema.maxItems, items, 1) } : {}) };
  }
  if (type === 'string') return textShape(schema);
  if (type !== 'object') return Object.hasOwn(SCALARS, type) ? { type: SCALARS[type] as string } : undefined;
  const values = valueSchemaOf(schema);
  if (values) return { kind: 'map', each: shapeOf(values), most: mostOf(schema.maxProperties, values, 6) };
  return objectShape(schema, isRoot);
}

function objectShape(schema: Schema, isRoot: boolean): CelShape | undefined {
  const names = sortedNames(schema.properties);
  if (names.length === 0 && !isRoot && (keepsUnknown(schema) || isEmbedded(schema))) return undefined;
  const fields = new Map(names.map((name) => [name, shapeOf(propertyOf(schema, name))]));
  if (isRoot || isEmbedded(schema)) {
    for (const name of ['apiVersion', 'kind']) fields.set(name, TEXT);
    fields.set('metadata', META);
  }
  return { fields };
}
