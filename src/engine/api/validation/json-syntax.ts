/**
 * Why a text is not a JSON object, in the words of Go's JSON reader.
 * Simplified: errors inside a text that starts well are told apart only by whether the text ends early.
 */

const KINDS = new Map([
  ['"', 'string'],
  ['[', 'array'],
  ['t', 'bool'],
  ['f', 'bool'],
]);

/** Undefined when the text is a JSON object (or null). */
export function jsonObjectError(text: string): string | undefined {
  const start = text.trimStart();
  const first = start.charAt(0);
  if (first === '') return 'unexpected end of JSON input';
  if (!/["[{tfn0-9-]/.test(first)) return `invalid character ${quoteCharacter(first)} looking for beginning of value`;
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  } catch {
    return syntaxError(start);
  }
  const kind = KINDS.get(first) ?? 'number';
  return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
}

function quoteCharacter(char: string): string {
  return char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${char}'`;
}

/** Finds out whether the text only stops too early, by looking for what could follow. */
function syntaxError(text: string): string {
  const second = text.slice(1).trimStart().charAt(0);
  if (text.startsWith('{') && second !== '' && second !== '"' && second !== '}') {
    return `invalid character ${quoteCharacter(second)} looking for beginning of object key string`;
  }
  const last = text.trimEnd().slice(-1);
  if (last !== '}' && last !== ']') return 'unexpected end of JSON input';
  return 'invalid character after top-level value';
}
