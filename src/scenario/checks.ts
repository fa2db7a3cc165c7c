/** Holds plain data against a shape. Used for the Scenario and Lesson documents, whose unknown keys are errors that name the line. */
import { parseDuration } from '../engine/api/duration';
import type { Shape } from './shape';

/** Where in a document something is: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/** Something that doesn't fit. */
export interface Misfit {
  readonly path: Path;
  readonly message: string;
  /** True when the key, not its value, is wrong. */
  readonly atKey?: boolean;
}

const WORDS: ReadonlyMap<Shape['type'], string> = new Map([
  ['string', 'a text'],
  ['scalar', 'a text or a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['map', 'a mapping'],
  ['list', 'a list'],
  ['object', 'a mapping'],
] as const);

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

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
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
  for (const key of shape.required) {
    if (!Object.hasOwn(value, key)) misfits.push({ path, message: `"${key}" is missing` });
  }
  return misfits;
}

function checkOneOf(shape: Extract<Shape, { type: 'oneOf' }>, value: unknown, path: Path): Misfit[] {
  const attempts = shape.of.map((one) => misfitsOf(one, value, path));
  if (attempts.some((misfits) => misfits.length === 0)) return [];
  const deeper = attempts.find((misfits) => misfits.every((misfit) => misfit.path.length > path.length));
  if (deeper) return deeper;
  // Of the right type, but wrong in itself: what the check says is worth more than what else it could be.
  const own = shape.of.findIndex((one) => one.check !== undefined && fitsScalar(one, value));
  return attempts[own] ?? [{ path, message: `must be ${shape.words}` }];
}

function checkScalar(shape: Shape, value: unknown, path: Path): Misfit[] {
  if (!fitsScalar(shape, value)) return [{ path, message: `must be ${WORDS.get(shape.type)}` }];
  if (shape.type === 'integer' && ((value as number) < shape.min || (value as number) > shape.max)) {
    const range =
      shape.max === Number.MAX_SAFE_INTEGER ? `at least ${shape.min}` : `between ${shape.min} and ${shape.max}`;
    return [{ path, message: `must be ${range}` }];
  }
  const problem = shape.check?.(value);
  return problem === undefined ? [] : [{ path, message: problem }];
}

/** Everything in `value` that doesn't fit `shape`. */
export function misfitsOf(shape: Shape, value: unknown, path: Path = []): Misfit[] {
  if (shape.type === 'duration') return checkDuration(value, path);
  if (shape.type === 'enum') {
    if (typeof value === 'string' && shape.values.includes(value)) return [];
    return [{ path, message: `"${shown(value)}" is not known; known here: ${shape.values.join(', ')}` }];
  }
  if (shape.type === 'oneOf') return checkOneOf(shape, value, path);
  if (shape.type === 'object' && isRecord(value)) return checkObject(shape, value, path);
  if (shape.type === 'map' && isRecord(value)) {
    return Object.entries(value).flatMap(([key, inner]) => misfitsOf(shape.of, inner, [...path, key]));
  }
  if (shape.type === 'list' && Array.isArray(value)) {
    return value.flatMap((inner, index) => misfitsOf(shape.of, inner, [...path, index]));
  }
  return checkScalar(shape, value, path);
}
