/**
 * Splits shell text into words and operators. Words keep their parts (text, variables, substitutions), which are
 * expanded when the command runs. Follows POSIX.1-2017, Shell Command Language, 2.2 (quoting) and 2.3 (tokens).
 * Left out: here-documents, globs, tilde, `case` patterns.
 */

/** A piece of a word. Quoted pieces are not split at spaces. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback?: Word; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly source: string; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly parts: Word; readonly quoted: boolean };

/** A word before expansion. */
export type Word = readonly WordPart[];

/** A word or an operator (`;`, `&&`, `>`, newline …). */
export type Token = { readonly word: Word } | { readonly operator: string };

const OPERATORS = ['2>&1', '&>', '2>>', '2>', '&&', '||', '>>', ';;', ';', '&', '|', '(', ')', '<', '>', '\n'];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** How deeply brackets and compound commands may be nested: a fixed number, so that a text runs everywhere or nowhere. */
export const MAX_NESTING = 100;

interface Scanner {
  readonly source: string;
  position: number;
  /** How many brackets are open around it. */
  readonly depth: number;
}

/** What is not simulated or not closed: the whole text then can't be run. */
class Unreadable extends Error {}

/** The end of a quoted stretch that begins at `from`; its closing quote. */
function quoteEnd(source: string, from: number): number {
  const quote = source[from];
  for (let position = from + 1; position < source.length; position++) {
    if (source[position] === '\\' && quote === '"') position++;
    else if (source[position] === quote) return position;
  }
  throw new Unreadable();
}

/** Where a bracket that is open at `from` closes, quotes left aside. */
function closing(source: string, from: number, open: string, close: string): number {
  let depth = 1;
  for (let position = from; position < source.length; position++) {
    const character = source[position];
    if (character === '\\') position++;
    else if (character === "'" || character === '"') position = quoteEnd(source, position);
    else if (character === open) depth++;
    else if (character === close && --depth === 0) return position;
  }
  throw new Unreadable();
}

const MAX_NAME = 128;

function readBraces(scanner: Scanner, start: number, quoted: boolean): WordPart | undefined {
  const { source } = scanner;
  const name = NAME.exec(source.slice(start + 1, start + 1 + MAX_NAME))?.[0];
  if (!name) return undefined;
  const end = closing(source, start + 1, '{', '}');
  scanner.position = end + 1;
  const rest = source.slice(start + 1 + name.length, end);
  const fallback = rest.startsWith(':-') ? { fallback: partsOf(rest.slice(2), scanner.depth + 1) } : {};
  return { kind: 'variable', name, ...fallback, quoted };
}

/** Reads what follows a `$`; undefined when it is a plain dollar sign. */
function readDollar(scanner: Scanner, quoted: boolean): WordPart | undefined {
  const { source } = scanner;
  const start = scanner.position + 1;
  if (source.startsWith('((', start)) {
    const end = closing(source, start + 2, '(', ')');
    if (source[end + 1] !== ')') throw new Unreadable();
    scanner.position = end + 2;
    return { kind: 'arithmetic', parts: partsOf(source.slice(start + 2, end), scanner.depth + 1), quoted };
  }
  if (source[start] === '(') {
    const end = closing(source, start + 1, '(', ')');
    scanner.position = end + 1;
    return { kind: 'command', source: source.slice(start + 1, end), quoted };
  }
  if (source[start] === '{') return readBraces(scanner, start, quoted);
  const name =
    NAME.exec(source.slice(start, start + MAX_NAME))?.[0] ??
    (/[?$#0-9]/.test(source[start] ?? '') ? source[start] : undefined);
  if (!name) return undefined;
  scanner.position = start + name.length;
  return { kind: 'variable', name, quoted };
}

/** The parts of a text inside brackets, where only `$`, `\`` and backslashes mean something. */
function partsOf(source: string, depth: number): Word {
  if (depth > MAX_NESTING) throw new Unreadable();
  const parts: WordPart[] = [];
  readQuotedParts({ source, position: 0, depth }, parts, '');
  return parts;
}

/** Reads up to an unescaped `end`, or to the end of the text when that is empty. */
function readQuotedParts(scanner: Scanner, parts: WordPart[], end: string): void {
  const { source } = scanner;
  let text = '';
  const flush = () => {
    if (text) parts.push({ kind: 'text', text, quoted: true });
    text = '';
  };
  while (scanner.position < source.length && source[scanner.position] !== end) {
    const character = source[scanner.position] as string;
    if (character === '\\' && '"\\$`\n'.includes(source[scanner.position + 1] ?? 'x')) {
      if (source[scanner.position + 1] !== '\n') text += source[scanner.position + 1];
      scanner.position += 2;
      continue;
    }
    const found =
      character === '$' ? readDollar(scanner, true) : character === '`' ? readBackquoted(scanner, true) : undefined;
    if (found) {
      flush();
      parts.push(found);
      continue;
    }
    text += character;
    scanner.position++;
  }
  flush();
}

function readBackquoted(scanner: Scanner, quoted: boolean): WordPart {
  const { source } = scanner;
  const end = source.indexOf('`', scanner.position + 1);
  if (end < 0) throw new Unreadable();
  const inner = source.slice(scanner.position + 1, end);
  scanner.position = end + 1;
  return { kind: 'command', source: inner, quoted };
}

function readDoubleQuoted(scanner: Scanner, parts: WordPart[]): void {
  scanner.position++;
  const before = parts.length;
  readQuotedParts(scanner, parts, '"');
  if (scanner.source[scanner.position] !== '"') throw new Unreadable();
  if (parts.length === before) parts.push({ kind: 'text', text: '', quoted: true });
  scanner.position++;
}

function readWord(scanner: Scanner): Word {
  const { source } = scanner;
  const parts: WordPart[] = [];
  let text = '';
  const flush = () => {
    if (text) parts.push({ kind: 'text', text, quoted: false });
    text = '';
  };
  while (scanner.position < source.length) {
    const character = source[scanner.position] as string;
    if (' \t\n;&|()<>'.includes(character)) break;
    if (character === "'") {
      const end = source.indexOf("'", scanner.position + 1);
      if (end < 0) throw new Unreadable();
      flush();
      parts.push({ kind: 'text', text: source.slice(scanner.position + 1, end), quoted: true });
      scanner.position = end + 1;
    } else if (character === '"') {
      flush();
      readDoubleQuoted(scanner, parts);
    } else if (character === '`') {
      flush();
      parts.push(readBackquoted(scanner, false));
    } else if (character === '\\') {
      if (source[scanner.position + 1] !== '\n') text += source[scanner.position + 1] ?? '';
      scanner.position += 2;
    } else {
      const before = text;
      const dollar = character === '$' ? readDollar(scanner, false) : undefined;
      if (dollar) {
        if (before) flush();
        parts.push(dollar);
      } else {
        text += character;
        scanner.position++;
      }
    }
  }
  flush();
  return parts;
}

/** All tokens of a text; undefined when a quote or bracket stays open, or they are nested too deeply. */
export function tokenize(source: string): Token[] | undefined {
  try {
    return tokensOf(source);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function tokensOf(source: string): Token[] {
  const scanner: Scanner = { source, position: 0, depth: 0 };
  const tokens: Token[] = [];
  while (scanner.position < source.length) {
    const character = source[scanner.position] as string;
    if (character === ' ' || character === '\t' || character === '\r') {
      scanner.position++;
      continue;
    }
    if (character === '\\' && source[scanner.position + 1] === '\n') {
      scanner.position += 2;
      continue;
    }
    if (character === '#') {
      const end = source.indexOf('\n', scanner.position);
      scanner.position = end < 0 ? source.length : end;
      continue;
    }
    const operator = OPERATORS.find((text) => source.startsWith(text, scanner.position));
    if (operator) {
      tokens.push({ operator });
      scanner.position += operator.length;
      continue;
    }
    const before = scanner.position;
    const word = readWord(scanner);
    if (scanner.position === before) throw new Unreadable();
    tokens.push({ word });
  }
  return tokens;
}

/** The literal text of a word without expansions, else undefined. */
export function literal(word: Word): string | undefined {
  let text = '';
  for (const part of word) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

/** True when a word is this keyword, written without quotes. */
export function isKeyword(token: Token | undefined, keyword: string): boolean {
  if (!token || !('word' in token) || token.word.length !== 1) return false;
  const part = token.word[0];
  return part?.kind === 'text' && !part.quoted && part.text === keyword;
}
