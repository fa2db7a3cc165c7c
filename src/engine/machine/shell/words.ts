/**
 * Reads the words of a shell text. Words keep their parts (text, variables, substitutions), which are expanded when the command runs.
 * Follows POSIX.1-2017, Shell Command Language, 2.2 (quoting) and 2.6.2 (parameters), with bash's `$'…'`, `${x/…}`, `${x[…]}`, `${!x}` and `<(…)`. Left out: tilde.
 */
import { closing, quoteEnd, Unreadable, unterminated } from './closing';
import { withEscapes } from './format-commands';
import type { Word, WordPart } from './syntax';

/** A word or an operator (`;`, `&&`, `>`, newline …). A redirection carries its descriptor, a here-document and `((` their text. */
export type Token =
  | { readonly word: Word; readonly line?: number }
  | { readonly operator: string; readonly fd?: number; readonly variable?: string | undefined; text?: Word }
  /** Here the text can't be read on. */
  | { readonly problem: string };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const FORM = /^(?::?[-=?+]|##?|%%?|\/\/?|:|\^\^?|,,?|@[QUuL])/;

/** How deeply brackets and compound commands may be nested: a fixed number, so that a text runs everywhere or nowhere. */
export const MAX_NESTING = 100;

interface Scanner {
  readonly source: string;
  position: number;
  /** How many brackets are open around it. */
  readonly depth: number;
  /** It is read by dash, for which `$'` is nothing. */
  readonly isDash?: boolean;
}

const MAX_NAME = 128;

/** The index in brackets that a text begins with, and what stands after it. */
function readIndex(text: string, depth: number): { readonly index?: Word; readonly rest: string } {
  if (!text.startsWith('[')) return { rest: text };
  const end = closing(text, 1, '[', ']');
  return { index: bracedWord(text.slice(1, end), depth), rest: text.slice(end + 1) };
}

/** `${…}`. */
function readBraces(scanner: Scanner, start: number, quoted: boolean): WordPart {
  const { source } = scanner;
  const end = closing(source, start + 1, '{', '}');
  const whole = source.slice(start + 1, end);
  scanner.position = end + 1;
  const isLength = /^#([A-Za-z_]|[@*\d]$)/.test(whole);
  const isIndirect = /^![A-Za-z_]/.test(whole);
  const inside = isLength || isIndirect ? whole.slice(1) : whole;
  const name = NAME.exec(inside.slice(0, MAX_NAME))?.[0] ?? /^(\d+|[?$#!@*-])/.exec(inside)?.[0];
  if (!name) throw new Unreadable('syntax error: bad substitution');
  const { index, rest } = readIndex(inside.slice(name.length), scanner.depth + 1);
  const variable = { kind: 'variable', name, ...(index ? { index } : {}), quoted } as const;
  if (isLength && rest === '') return { ...variable, form: 'length' };
  const meant = isIndirect ? { ...variable, isIndirect } : variable;
  if (rest === '') return meant;
  const form = isLength ? undefined : FORM.exec(rest)?.[0];
  if (!form) throw new Unreadable('syntax error: bad substitution');
  const text = rest.slice(form.length);
  // Within double quotes the word of a pattern is still unquoted.
  const word =
    /^[#%/]/.test(form) || !quoted ? bracedWord(text, scanner.depth + 1) : partsOf(text, scanner.depth + 1, true);
  return { ...meant, form, word };
}

/** `<(…)`; its words are read as those of a file. */
export function readFileOf(scanner: Scanner): WordPart {
  const start = scanner.position + 2;
  const end = closing(scanner.source, start, '(', ')');
  scanner.position = end + 1;
  return { kind: 'command', source: scanner.source.slice(start, end), quoted: true, isFile: true };
}

/** Reads what follows a `$`; undefined when it is a plain dollar sign. */
function readDollar(scanner: Scanner, quoted: boolean): WordPart | undefined {
  const { source } = scanner;
  const start = scanner.position + 1;
  if (source.startsWith('((', start)) {
    const end = closing(source, start + 2, '(', ')');
    if (source[end + 1] === ')') {
      scanner.position = end + 2;
      return { kind: 'arithmetic', parts: partsOf(source.slice(start + 2, end), scanner.depth + 1), quoted };
    }
  }
  if (source[start] === '(') {
    const end = closing(source, start + 1, '(', ')');
    scanner.position = end + 1;
    return { kind: 'command', source: source.slice(start + 1, end), quoted };
  }
  if (source[start] === '{') return readBraces(scanner, start, quoted);
  const name =
    NAME.exec(source.slice(start, start + MAX_NAME))?.[0] ??
    (/[?$#!@*0-9-]/.test(source[start] ?? '') ? source[start] : undefined);
  if (!name) return undefined;
  scanner.position = start + name.length;
  return { kind: 'variable', name, quoted };
}

/** The parts of a text inside brackets, where only `$`, `\`` and backslashes mean something. */
export function partsOf(source: string, depth = 0, dropsQuotes = false): Word {
  if (depth > MAX_NESTING) throw new Unreadable('syntax error: too deeply nested');
  const parts: WordPart[] = [];
  readQuotedParts({ source, position: 0, depth }, parts, '', dropsQuotes);
  return parts;
}

/** The word of an unquoted `${x-word}`: quotes in it count, spaces don't end it. */
function bracedWord(source: string, depth: number): Word {
  if (depth > MAX_NESTING) throw new Unreadable('syntax error: too deeply nested');
  return readWord({ source, position: 0, depth }, '');
}

/** Reads up to an unescaped `end`, or to the end of the text when that is empty. */
function readQuotedParts(scanner: Scanner, parts: WordPart[], end: string, dropsQuotes = false): void {
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
    if (character !== '"' || !dropsQuotes) text += character;
    scanner.position++;
  }
  flush();
}

function readBackquoted(scanner: Scanner, quoted: boolean): WordPart {
  const { source } = scanner;
  let end = scanner.position + 1;
  while (end < source.length && source[end] !== '`') end += source[end] === '\\' ? 2 : 1;
  if (end >= source.length) throw new Unreadable('syntax error: EOF in backquote substitution');
  const inner = source.slice(scanner.position + 1, end).replace(/\\([\\`$])/g, '$1');
  scanner.position = end + 1;
  return { kind: 'command', source: inner, quoted };
}

function readDoubleQuoted(scanner: Scanner, parts: WordPart[]): void {
  scanner.position++;
  const before = parts.length;
  readQuotedParts(scanner, parts, '"');
  if (scanner.source[scanner.position] !== '"') throw unterminated();
  if (parts.length === before) parts.push({ kind: 'text', text: '', quoted: true });
  scanner.position++;
}

function readSingleQuoted(scanner: Scanner, from: number, isEscaped: boolean): WordPart {
  const { source } = scanner;
  const end = isEscaped ? quoteEnd(source, from, true) : source.indexOf("'", from + 1);
  if (end < 0) throw unterminated();
  scanner.position = end + 1;
  const inner = source.slice(from + 1, end);
  const text = isEscaped ? withEscapes(inner, false, true) : inner;
  return { kind: 'text', text, quoted: true };
}

/** One part of a word that begins with a character that means something; undefined: the character stands for itself. */
function readSpecial(scanner: Scanner, parts: WordPart[]): boolean {
  const { source, position } = scanner;
  const character = source[position];
  if (character === "'") parts.push(readSingleQuoted(scanner, position, false));
  else if (character === '"') readDoubleQuoted(scanner, parts);
  else if (character === '`') parts.push(readBackquoted(scanner, false));
  else if (character === '\\') {
    const next = source[position + 1];
    if (next !== '\n' && next !== undefined) parts.push({ kind: 'text', text: next, quoted: true });
    scanner.position += 2;
  } else if (character === '$' && source[position + 1] === "'" && !scanner.isDash) {
    parts.push(readSingleQuoted(scanner, position + 1, true));
  } else {
    const dollar = character === '$' ? readDollar(scanner, false) : undefined;
    if (!dollar) return false;
    parts.push(dollar);
  }
  return true;
}

/** Reads a word; `ends` are the characters that end it. */
export function readWord(scanner: Scanner, ends = ' \t\n;&|()<>'): Word {
  const { source } = scanner;
  const parts: WordPart[] = [];
  let text = '';
  const flush = () => {
    if (text) parts.push({ kind: 'text', text, quoted: false });
    text = '';
  };
  while (scanner.position < source.length) {
    const character = source[scanner.position] as string;
    if (ends.includes(character)) break;
    if (!`'"\`\\$`.includes(character)) {
      text += character;
      scanner.position++;
      continue;
    }
    const special: WordPart[] = [];
    if (readSpecial(scanner, special)) {
      flush();
      parts.push(...special);
    } else {
      text += character;
      scanner.position++;
    }
  }
  flush();
  return parts;
}
