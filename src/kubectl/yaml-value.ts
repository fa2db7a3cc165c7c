/**
 * A composed YAML document as plain data. Follows go.yaml.in/yaml/v2 (decode.go) and sigs.k8s.io/yaml (yaml.go): merge keys in the order in
 * which they stand, keys of every kind as text, tags. Keys are kept whatever they are called. Aliases share what they refer to.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, parse, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { plainKeyText, plainScalarValue } from './yaml-scalar-value';

/** Something that can't be read, and the node it stands in. `message` is told the line of the node. */
export interface NodeProblem {
  readonly node: Node;
  message(line: number): string;
}

/** How many values aliases may add to a document before it counts as a bomb. */
export const MAX_ALIASED_VALUES = 100_000;

interface Anchored {
  readonly value: unknown;
  /** How many values it consists of. */
  readonly size: number;
}

interface Reader {
  /** The whole stream. */
  readonly text: string;
  readonly lenient: boolean;
  /** What each name stands for by now; undefined while its value is being read. */
  readonly anchors: Map<string, Anchored | undefined>;
  readonly problems: NodeProblem[];
  /** Values read so far, and how many of them aliases added. */
  values: number;
  aliased: number;
}

type Entries = Map<string, unknown>;

/** The value of a document and what is wrong with it. `lenient` lets repeated keys pass, the last one counting. */
export function yamlValue(
  root: Node,
  text: string,
  lenient: boolean,
): { value: unknown; problems: readonly NodeProblem[] } {
  const reader: Reader = { text, lenient, anchors: new Map(), problems: [], values: 0, aliased: 0 };
  const value = readNode(root, reader);
  return { value, problems: reader.problems };
}

function complain(reader: Reader, node: Node, message: string | ((line: number) => string)): void {
  reader.problems.push({ node, message: typeof message === 'string' ? () => message : message });
}

/** True for nothing at all, or a plain `~`, `null`. */
export function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.tag === undefined && isPlain(node) && plainScalarValue(textOf(node)) === null;
}

function isPlain(node: Scalar): boolean {
  return node.type === undefined || node.type === 'PLAIN';
}

function textOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : '';
}

function readNode(node: Node, reader: Reader): unknown {
  if (isAlias(node)) return aliasValue(node, node.source, reader);
  const before = reader.values++;
  const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined;
  if (anchor !== undefined) reader.anchors.set(anchor, undefined);
  const value = isMap(node)
    ? Object.fromEntries(entriesOf(node, reader))
    : isSeq(node)
      ? listOf(node, reader)
      : scalarValue(node as Scalar, reader);
  if (anchor !== undefined) reader.anchors.set(anchor, { value, size: reader.values - before });
  return value;
}

function aliasValue(node: Node, name: string, reader: Reader): unknown {
  const anchored = reader.anchors.get(name);
  if (!anchored) {
    const isOpen = reader.anchors.has(name);
    complain(
      reader,
      node,
      isOpen
        ? `anchor '${name}' value contains itself`
        : `Unresolved alias (the anchor must be set before the alias): ${name}`,
    );
    return null;
  }
  reader.values += anchored.size;
  const before = reader.aliased;
  reader.aliased += anchored.size;
  if (before <= MAX_ALIASED_VALUES && reader.aliased > MAX_ALIASED_VALUES) {
    complain(
      reader,
      node,
      `this document refers to its anchors (*name) so often that it would become enormous; at most ${MAX_ALIASED_VALUES} values are added by them`,
    );
  }
  return reader.aliased > MAX_ALIASED_VALUES ? null : anchored.value;
}

function listOf(node: YAMLSeq, reader: Reader): unknown[] {
  return node.items.map((item) => readNode(item as Node, reader));
}

function entriesOf(node: YAMLMap, reader: Reader): Entries {
  const entries: Entries = new Map();
  const own = new Set<string>();
  for (const { key, value } of node.items) {
    const place = (key ?? node) as Node;
    if (isScalar(key) && isPlain(key) && key.tag === undefined && key.value === '<<') {
      merge(place, value as Node | null, entries, reader);
      continue;
    }
    const text = keyOf(place, reader);
    const read = value === null ? null : readNode(value as Node, reader);
    if (text === undefined) continue;
    if (own.has(text) && !reader.lenient) {
      complain(
        reader,
        place,
        (line) =>
          `this key stands twice in the same mapping; keep one of them (line ${line}: key ${JSON.stringify(text)} already set in map)`,
      );
    }
    own.add(text);
    entries.set(text, read);
  }
  return entries;
}

/** A value as Go's %#v prints what its YAML reader makes of it. */
function goSyntax(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    const pairs = entries.map(([key, one]) => `${JSON.stringify(key)}:${goSyntax(one)}`);
    return `map[interface {}]interface {}{${pairs.join(', ')}}`;
  }
  return value === null || value === undefined ? 'interface {}(nil)' : JSON.stringify(value);
}

/** The text of a key as it would stand in JSON; complains of what can't stand there. */
function keyOf(node: Node, reader: Reader): string | undefined {
  if (isMap(node) || isSeq(node)) {
    const shown = goSyntax(readNode(node, reader));
    complain(reader, node, `invalid map key: ${shown} (a key must be plain text, not a mapping or a list)`);
    return undefined;
  }
  if (isAlias(node)) {
    const value = aliasValue(node, node.source, reader);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  } else if (isScalar(node)) {
    const [start = 0, end = 0] = node.range ?? [];
    if (/\n/.test(reader.text.slice(start, end)) && !/\?\s*$/.test(reader.text.slice(0, start))) {
      complain(reader, node, 'a key must stand on one line; perhaps a colon or a quote is missing above');
      return undefined;
    }
    const text = keyText(node);
    if (text !== undefined) return text;
  }
  complain(reader, node, 'unsupported map key: a key may not be empty');
  return undefined;
}

/** The text of a key; undefined when it is empty. */
export function keyText(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  return isPlain(node) && node.tag === undefined ? plainKeyText(textOf(node)) : textOf(node);
}

/** Takes over the entries of a mapping, or of several, the first of which counts most. */
function merge(key: Node, source: Node | null, entries: Entries, reader: Reader): void {
  const sources = source !== null && isSeq(source) ? [...source.items].reverse() : [source];
  for (const one of sources) {
    const known = reader.problems.length;
    const value = one === null ? null : readNode(one as Node, reader);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      // What can't be read at all is no wrong sort of value.
      if (reader.problems.length > known) return;
      complain(
        reader,
        (one as Node | null)?.range ? (one as Node) : key,
        'map merge requires map or sequence of maps as the value',
      );
      return;
    }
    for (const [name, field] of Object.entries(value)) entries.set(name, field);
  }
}

/** The text of a scalar in which `\\'` stands for `'`, as go-yaml has it and the YAML library has not. */
function withQuotes(node: Scalar, reader: Reader): string {
  const value = textOf(node);
  if (node.type !== 'QUOTE_DOUBLE' || !value.includes("\\'")) return value;
  const [start, end] = node.range ?? [0, 0];
  const written = reader.text
    .slice(start, end)
    .replace(/\\(.)/gs, (both, next: string) => (next === "'" ? next : both));
  const again: unknown = parse(written, { version: '1.1', schema: 'failsafe', logLevel: 'silent' });
  return typeof again === 'string' ? again : value;
}

const FOUND_TAGS: ReadonlyMap<string, string> = new Map([
  ['null', '!!null'],
  ['number', '!!int'],
  ['float', '!!float'],
  ['boolean', '!!bool'],
]);
const WANTED_KINDS: ReadonlyMap<string, string> = new Map([
  ['int', 'number'],
  ['float', 'number'],
  ['bool', 'boolean'],
  ['null', 'null'],
]);
const TAG_PREFIX = 'tag:yaml.org,2002:';

function scalarValue(node: Scalar, reader: Reader): unknown {
  const text = withQuotes(node, reader);
  const tag = node.tag?.startsWith(TAG_PREFIX) ? node.tag.slice(TAG_PREFIX.length) : undefined;
  if (node.tag !== undefined && tag === undefined) return text;
  if (tag === undefined) return isPlain(node) ? finiteValue(plainScalarValue(text), text, node, reader) : text;
  return taggedValue(tag, text, node, reader);
}

function finiteValue(value: unknown, text: string, node: Node, reader: Reader): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  complain(reader, node, `${text} is no number that JSON can hold; put it in quotes`);
  return null;
}

function taggedValue(tag: string, text: string, node: Scalar, reader: Reader): unknown {
  const value = plainScalarValue(text);
  const kind = value === null ? 'null' : typeof value;
  const wanted = WANTED_KINDS.get(tag);
  if (tag === 'binary') return decodeBinary(text, node, reader);
  if (wanted === undefined) return text;
  const isInt = kind === 'number' && Number.isInteger(value);
  if (kind === wanted && (tag !== 'int' || isInt)) return finiteValue(value, text, node, reader);
  const found = FOUND_TAGS.get(kind === 'number' && !isInt ? 'float' : kind) ?? '!!str';
  complain(reader, node, `cannot decode ${found} \`${text}\` as a !!${tag}`);
  return null;
}

function decodeBinary(text: string, node: Node, reader: Reader): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    complain(reader, node, '!!binary value contains invalid base64 data');
    return '';
  }
}
