/**
 * Arrays of bash, kept among the variables: element 0 of `x` is `x`, the others are `x[1]` …; of one whose keys are texts (`declare -A`) all are
 * `x[key]`, and `x[` is there.
 */
import { assign, type Process } from './processes';

/** What marks an array whose keys are texts. */
export const MAP = '[';

/** What marks a variable whose values are worked out (`declare -i`). */
export const INTEGER = `${MAP}i`;

/** The elements of an array by their keys: numbers in order, texts as they came. */
export function elementsOf({ variables }: Pick<Process, 'variables'>, name: string): [key: string, value: string][] {
  const prefix = `${name}[`;
  const found: [string, string][] = [];
  for (const [key, value] of variables) {
    if (key.startsWith(prefix) && key.endsWith(']')) found.push([key.slice(prefix.length, -1), value]);
  }
  if (variables.has(name + MAP)) return found;
  const first = variables.get(name);
  if (first !== undefined) found.push(['0', first]);
  return found.sort(([a], [b]) => Number(a) - Number(b));
}

/** Takes a variable away, with all its elements. */
export function clear({ variables }: Pick<Process, 'variables'>, name: string): void {
  const prefix = `${name}[`;
  for (const key of [...variables.keys()]) if (key.startsWith(prefix)) variables.delete(key);
  variables.delete(name);
}

/** Gives an array its elements, in place of those that it has. */
export function fill(
  process: Process,
  name: string,
  entries: readonly (readonly [name: string, value: string])[],
): void {
  const isMap = process.variables.has(name + MAP);
  clear(process, name);
  if (isMap) assign(process, name + MAP, '');
  process.unset.add(name);
  for (const [key, value] of entries) assign(process, key, value);
}
