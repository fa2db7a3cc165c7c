/** What a place in a YAML document is about: its kind, and the field as `kubectl explain` names it. Pure. */
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';

/** See the header. */
export interface FieldPlace {
  readonly kind: string | undefined;
  /** Empty at a document that has none there. */
  readonly field: string;
}

const within = (node: unknown, offset: number): boolean => {
  const range = (node as Node | null)?.range;
  return range !== undefined && range !== null && offset >= range[0] && offset <= range[1];
};

/** Keys that lead down to a place, list entries left out. */
function keysTo(node: unknown, offset: number): string[] {
  if (isSeq(node)) return node.items.flatMap((item) => (within(item, offset) ? keysTo(item, offset) : []));
  if (!isMap(node)) return [];
  const pair = node.items.find((each) => within(each.key, offset) || within(each.value, offset));
  return pair && isPair(pair) ? [keyOf(pair), ...keysTo(pair.value, offset)] : [];
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');

/** What stands at an offset of one document. */
export function fieldAt(document: string, offset: number): FieldPlace {
  const { contents } = parseDocument(document, { logLevel: 'silent', uniqueKeys: false });
  const kind = isMap(contents) ? contents.get('kind') : undefined;
  return { kind: typeof kind === 'string' ? kind : undefined, field: keysTo(contents, offset).join('.') };
}

/** Longer documents take too long to read for a pointer that only passes. */
const MAX_READ = 200_000;

/** The heading of what is said of a place in a text of several documents, as Markdown; empty where there is nothing to name. */
export function headingAt(lines: readonly string[], line: number, column: number): string {
  const isBreak = (at: number) => lines[at]?.startsWith('---') ?? true;
  let [from, to] = [line - 1, line - 1];
  while (from > 0 && !isBreak(from)) from -= 1;
  while (to + 1 < lines.length && !isBreak(to + 1)) to += 1;
  if (isBreak(from)) from += 1;
  const document = lines.slice(from, to + 1).join('\n');
  if (document.length > MAX_READ) return '';
  const offset = lines.slice(from, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const { kind, field } = fieldAt(document, offset);
  const words = [kind, field && `\`${field.replaceAll('`', '')}\``].filter(Boolean).join(' ');
  return words && `#### ${words}`;
}
