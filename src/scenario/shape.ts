/**
 * Checks plain data against a described shape and names the place of everything that doesn't fit. Used for the Scenario
 * document, whose unknown keys are errors that name the line.
 */
import { parseDuration } from '../engine/api/duration';

/** Where in a document something is: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/** Something that doesn't fit. */
export interface Misfit {
  readonly path: Path;
  readonly message: string;
  /** True when the key, not its value, is wrong. */
  readonly atKey?: boolean;
}

/** What a value may be. */
export type Shape =
  | { readonly type: 'string' | 'scalar' | 'integer' | 'duration' | 'boolean' | 'any' }
  | { readonly type: 'map'; readonly of: Shape }
  | { readonly type: 'list'; readonly of: Shape }
  | { readonly type: 'oneOf'; readonly of: readonly Shape[]; readonly words: string }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | {
      readonly type: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly required?: readonly string[];
    };

/** A text. */
export const TEXT: Shape = { type: 'string' };
/** A text, number or boolean. */
export const SCALAR: Shape = { type: 'scalar' };
/** A whole number. */
export const INTEGER: Shape = { type: 'integer' };
/** A duration as Go writes it. */
export const DURATION: Shape = { type: 'duration' };
/** Anything. */
export const ANYTHING: Shape = { type: 'any' };
/** A list. */
export const listOf = (of: Shape): Shape => ({ type: 'list', of });
/** A mapping with any keys. */
export const mapOf = (of: Shape): Shape => ({ type: 'map', of });
/** A mapping with known keys. */
export const objectOf = (fields: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape => ({
  type: 'object',
  fields,
  required,
});
export const oneOf = (words: string, ...of: Shape[]): Shape => ({ type: 'oneOf', of, words });

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  scalar: 'a text or a number',
  integer: 'a whole number',
  boolean: 'true or false',
  map: 'a mapping',
  list: 'a list',
  object: 'a mapping',
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fitsScalar(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case 'string':
      return typeof value === 'string';
    case 'scalar':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return shape.type === 'any';
  }
}

function checkDuration(value: unknown, path: Path): Misfit[] {
  if (typeof value !== 'string' && value !== 0)
    return [{ path, message: 'must be a duration such as 500ms, 30s or 1m30s' }];
  const parsed = parseDuration(String(value));
  if ('problem' in parsed) return [{ path, message: `${parsed.problem}; a duration is written 500ms, 30s or 1m30s` }];
  return parsed.ms < 0 ? [{ path, message: 'must not be negative' }] : [];
}

function checkObject(shape: Extract<Shape, { type: 'object' }>, value: Record<string, unknown>, path: Path): Misfit[] {
  const misfits: Misfit[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field) misfits.push(...misfitsOf(field, inner, [...path, key]));
    else {
      const known = Object.keys(shape.fields).join(', ');
      misfits.push({ path: [...path, key], message: `unknown key "${key}"; known here: ${known}`, atKey: true });
    }
  }
  for (const key of shape.required ?? []) {
    if (value[key] === undefined) misfits.push({ path, message: `"${key}" is missing` });
  }
  return misfits;
}

/** Everything in `value` that doesn't fit `shape`. */
export function misfitsOf(shape: Shape, value: unknown, path: Path = []): Misfit[] {
  if (shape.type === 'duration') return checkDuration(value, path);
  if (shape.type === 'enum') {
    if (shape.values.includes(String(value))) return [];
    return [{ path, message: `"${String(value)}" is not known; known here: ${shape.values.join(', ')}` }];
  }
  if (shape.type === 'oneOf') {
    const attempts = shape.of.map((one) => misfitsOf(one, value, path));
    if (attempts.some((misfits) => misfits.length === 0)) return [];
    const deeper = attempts.find((misfits) => misfits.every((misfit) => misfit.path.length > path.length));
    return deeper ?? [{ path, message: `must be ${shape.words}` }];
  }
  if (shape.type === 'object' && isRecord(value)) return checkObject(shape, value, path);
  if (shape.type === 'map' && isRecord(value)) {
    return Object.entries(value).flatMap(([key, inner]) => misfitsOf(shape.of, inner, [...path, key]));
  }
  if (shape.type === 'list' && Array.isArray(value)) {
    return value.flatMap((inner, index) => misfitsOf(shape.of, inner, [...path, index]));
  }
  return fitsScalar(shape, value) ? [] : [{ path, message: `must be ${WORDS[shape.type]}` }];
}
