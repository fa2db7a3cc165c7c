/**
 * Splits shell text into words and operators. Words keep their parts (text, variables, substitutions), which are
 * expanded when the command runs. Follows POSIX.1-2017, Shell Command Language, 2.2 (quoting) and 2.3 (tokens).
 * Left out: here-documents, globs, tilde, `case` patterns.
 */

/** A piece of a word. Quoted pieces are not split at spaces. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback?: string; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly source: string; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly source: string; readonly quoted: boolean };

/** A word before expansion. */
export type Word = readonly WordPart[];

/** A word or an operator (`;`, `&&`, `>`, newline …). */
export type Token = { readonly word: Word } | { readonly operator: string };

const OPERATORS = ['2>&1', '&>', '2>>', '2>', '&&', '||', '>>', ';;', ';', '&', '|', '(', ')', '<', '>', '\n'];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

interface Scanner {
  readonly source: string;
  position: number;
}

function closing(source: string, from: number, open: string, close: string): number {
  let depth = 1;
  for (let position = from; position < source.length; position++) {
    if (source[position] === open) depth++;
    else if (source[position] === close && --depth === 0) return position;
  }
  return -1;
}

/** Reads what follows a `$`; undefined when it is a plain dollar sign. */
function readDollar(scanner: Scanner, quoted: boolean): WordPart | undefined {
  const { source } = scanner;
  const start = scanner.position + 1;
  if (source.startsWith('((', start)) {
    const end = source.indexOf('))', start);
    if (end < 0) return undefined;
    scanner.position = end + 2;
    return { kind: 'arithmetic', source: source.slice(start + 2, end), quoted };
  }
  if (source[start] === '(') {
    const end = closing(source, start + 1, '(', ')');
    if (end < 0) return undefined;
    scanner.position = end + 1;
    return { kind: 'command', source: source.slice(start + 1, end), quoted };
  }
  if (source[start] === '{') {
    const end = closing(source, start + 1, '{', '}');
    const inner = source.slice(start + 1, end);
    const name = NAME.exec(inner)?.[0];
    if (end < 0 || !name) return undefined;
    scanner.position = end + 1;
    const rest = inner.slice(name.length);
    return rest.startsWith(':-')
      ? { kind: 'variable', name, fallback: rest.slice(2), quoted }
      : { kind: 'variable', name, quoted };
  }
  const name =
    NAME.exec(source.slice(start, start + 128))?.[0] ??
    (/[?$#0-9]/.test(source[start] ?? '') ? source[start] : undefined);
  if (!name) return undefined;
  scanner.position = start + name.length;
  return { kind: 'variable', name, quoted };
}

function readDoubleQuoted(scanner: Scanner, parts: WordPart[]): boolean {
  const { source } = scanner;
  let text = '';
  scanner.position++;
  while (scanner.position < source.length && source[scanner.position] !== '"') {
    const character = source[scanner.position] as string;
    if (character === '\\' && '"\\$`\n'.includes(source[scanner.position + 1] ?? 'x')) {
      text += source[scanner.position + 1];
      scanner.position += 2;
      continue;
    }
    const dollar = character === '$' ? readDollar(scanner, true) : undefined;
    if (dollar) {
      if (text) parts.push({ kind: 'text', text, quoted: true });
      text = '';
      parts.push(dollar);
      continue;
    }
    text += character;
    scanner.position++;
  }
  parts.push({ kind: 'text', text, quoted: true });
  if (source[scanner.position] !== '"') return false;
  scanner.position++;
  return true;
}

function readWord(scanner: Scanner): Word | undefined {
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
      if (end < 0) return undefined;
      flush();
      parts.push({ kind: 'text', text: source.slice(scanner.position + 1, end), quoted: true });
      scanner.position = end + 1;
    } else if (character === '"') {
      flush();
      if (!readDoubleQuoted(scanner, parts)) return undefined;
    } else if (character === '`') {
      const end = source.indexOf('`', scanner.position + 1);
      if (end < 0) return undefined;
      flush();
      parts.push({ kind: 'command', source: source.slice(scanner.position + 1, end), quoted: false });
      scanner.position = end + 1;
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

/** All tokens of a text; undefined when a quote or bracket stays open. */
export function tokenize(source: string): Token[] | undefined {
  const scanner: Scanner = { source, position: 0 };
  const tokens: Token[] = [];
  while (scanner.position < source.length) {
    const character = source[scanner.position] as string;
    if (character === ' ' || character === '\t' || character === '\r') {
      scanner.position++;
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
    if (!word || scanner.position === before) return undefined;
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
