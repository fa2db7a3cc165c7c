/** Parts of a Compose file by their places: a value that may be written in several ways is read in one, and what is said of it names its line. */

/** Where something stands in the file. */
export type Path = readonly (string | number)[];

/** One plain sentence, in each language. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

/** Says something of what stands at a place. */
export type Tell = (path: Path, said: Said) => void;

/** A mapping, whatever it is called. */
export type Mapping = Readonly<Record<string, unknown>>;

/** A value with its place. */
export interface Part {
  readonly value: unknown;
  readonly path: Path;
}

/** Whether a value is a mapping. */
export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a mapping; an empty one for anything else. */
export const mappingOf = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** A scalar as text; '' for anything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** A part of a mapping. */
export const partOf = ({ value, path }: Part, key: string): Part => ({
  value: mappingOf(value)[key],
  path: [...path, key],
});

/** The items of a list; one value stands for a list of one. */
export function itemsOf({ value, path }: Part): readonly Part[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value)
    ? value.map((item, index) => ({ value: item, path: [...path, index] }))
    : [{ value, path }];
}

/** A key with what it has, null where it has nothing. */
export interface Pair extends Part {
  readonly key: string;
}

/** The entries of a mapping, or of a list of `KEY=VALUE`. */
export function pairsOf(part: Part): readonly Pair[] {
  if (isMapping(part.value))
    return Object.entries(part.value).map(([key, value]) => ({ key, value, path: [...part.path, key] }));
  return itemsOf(part).map(({ value, path }) => {
    const text = textOf(value);
    const at = text.indexOf('=');
    return at < 0 ? { key: text, value: null, path } : { key: text.slice(0, at), value: text.slice(at + 1), path };
  });
}

/** A command line as a shell takes it apart, without running one: quotes and backslashes count, nothing else does. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  const parts = /(\s+)|"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|([^\s"'\\]+)/gs;
  let open = false;
  for (const [, gap, double, single, escaped, plain] of line.matchAll(parts)) {
    if (gap !== undefined) {
      open = false;
      continue;
    }
    const text = double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? plain ?? '';
    if (open) words[words.length - 1] += text;
    else words.push(text);
    open = true;
  }
  return words;
}

/** A command, written as a list or as a line. `$(NAME)` would be a variable to Kubernetes. */
export function commandOf({ value }: Part): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const words = Array.isArray(value) ? value.map(textOf) : wordsOf(textOf(value));
  return words.map(unexpanded);
}

/** A text that Kubernetes leaves as it is. */
export const unexpanded = (text: string): string => text.replaceAll('$(', '$$$$(');

/** A name as Kubernetes takes it: small letters, digits and hyphens. */
export const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63) || 'unnamed';

/** An object without what is undefined or empty. */
export function compact<T extends object>(object: T): T {
  const kept = Object.entries(object).filter(
    ([, value]) =>
      value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
  );
  return Object.fromEntries(kept) as T;
}
