/**
 * Why a text is not a JSON object, in the words of Go's JSON reader.
 */
import { readJson } from '../json-text';

const KINDS = new Map([
  ['"', 'string'],
  ['[', 'array'],
  ['t', 'bool'],
  ['f', 'bool'],
]);

/** Undefined when the text is a JSON object (or null). */
export function jsonObjectError(text: string): string | undefined {
  const { value, error } = readJson(text);
  if (error !== undefined) return error;
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const kind = KINDS.get(text.trimStart().charAt(0)) ?? 'number';
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}
