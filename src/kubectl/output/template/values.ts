/**
 * Values of Go templates: what JSON gives, whole numbers as bigint, and undefined for what is not there. Simplification: those of the data
 * are called int in messages, as those written in the template, not int64. Follows text/template/exec.go (printValue, isTrue) and fmt's %v.
 */
import { isJsonObject, sortedKeys } from '../../../engine/api/go-text';

/** What goes wrong while a template is filled in. */
export class ExecProblem extends Error {}

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
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, true)).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${printed(value[key], true)}`)
    .join(' ')}]`;
}

/** Whether a value counts as true. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** A value's Go type. */
export function typeOf(value: unknown): string {
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return '[]interface {}';
  if (value === null || value === undefined) return '<nil>';
  return typeof value === 'string' ? 'string' : 'map[string]interface {}';
}
