/**
 * YAML text to manifests, with the source range of every field and a clear message for what can't be read.
 * Values are read as Kubernetes reads them (yaml-value.ts). Lists (`kind: List`) become their items.
 */
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
} from 'yaml';
import type { KubeObject } from '../engine/api/meta';
import { deepToken } from './yaml-depth';
import { TOO_DEEP, tooLong, yamlProblem } from './yaml-problems';
import { isEmptyScalar, keyText, yamlValue } from './yaml-value';

/** Where something stands; lines and columns from 1, the end is exclusive. */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Something wrong with the text. */
export interface Problem extends SourceRange {
  readonly message: string;
}

/** One manifest and where it stands. */
export interface SourceDocument {
  readonly object: KubeObject;
  readonly startLine: number;
  readonly endLine: number;
  /** Where a field stands, named as the API server does (`spec.containers[0].image`); the nearest enclosing one if it is absent. */
  rangeOf(path: string | readonly (string | number)[]): SourceRange;
}

/** What a text holds. With problems, `documents` has those that could be read. */
export interface Manifests {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly Problem[];
}

/** Longer texts are refused: reading them would freeze the page. */
export const MAX_TEXT_LENGTH = 4 * 1024 * 1024;
/** How the message begins about a document that is not a mapping. */
export const NOT_A_MANIFEST = 'a manifest is a mapping with apiVersion, kind and metadata';
const MAX_DOCUMENTS = 10_000;

/** Reads a YAML stream. What follows `...` up to the next `---` is not read, as in Kubernetes. `lenient` accepts repeated keys (the last one counts), as kubectl does when it reads a file. */
export function parseManifests(
  text: string,
  options: { readonly lenient?: boolean; readonly wholeLists?: boolean } = {},
): Manifests {
  if (text.length > MAX_TEXT_LENGTH) return { documents: [], problems: [tooLong(text.length, MAX_TEXT_LENGTH)] };
  const lineCounter = new LineCounter();
  const source = text.replace(/^\uFEFF/, '');
  const odd = options.lenient || source.trimStart().startsWith('{') ? undefined : ODD_SEPARATOR.exec(source);
  if (odd) return untilSeparator(source, odd, options);
  const parsed = withoutStacks(() => compose(source, lineCounter));
  if ('offset' in parsed) {
    const place = rangeBetween(lineCounter, parsed.offset, parsed.offset + 1);
    return { documents: [], problems: [{ ...place, message: TOO_DEEP }] };
  }
  const documents: SourceDocument[] = [];
  const problems: Problem[] = [];
  for (const [index, document] of parsed.slice(0, MAX_DOCUMENTS).entries()) {
    if (index === 0 || document.directives?.docStart)
      readDocument(
        document,
        {
          text: source,
          lines: lineCounter,
          lenient: options.lenient === true,
          wholeLists: options.wholeLists === true,
        },
        documents,
        problems,
      );
  }
  const next = parsed[MAX_DOCUMENTS];
  if (next) {
    const message = `there are ${parsed.length} documents; at most ${MAX_DOCUMENTS} are read`;
    const [start] = next.range ?? [0];
    problems.push({ ...rangeBetween(lineCounter, start, start + 1), message });
  }
  return { documents, problems };
}

/** A separator with more behind it than a comment, which Kubernetes takes for none. Follows YAMLReader of apimachinery/pkg/util/yaml/decoder.go. */
const ODD_SEPARATOR = /^---(?!\s*(#.*)?$)(.*)/m;

/** What stands before such a separator, and that it is none. */
function untilSeparator(source: string, odd: RegExpExecArray, options: { readonly wholeLists?: boolean }): Manifests {
  const before = parseManifests(source.slice(0, odd.index), options);
  const line = source.slice(0, odd.index).split('\n').length;
  const message = `invalid Yaml document separator: ${(odd[2] ?? '').trim()}`;
  const place = { line, column: 1, endLine: line, endColumn: odd[0].length + 1 };
  return { documents: before.documents, problems: [...before.problems, { ...place, message }] };
}

interface Reading {
  readonly text: string;
  readonly lines: LineCounter;
  readonly lenient: boolean;
  readonly wholeLists: boolean;
}

/** `\\'` in double quotes, which go-yaml reads as `'`. */
function isEscapedQuote({ code, pos }: Document['errors'][number], text: string): boolean {
  return code === 'BAD_DQ_ESCAPE' && text.startsWith("\\'", pos[0]);
}

/** At most so many problems of a document are told. */
const MAX_PROBLEMS = 20;

function readDocument(
  document: Document,
  { text, lines, lenient, wholeLists }: Reading,
  documents: SourceDocument[],
  problems: Problem[],
): void {
  const errors = document.errors.filter((error) => !isEscapedQuote(error, text));
  if (errors.length > 0) {
    for (const error of errors.slice(0, MAX_PROBLEMS)) {
      problems.push({
        ...rangeBetween(lines, error.pos[0], error.pos[1]),
        message: yamlProblem(error.code, error.message),
      });
    }
    return;
  }
  const root = document.contents as Node | null;
  if (!root || isEmptyScalar(root)) return;
  const { value, problems: wrong } = yamlValue(root, text, lenient);
  for (const { node, message } of wrong.slice(0, MAX_PROBLEMS)) {
    problems.push({ ...nodeRange(lines, node), message: message(rangeBetween(lines, node.range?.[0] ?? 0, 0).line) });
  }
  if (wrong.length > 0) return;
  for (const item of wholeLists ? [{ value, node: root }] : manifestsIn(value, root)) {
    const problem = shapeProblem(item.value);
    if (problem === undefined) documents.push(sourceDocument(item.value as KubeObject, item.node, lines));
    else problems.push({ ...nodeRange(lines, item.node), message: problem });
  }
}

/** Why a value can't be a manifest, or undefined when it can. */
function shapeProblem(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
  const found = Array.isArray(value) ? 'a list' : value === null ? 'empty' : 'plain text';
  return `${NOT_A_MANIFEST}; this is ${found}`;
}

/** A document's value, or the items of a list, each with the node it stands in. */
function manifestsIn(value: unknown, root: Node): { value: unknown; node: Node }[] {
  const { kind, items } = (value ?? {}) as { kind?: unknown; items?: unknown };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [{ value, node: root }];
  const itemsNode = isMap(root) ? root.get('items', true) : undefined;
  return items.flatMap((item, index) => {
    const node = isSeq(itemsNode) ? (itemsNode.items[index] as Node | undefined) : undefined;
    return manifestsIn(item, node ?? root);
  });
}

/** Reads a text without the call stacks of its errors, which nobody looks at: a text may have half a million. */
function withoutStacks<T>(read: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Composes a stream, every scalar as text. Gives the place of a value that is nested too deeply instead. */
function compose(text: string, lines: LineCounter): Document[] | { readonly offset: number } {
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const offset = deepToken(tokens);
  if (offset !== undefined) return { offset };
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return [...composer.compose(tokens, false, text.length)];
}

function sourceDocument(object: KubeObject, root: Node, lines: LineCounter): SourceDocument {
  const whole = nodeRange(lines, root);
  return {
    object,
    startLine: whole.line,
    endLine: whole.endColumn === 1 && whole.endLine > whole.line ? whole.endLine - 1 : whole.endLine,
    rangeOf: (path) => rangeOfPath(root, typeof path === 'string' ? splitFieldPath(path) : path, lines),
  };
}

function rangeBetween(lines: LineCounter, start: number, end: number): SourceRange {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(end, start + 1));
  return {
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  };
}

function nodeRange(lines: LineCounter, node: Node): SourceRange {
  const [start, end] = node.range ?? [0, 0, 0];
  return rangeBetween(lines, start, end);
}

/** `spec.containers[0].env[NAME]` in steps. */
export function splitFieldPath(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const match of path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const bracketed = match[1];
    if (bracketed === undefined) steps.push(match[2] as string);
    else steps.push(/^\d+$/.test(bracketed) ? Number(bracketed) : bracketed.replace(/^["']|["']$/g, ''));
  }
  return steps;
}

/** The range of the deepest step that exists: key and value of a plain field, the key alone of a mapping or list. */
function rangeOfPath(root: Node, path: readonly (string | number)[], lines: LineCounter): SourceRange {
  let node: Node = root;
  let range = isMap(root) && root.items[0] ? nodeRange(lines, root.items[0].key as Node) : nodeRange(lines, root);
  for (const step of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => keyText(item.key) === String(step));
      if (!pair) return range;
      const value = pair.value as Node | null;
      range = pairRange(lines, pair.key as Node, value);
      if (!value) return range;
      node = value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step] as Node | undefined;
      if (!item) return range;
      range = isMap(item) && item.items[0] ? nodeRange(lines, item.items[0].key as Node) : nodeRange(lines, item);
      node = item;
    } else {
      return range;
    }
  }
  return range;
}

function pairRange(lines: LineCounter, key: Node, value: Node | null): SourceRange {
  const own = nodeRange(lines, key);
  if (!value || (!isScalar(value) && !isAlias(value)) || !value.range) return own;
  const end = nodeRange(lines, value);
  return { ...own, endLine: end.endLine, endColumn: end.endColumn };
}
