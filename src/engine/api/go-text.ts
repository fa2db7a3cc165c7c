/**
 * Values as Go prints them: encoding/json (keys sorted, `<`, `>`, `&` escaped), fmt's %v and %#v. Objects here are what Go has as
 * map[string]interface{}.
 */

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that Go would print: in byte order, without absent values. */
export function sortedKeys(object: JsonObject): string[] {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return keys.sort((a, b) => (a < b ? -1 : 1));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function jsonString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character] as string);
}

/** JSON as encoding/json writes it; with `indent`, over several lines. */
export function goJson(value: unknown, indent = '', outer = ''): string {
  const inner = outer + indent;
  const between = indent ? `,\n${inner}` : ',';
  const wrap = (open: string, parts: readonly string[], close: string): string => {
    if (parts.length === 0) return open + close;
    return indent ? `${open}\n${inner}${parts.join(between)}\n${outer}${close}` : open + parts.join(between) + close;
  };
  if (typeof value === 'string') return jsonString(value);
  if (Array.isArray(value)) {
    return wrap(
      '[',
      value.map((item) => goJson(item, indent, inner)),
      ']',
    );
  }
  if (!isJsonObject(value)) return String(value ?? null);
  const colon = indent ? ': ' : ':';
  const parts = sortedKeys(value).map((key) => jsonString(key) + colon + goJson(value[key], indent, inner));
  return wrap('{', parts, '}');
}

/** fmt's %v. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${goText(value[key])}`)
    .join(' ')}]`;
}

/** fmt's %#v. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isJsonObject(value)) return String(value);
  const parts = sortedKeys(value).map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`);
  return `map[string]interface {}{${parts.join(', ')}}`;
}

/** The Go type of a JSON value, as error messages name it. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isJsonObject(value)) return 'map[string]interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int64' : 'float64';
}
