/**
 * Makers of field errors with the values printed as the API server (a Go program) prints them.
 * Follows apimachinery/pkg/util/validation/field/errors.go.
 */
import type { FieldError } from '../field-error';

/** A list that validators append to; shared down the call tree so that a valid object allocates nothing. */
export type FieldErrors = FieldError[];

/** A field that must be given. */
export function required(field: string, detail = ''): FieldError {
  return { type: 'FieldValueRequired', field, message: withDetail('Required value', detail) };
}

/** A field whose value breaks a rule. */
export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, message: withDetail(`Invalid value: ${printGo(value)}`, detail) };
}

/** {@link invalid} of a text that has a type of its own in Go, which prints as JSON. */
export function invalidTyped(field: string, value: string, detail: string): FieldError {
  return { type: 'FieldValueInvalid', field, message: withDetail(`Invalid value: ${jsonGo(value)}`, detail) };
}

/** A value that is not among the allowed ones, which are named in the order given. */
export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const names = supported.map(quoteGo).join(', ');
  // Enumerated texts have types of their own in Go, which print as JSON rather than as plain texts.
  const message = withDetail(`Unsupported value: ${jsonGo(value)}`, names && `supported values: ${names}`);
  return { type: 'FieldValueNotSupported', field, message };
}

/** A value that may occur only once. */
export function duplicate(field: string, value: unknown, detail = ''): FieldError {
  return { type: 'FieldValueDuplicate', field, message: withDetail(`Duplicate value: ${printGo(value)}`, detail) };
}

/** A value that refers to something that is not there. */
export function notFoundValue(field: string, value: unknown, detail = ''): FieldError {
  return { type: 'FieldValueNotFound', field, message: withDetail(`Not found: ${printGo(value)}`, detail) };
}

/** A well-formed value that is not allowed here. */
export function forbiddenField(field: string, detail: string): FieldError {
  return { type: 'FieldValueForbidden', field, message: withDetail('Forbidden', detail) };
}

/** A text beyond its bound, in bytes. */
export function tooLong(field: string, maxBytes: number): FieldError {
  const detail = `may not be more than ${maxBytes} ${maxBytes === 1 ? 'byte' : 'bytes'}`;
  return { type: 'FieldValueTooLong', field, message: `Too long: ${detail}` };
}

/** A list beyond its bound. */
export function tooMany(field: string, actual: number, max: number): FieldError {
  const detail = `must have at most ${max} ${max === 1 ? 'item' : 'items'}`;
  return { type: 'FieldValueTooMany', field, message: `Too many: ${actual}: ${detail}` };
}

/** Appends one "Invalid value" per message. */
export function pushInvalid(errors: FieldErrors, field: string, value: unknown, messages: readonly string[]): void {
  for (const message of messages) errors.push(invalid(field, value, message));
}

function withDetail(head: string, detail: string): string {
  return detail ? `${head}: ${detail}` : head;
}

/** A value as upstream prints it: scalars plainly, texts quoted, the rest as JSON. */
export function printGo(value: unknown): string {
  if (typeof value === 'string') return quoteGo(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return jsonGo(value);
}

/** Go's %q: double quotes, with escapes for what is not printable. */
export function quoteGo(text: string): string {
  let quoted = '"';
  for (const char of text) quoted += escapeGo(char);
  return `${quoted}"`;
}

const NAMED_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** Spaces and invisible characters that Go does not count as printable. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

function escapeGo(char: string): string {
  const named = NAMED_ESCAPES.get(char);
  if (named) return named;
  const code = char.codePointAt(0) as number;
  if (code >= 0x20 && code < 0x7f) return char;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (!UNPRINTABLE.test(char)) return char;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Go's json.Marshal: no spaces, `<`, `>` and `&` escaped; keys in the order they are in. */
function jsonGo(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A Go map for printing: json.Marshal sorts its keys. An absent map prints as null. */
export function sortedMap(map: Readonly<Record<string, string>> | undefined): Record<string, string> | null {
  if (!map || Object.keys(map).length === 0) return null;
  const keys = Object.keys(map).sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, map[key] as string]));
}
