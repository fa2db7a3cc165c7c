/**
 * Reads a JSONPath template: text with `{expressions}` in it. Messages of bad templates are kubectl's.
 * Follows client-go/util/jsonpath/parser.go, whose parser is a chain of mutual calls; here it is one loop over the parts of an action.
 */

/** A template that can't be read; the message says why. */
export class TemplateError extends Error {}

/** One part of a slice `[start:end:step]`. `derived`: an end that stands for "one after the start". */
export interface Bound {
  readonly known: boolean;
  readonly value: number;
  readonly derived?: boolean;
}

/** One part of a template. */
export type PathNode =
  | { readonly type: 'list'; readonly nodes: readonly PathNode[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'literal'; readonly value: number | boolean }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'array'; readonly bounds: readonly [Bound, Bound, Bound] }
  | { readonly type: 'union'; readonly members: readonly (readonly PathNode[])[] }
  | {
      readonly type: 'filter';
      readonly left: readonly PathNode[];
      readonly right: readonly PathNode[];
      readonly operator: string;
    }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' };

interface Cursor {
  readonly text: string;
  at: number;
}

function fail(message: string): never {
  throw new TemplateError(message);
}

const WORD = /[\p{L}\p{Nd}_]/u;
const TERMINATORS = new Set([' ', '\t', '\r', '\n', '.', ',', '[', ']', '$', '@', '{', '}']);

/** Text up to the next terminator; a backslash takes the character after it along. */
function readField(cursor: Cursor): string {
  const start = cursor.at;
  while (cursor.at < cursor.text.length && !TERMINATORS.has(cursor.text[cursor.at] as string)) {
    cursor.at += cursor.text[cursor.at] === '\\' ? 2 : 1;
  }
  cursor.at = Math.min(cursor.at, cursor.text.length);
  return cursor.text.slice(start, cursor.at);
}

function fieldNode(name: string): PathNode {
  return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') };
}

const ESCAPED: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

function codePoint(digits: string, base: number): string {
  return String.fromCodePoint(Number.parseInt(digits, base));
}

/** A quoted text without its quotes, as Go's strconv.UnquoteChar reads it. */
function unquote(quoted: string): string {
  const quote = quoted[0] as string;
  const invalid = (): never => fail(`unquote string ${quoted} error invalid syntax`);
  const sequence = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))|\\$/gs;
  return quoted.slice(1, -1).replace(sequence, (_whole, two, four, eight, octal, single: string | undefined) => {
    const hex: string | undefined = two ?? four ?? eight;
    if (hex) return codePoint(hex, 16);
    if (octal) return codePoint(octal, 8);
    return single === quote ? quote : (ESCAPED[single ?? ''] ?? invalid());
  });
}

function readQuote(cursor: Cursor, quote: string): PathNode {
  const start = cursor.at;
  for (cursor.at++; ; cursor.at++) {
    const character = cursor.text[cursor.at];
    if (character === undefined || character === '\n') fail('unterminated quoted string');
    if (character === quote && cursor.text[cursor.at - 1] !== '\\') break;
  }
  cursor.at++;
  return { type: 'text', text: unquote(cursor.text.slice(start, cursor.at)) };
}

function readNumber(cursor: Cursor): PathNode {
  const match = /^[+-]?[\d.]*/.exec(cursor.text.slice(cursor.at)) as RegExpExecArray;
  cursor.at += match[0].length;
  const isNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(match[0]);
  if (!isNumber) fail(`cannot parse number ${match[0]}`);
  return { type: 'literal', value: Number(match[0]) };
}

function readIdentifier(cursor: Cursor): PathNode {
  const start = cursor.at;
  while (cursor.at < cursor.text.length && !TERMINATORS.has(cursor.text[cursor.at] as string)) cursor.at++;
  const name = cursor.text.slice(start, cursor.at);
  if (name === 'true' || name === 'false') return { type: 'literal', value: name === 'true' };
  return { type: 'identifier', name };
}

function sliceBounds(text: string): readonly [Bound, Bound, Bound] {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!match) fail(`invalid array index ${text}`);
  const number = (part: string): Bound => {
    if (part === '-') fail(`array index ${part} is not a number`);
    return part === '' ? { known: false, value: 0 } : { known: true, value: Number(part) };
  };
  const [, start = '', end, step] = match;
  const first = number(start);
  return [
    first,
    end === undefined ? { known: true, value: first.value + 1, derived: true } : number(end.slice(1)),
    step === undefined ? { known: false, value: 0 } : number(step.slice(1)),
  ];
}

function readArray(cursor: Cursor): readonly PathNode[] {
  const start = cursor.at + 1;
  const end = cursor.text.slice(start).search(/[\]\n]/);
  if (end < 0 || cursor.text[start + end] === '\n') fail('unterminated array');
  cursor.at = start + end + 1;
  const inside = cursor.text.slice(start, start + end);
  const text = inside === '*' ? ':' : inside;
  const members = text.split(',');
  if (members.length > 1) {
    return [{ type: 'union', members: members.map((member) => parseAction(`[${member.replace(/^ +| +$/g, '')}]`)) }];
  }
  const key = /^'([^']*)'$/.exec(text);
  if (key) return parseAction(`.${key[1]}`);
  return [{ type: 'array', bounds: sliceBounds(text) }];
}

/** The end of a filter: the `)` outside of quotes. */
function filterEnd(cursor: Cursor): number {
  let quote = '';
  let isClosed = false;
  for (let at = cursor.at; ; at++) {
    const character = cursor.text[at];
    if (character === undefined || character === '\n') fail('unterminated filter');
    if (character === '"' || character === "'") {
      if (quote === '') quote = character;
      else if (character === quote && cursor.text[at - 1] !== '\\') isClosed = true;
    }
    if (character === ')' && (quote !== '') === isClosed) return at;
  }
}

function readFilter(cursor: Cursor): PathNode {
  cursor.at += '[?('.length;
  const end = filterEnd(cursor);
  const text = cursor.text.slice(cursor.at, end);
  if (cursor.text[end + 1] !== ']') fail('unclosed array expect ]');
  cursor.at = end + 2;
  const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
  if (!parts) return { type: 'filter', left: parseAction(text), right: [], operator: 'exists' };
  const [, left = '', operator = '', right = ''] = parts;
  return { type: 'filter', left: parseAction(left), right: parseAction(right), operator };
}

function readRecursive(cursor: Cursor, nodes: PathNode[]): void {
  if (nodes.at(-1)?.type === 'recursive') fail('invalid multiple recursive descent');
  cursor.at += '..'.length;
  nodes.push({ type: 'recursive' });
  if (WORD.test(cursor.text[cursor.at] ?? '')) nodes.push(fieldNode(readField(cursor)));
}

function codeName(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} '${character}'`;
}

/** Reads one part that begins with this character. */
function readPart(cursor: Cursor, character: string, nodes: PathNode[]): void {
  const rest = cursor.text.slice(cursor.at, cursor.at + 3);
  if (rest === '[?(') nodes.push(readFilter(cursor));
  else if (rest.startsWith('..')) readRecursive(cursor, nodes);
  else if (character === ' ' || character === '@' || character === '$') cursor.at++;
  else if (character === '[') nodes.push(...readArray(cursor));
  else if (character === '"' || character === "'") nodes.push(readQuote(cursor, character));
  else if (character === '.') {
    cursor.at++;
    nodes.push(fieldNode(readField(cursor)));
  } else if (/[+\-\d]/.test(character)) nodes.push(readNumber(cursor));
  else if (WORD.test(character)) nodes.push(readIdentifier(cursor));
  else fail(`unrecognized character in action: ${codeName(character)}`);
}

/** Reads what is inside braces, up to and with the closing one. */
function readAction(cursor: Cursor): PathNode[] {
  const nodes: PathNode[] = [];
  for (;;) {
    const character = cursor.text[cursor.at];
    if (character === undefined || character === '\n' || character === '\r') fail('unclosed action');
    if (character === '}') {
      cursor.at++;
      return nodes;
    }
    readPart(cursor, character, nodes);
  }
}

function parseAction(text: string): readonly PathNode[] {
  return readAction({ text: `${text}}`, at: 0 });
}

/** Reads a template. Throws with kubectl's words when it is not one. */
export function parseTemplate(text: string): readonly PathNode[] {
  const cursor: Cursor = { text, at: 0 };
  const nodes: PathNode[] = [];
  while (cursor.at < text.length) {
    const brace = text.indexOf('{', cursor.at);
    const end = brace < 0 ? text.length : brace;
    if (end > cursor.at) nodes.push({ type: 'text', text: text.slice(cursor.at, end) });
    cursor.at = end + 1;
    if (brace >= 0) nodes.push({ type: 'list', nodes: readAction(cursor) });
  }
  return nodes;
}
