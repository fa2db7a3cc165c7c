/**
 * Values as expressions know them: texts whose format says so are durations, moments and bytes. One that can't be read stays a text.
 * Follows UnstructuredToVal of apiserver/pkg/cel/common/valuesunstructured.go.
 */
import { type CelShape, fromBase64, toDuration, toTimestamp } from '../cel/cel';
import { isFields } from './json-schema';

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  duration: toDuration,
  timestamp: (text) => toTimestamp(text.includes('T') ? text : `${text}T00:00:00Z`),
  bytes: fromBase64,
};

/** What of a shape is such a value or leads to one; undefined where nothing is. */
export function typedPart(shape: CelShape | undefined): CelShape | undefined {
  if (!shape) return undefined;
  const { type = '' } = shape;
  const each = typedPart(shape.each);
  const fields = new Map([...(shape.fields ?? [])].map(([name, field]) => [name, typedPart(field)]));
  const isTyped = Object.hasOwn(READERS, type) || each || [...fields.values()].some((field) => field);
  return isTyped ? { type, each, fields } : undefined;
}

/** A value with what its texts stand for, given the typed part of its shape; itself, where there is none. */
export function typedValue(value: unknown, shape: CelShape | undefined): unknown {
  if (!shape) return value;
  const { type = '', each, fields } = shape;
  if (typeof value === 'string') return read(READERS[type], value);
  if (Array.isArray(value)) return value.map((one) => typedValue(one, each));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, typedValue(one, fields?.get(name) ?? each)]),
  );
}

function read(reader: ((text: string) => unknown) | undefined, text: string): unknown {
  try {
    return reader ? reader(text) : text;
  } catch {
    return text;
  }
}
