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

/** Whether values of a shape hold any. */
export function isTyped(shape: CelShape | undefined): boolean {
  if (!shape) return false;
  const { type = '', each, fields } = shape;
  return Object.hasOwn(READERS, type) || isTyped(each) || [...(fields?.values() ?? [])].some(isTyped);
}

/** A value of a shape with what its texts stand for; itself, where none does. */
export function typedValue(value: unknown, shape: CelShape | undefined): unknown {
  if (!isTyped(shape)) return value;
  const { type = '', each, fields } = shape as CelShape;
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
