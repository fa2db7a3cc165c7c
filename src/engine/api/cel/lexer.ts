/** Words of CEL. Follows the grammar of github.com/google/cel-spec (doc/langdef.md). Of bytes each escape is a character. */
import { CelSyntaxError } from './ast';

/** One word. `value` of literals. */
export interface Token {
  readonly type: 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'ident' | 'escaped' | 'sign' | 'end';
  readonly text: string;
  readonly value?: bigint | number | string;
  readonly at: number;
}

const NUMBER = /^(?:0x[0-9a-fA-F]+|\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+|\.\d+(?:[eE][+-]?\d+)?)/;
const IDENT = /^[_a-zA-Z][_a-zA-Z0-9]*/;
const ESCAPED = /^`[\w.\-/ ]*(`?)/;
const QUOTED = /^[bB]?[rR]?("""|'''|"|')/;
const SIGNS = ['==', '!=', '<=', '>=', '&&', '||', '.?', '[?'];
const ONE_CHAR = '+-*/%<>!?:.,()[]{}';

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

const ESCAPE = /\\([xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[abfnrtv\\?"'`])/;
const EVERY_ESCAPE = new RegExp(ESCAPE, 'g');

function unescaped(text: string): string {
  return text.replace(EVERY_ESCAPE, (_all, code: string) => {
    const known = ESCAPES[code];
    if (known !== undefined) return known;
    if (/^[xXuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return String.fromCodePoint(Number.parseInt(code, 8));
  });
}

/** A quoted text, or what of it is no word. */
function stringAt(text: string, at: number): Token | string | undefined {
  const open = QUOTED.exec(text.slice(at, at + 5));
  if (!open) return undefined;
  const quote = open[1] as string;
  const isRaw = /r/i.test(open[0]);
  const type = /^b/i.test(open[0]) ? 'bytes' : 'string';
  for (let end = at + open[0].length; end < text.length; end++) {
    if (!isRaw && text[end] === '\\') {
      if (text.slice(end, end + 10).search(ESCAPE) !== 0) return text.slice(at, end + 2);
      end++;
    } else if (text.startsWith(quote, end)) {
      const inner = text.slice(at + open[0].length, end);
      const value = isRaw ? inner : unescaped(inner);
      return { type, text: text.slice(at, end + quote.length), value, at };
    } else if (quote.length === 1 && text[end] === '\n') return text.slice(at, end + 1);
  }
  return text.slice(at);
}

function numberAt(text: string, at: number): Token | undefined {
  const found = NUMBER.exec(text.slice(at))?.[0];
  if (found === undefined) return undefined;
  const isDouble = /[.eE]/.test(found) && !found.startsWith('0x');
  const isUnsigned = !isDouble && /^[uU]/.test(text.slice(at + found.length));
  const shown = isUnsigned ? text.slice(at, at + found.length + 1) : found;
  return {
    type: isDouble ? 'double' : isUnsigned ? 'uint' : 'int',
    text: shown,
    value: isDouble ? Number(found) : BigInt(found),
    at,
  };
}

/** A word, or what is none. */
function tokenAt(text: string, at: number): Token | string {
  const literal = stringAt(text, at) ?? numberAt(text, at);
  if (literal) return literal;
  const ident = IDENT.exec(text.slice(at))?.[0];
  if (ident !== undefined) return { type: 'ident', text: ident, at };
  const escaped = ESCAPED.exec(text.slice(at));
  if (escaped) return escaped[1] ? { type: 'escaped', text: escaped[0], at } : escaped[0];
  const two = SIGNS.find((sign) => text.startsWith(sign, at));
  if (two !== undefined) return { type: 'sign', text: two, at };
  const one = String.fromCodePoint(text.codePointAt(at) as number);
  if (ONE_CHAR.includes(one)) return { type: 'sign', text: one, at };
  // Of half a sign the next character is thought to be the other half.
  return '&|='.includes(one) ? text.slice(at, at + 2) : one;
}

/** The words of a text, the last of which is the end, and what in it is no word. */
export function tokensOf(text: string): { readonly tokens: Token[]; readonly mistakes: CelSyntaxError[] } {
  const tokens: Token[] = [];
  const mistakes: CelSyntaxError[] = [];
  for (let at = 0; at < text.length; ) {
    const space = /^(?:\s+|\/\/[^\n]*)/.exec(text.slice(at));
    if (space) {
      at += space[0].length;
      continue;
    }
    const token = tokenAt(text, at);
    if (typeof token !== 'string') tokens.push(token);
    else mistakes.push(new CelSyntaxError(`Syntax error: token recognition error at: '${token}'`, at));
    at += (typeof token === 'string' ? token : token.text).length;
  }
  return { tokens: [...tokens, { type: 'end', text: '<EOF>', at: text.length }], mistakes };
}
