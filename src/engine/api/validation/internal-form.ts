/**
 * Objects in the API server's internal form: Go's field names, in Go's order, with nothing left out. Error messages
 * that show a struct show this form. A line of the table is `Type Field:code …` or `Field=jsonName:code`; a code is a
 * letter for scalars (q quantity, x number or text, j a type that prints as it is), `*` for a pointer, `[]` a list,
 * `{}` a map, else a type; `@Type` says that the type's fields stand here, `^name` that the field is the spec's.
 * Follows pkg/apis/core/types.go and pkg/apis/apps/types.go.
 */

import { putIn } from '../plain';
import { INTERNAL_TYPE_LINES } from './internal-types.generated';
import { printableSelector } from './labels';

type Fields = Readonly<Record<string, unknown>>;

/** Values that scalars have when they are not given. */
const ZERO: Readonly<Record<string, unknown>> = { s: '', b: false, i: 0, x: 0, q: '0', t: null };

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lineOf(type: string): string {
  const start = INTERNAL_TYPE_LINES.indexOf(`\n${type} `) + 1;
  if (start === 0) throw new Error(`no such internal type: ${type}`);
  return INTERNAL_TYPE_LINES.slice(start + type.length + 1, INTERNAL_TYPE_LINES.indexOf('\n', start));
}

/** The internal form of a value of the type, ready to be printed as JSON. */
export function internalForm(type: string, value: object): Fields {
  const form: Record<string, unknown> = {};
  addFields(form, type, value as Fields, value as Fields);
  return form;
}

function addFields(form: Record<string, unknown>, type: string, value: Fields, around: Fields): void {
  for (const token of lineOf(type).split(' ')) {
    if (token.startsWith('@')) addEmbedded(form, token.slice(1), value);
    else {
      const colon = token.indexOf(':');
      const [name = '', given] = token.slice(0, colon).split('=');
      const json = given ?? name.charAt(0).toLowerCase() + name.slice(1);
      const field = json.startsWith('^') ? around[json.slice(1)] : value[json];
      putIn(form, name, convert(token.slice(colon + 1), field, value));
    }
  }
}

function addEmbedded(form: Record<string, unknown>, type: string, value: Fields): void {
  if (type !== 'j') addFields(form, type, value, value);
  else if (isFields(value.metadata)) Object.assign(form, value.metadata);
}

function convert(code: string, value: unknown, around: Fields): unknown {
  if (code.startsWith('*')) return value === undefined ? null : convert(code.slice(1), value, around);
  if (code.startsWith('[]')) {
    return Array.isArray(value) ? value.map((element) => convert(code.slice(2), element, around)) : null;
  }
  if (code.startsWith('{}')) return isFields(value) ? sorted(value) : null;
  if (code === 'j') return isFields(value) ? printableSelector(value) : null;
  if (code in ZERO) return value ?? ZERO[code];
  const form: Record<string, unknown> = {};
  addFields(form, code, isFields(value) ? value : {}, around);
  return form;
}

function sorted(map: Fields): Fields {
  const keys = Object.keys(map).sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, map[key]]));
}
