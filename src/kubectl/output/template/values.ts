/**
 * Values of Go templates: what JSON gives, whole numbers as bigint (int64), those that a template makes itself as Int, and undefined for what
 * is not there. Follows text/template/exec.go (printValue, isTrue) and fmt's %v.
 */
import { isJsonObject, type JsonObject, sortedKeys } from '../../../engine/api/go-text';

/** Go's `int`: what a template counts and writes itself. */
export class Int {
  readonly value: bigint;

  constructor(value: bigint | number) {
    this.value = BigInt(value);
  }
}

/** A whole number of either kind; undefined where it is none. */
export function wholeOf(value: unknown): bigint | undefined {
  if (value instanceof Int) return value.value;
  return typeof value === 'bigint' ? value : undefined;
}

/** Whether a value is a map. */
export const isMap = (value: unknown): value is JsonObject => isJsonObject(value) && !(value instanceof Int);

/** What goes wrong while a template is filled in. */
export class ExecProblem extends Error {}

/** An argument of the wrong type: the function is not called. */
export class ArgumentProblem extends ExecProblem {}

/** A float as Go's %v prints it. */
export function floatText(value: number): string {
  if (value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6)) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** A value as %v prints it. */
export function printed(value: unknown, isInside = false): string {
  if (value === null || value === undefined) return isInside ? '<nil>' : '<no value>';
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Int) return String(value.value);
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, true)).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${printed(value[key], true)}`)
    .join(' ')}]`;
}

/** Whether a value counts as true. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Int) return value.value !== 0n;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** A value's Go type. */
export function typeOf(value: unknown): string {
  if (typeof value === 'bigint') return 'int64';
  if (value instanceof Int) return 'int';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return '[]interface {}';
  if (value === null || value === undefined) return '<nil>';
  return typeof value === 'string' ? 'string' : 'map[string]interface {}';
}
