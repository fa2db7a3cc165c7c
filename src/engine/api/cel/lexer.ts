/** Words of CEL. Follows the grammar of github.com/google/cel-spec (doc/langdef.md). Left out: bytes. */
import { CelSyntaxError } from './ast';

/** One word. `value` of literals. */
export interface Token {
  readonly type: 'int' | 'double' | 'string' | 'ident' | 'sign' | 'end';
  readonly text: string;
  readonly value?: bigint | number | string;
  readonly at: number;
}

const NUMBER = /^(?:0x[0-9a-fA-F]+|\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+|\.\d+(?:[eE][+-]?\d+)?)/;
const IDENT = /^[_a-zA-Z][_a-zA-Z0-9]*/;
const QUOTED = /^[rR]?("""|'''|"|')/;
const SIGNS = ['==', '!=', '<=', '>=', '&&', '||', '.?', '[?'];
const ONE_CHAR = '+-*/%<>!?:.,()[]{}`';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};

function unescaped(text: string, at: number): string {
  return text.replace(
    /\\(x[0-9a-fA-F]{2}|X[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[\s\S])/g,
    (_all, code: string) => {
      const known = ESCAPES[code];
      if (known !== undefined) return known;
      if (/^[xXuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      if (/^[0-3][0-7]{2}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      throw new CelSyntaxError('Syntax error: token recognition error', at);
    },
  );
}

function stringAt(text: string, at: number): Token | undefined {
  const open = QUOTED.exec(text.slice(at, at + 4));
  if (!open) return undefined;
  const quote = open[1] as string;
  const isRaw = open[0].length > quote.length;
  for (let end = at + open[0].length; end < text.length; end++) {
    if (!isRaw && text[end] === '\\') end++;
    else if (text.startsWith(quote, end)) {
      const inner = text.slice(at + open[0].length, end);
      const value = isRaw ? inner : unescaped(inner, at);
      return { type: 'string', text: text.slice(at, end + quote.length), value, at };
    } else if (quote.length === 1 && text[end] === '\n') break;
  }
  throw new CelSyntaxError(`Syntax error: token recognition error at: '${text.slice(at)}'`, at);
}

function numberAt(text: string, at: number): Token | undefined {
  const found = NUMBER.exec(text.slice(at))?.[0];
  if (found === undefined) return undefined;
  const isDouble = /[.eE]/.test(found) && !found.startsWith('0x');
  const isUnsigned = !isDouble && /^[uU]/.test(text.slice(at + found.length));
  const shown = isUnsigned ? text.slice(at, at + found.length + 1) : found;
  return { type: isDouble ? 'double' : 'int', text: shown, value: isDouble ? Number(found) : BigInt(found), at };
}

function tokenAt(text: string, at: number): Token {
  const literal = stringAt(text, at) ?? numberAt(text, at);
  if (literal) return literal;
  const ident = IDENT.exec(text.slice(at))?.[0];
  if (ident !== undefined) return { type: 'ident', text: ident, at };
  const two = SIGNS.find((sign) => text.startsWith(sign, at));
  if (two !== undefined) return { type: 'sign', text: two, at };
  const one = text[at] as string;
  if (!ONE_CHAR.includes(one)) throw new CelSyntaxError(`Syntax error: token recognition error at: '${one}'`, at);
  return { type: 'sign', text: one, at };
}

/** The words of a text, the last of which is the end. Throws {@link CelSyntaxError}. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const space = /^(?:\s+|\/\/[^\n]*)/.exec(text.slice(at));
    if (space) {
      at += space[0].length;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { type: 'end', text: '<EOF>', at: text.length }];
}
