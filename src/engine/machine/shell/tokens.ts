/** The tokens of a shell text: words, operators, redirections with their here-documents. Follows POSIX.1-2017, 2.3 and 2.7.4, with bash's `<<<`, `&>`, `((…))` and `< <(…)`. */
import { betweenDouble, endOfLine, Unreadable } from './closing';
import { hasBashForms, type ShellKind } from './held-programs';
import { literal, type Word } from './syntax';
import { MAX_NESTING, partsOf, readFileOf, readWord, type Token } from './words';

interface Document {
  readonly token: Extract<Token, { operator: string }>;
  readonly stripsTabs: boolean;
}

const OPERATORS = ['&>>', '&>', '&&', '||', ';;&', ';;', ';&', ';', '&', '|&', '|', '(', ')', '\n'];
const BASH_ONLY = [';;&', ';&', '|&'];
/** A variable for the number of a descriptor. */
const NAMED = /^\{([A-Za-z_]\w*)\}(?=[<>])/;
const REDIRECTION = /^(\d{0,3})(<<-|<<<|<<|<&|<>|<|>>|>&|>\||>)/;

/** Reads the bodies of the here-documents that were announced on the line that has just ended. */
function readDocuments(source: string, from: number, documents: readonly Document[], ends: readonly Word[]): number {
  let position = from;
  for (const [index, { token, stripsTabs }] of documents.entries()) {
    const end = ends[index] as Word;
    const delimiter = literal(end) ?? '';
    const isQuoted = end.some((part) => part.kind === 'text' && part.quoted);
    let body = '';
    for (;;) {
      if (position >= source.length) break;
      const newline = source.indexOf('\n', position);
      const raw = newline < 0 ? source.slice(position) : source.slice(position, newline);
      position = newline < 0 ? source.length : newline + 1;
      const line = stripsTabs ? raw.replace(/^\t+/, '') : raw;
      if (line === delimiter) break;
      body += `${line}\n`;
    }
    token.text = isQuoted ? [{ kind: 'text', text: body, quoted: true }] : partsOf(body);
  }
  return position;
}

interface Reading {
  readonly source: string;
  readonly shell: ShellKind;
  readonly tokens: Token[];
  documents: Document[];
  ends: Word[];
  /** The next word ends a here-document. */
  awaitsEnd: boolean;
  /** Within `[[ … ]]`, where brackets only group. */
  isCondition: boolean;
  /** How many double brackets were none: so that their number does not make reading slow. */
  misses: number;
}

/** Keywords that a command may follow. */
const BEFORE_COMMAND = ['if', 'elif', 'then', 'else', 'while', 'until', 'do', '{', '!', 'time'];

/** Takes `((…))`, whose text is read as arithmetic; returns where it ends, or the position itself. */
function takeDouble(reading: Reading, position: number): number {
  const { source, tokens } = reading;
  const before = tokens.at(-1);
  const isFor = isKeyword(before, 'for');
  if (reading.isCondition || reading.misses > MAX_NESTING || !source.startsWith('((', position)) return position;
  // Others have two subshells there, one in the other.
  if (!isFor && !hasBashForms(reading.shell)) return position;
  if (before && 'word' in before && !isFor && !BEFORE_COMMAND.some((one) => isKeyword(before, one))) return position;
  const inner = betweenDouble(source, position + 2);
  const parts = inner === undefined ? [] : partsOf(inner);
  const isList = parts.some((part) => part.kind === 'text' && part.text.includes(';'));
  if (inner === undefined || (isList && !isFor)) {
    reading.misses++;
    return position;
  }
  const text = parts.map((part) => (part.kind === 'text' ? { ...part, text: part.text.replaceAll('"', '') } : part));
  tokens.push({ operator: '((', text });
  return position + inner.length + 4;
}

/** Takes an operator or redirection at a position; returns where it ends, or the position itself. */
function takeOperator(reading: Reading, position: number): number {
  const { source, tokens } = reading;
  const behind = takeDouble(reading, position);
  if (behind > position) return behind;
  const isBash = hasBashForms(reading.shell);
  const [named = '', variable] = (isBash && NAMED.exec(source.slice(position, position + 40))) || [];
  const start = position + named.length;
  const redirection = REDIRECTION.exec(source.slice(start, start + 8));
  if (redirection) {
    const [all, digits = '', said = ''] = redirection;
    // Others know a document alone.
    const isCut = said === '<<<' && !isBash;
    const [whole, operator] = isCut ? [all.slice(0, -1), '<<'] : [all, said];
    const token: Token = { operator, variable, ...(digits === '' ? {} : { fd: Number(digits) }) };
    tokens.push(token);
    if (operator === '<<' || operator === '<<-') {
      reading.documents.push({ token, stripsTabs: operator === '<<-' });
      reading.awaitsEnd = true;
    }
    return start + whole.length;
  }
  const isDash = reading.shell === 'dash';
  const isOdd = (text: string): boolean => (isDash && text.startsWith('&>')) || (!isBash && BASH_ONLY.includes(text));
  const operator = OPERATORS.find((text) => source.startsWith(text, position) && !isOdd(text));
  if (!operator) return position;
  tokens.push({ operator });
  if (operator !== '\n' || reading.documents.length === 0) return position + operator.length;
  const after = readDocuments(source, position + 1, reading.documents, reading.ends);
  reading.documents = [];
  reading.ends = [];
  return after;
}

/** The word at a position, or what is wrong with it. `isPattern`: a regular expression, whose brackets are its own. */
function wordAt(
  scanner: Parameters<typeof readWord>[0],
  isFile: boolean,
  isPattern: boolean,
): Word | { readonly problem: string } {
  try {
    return isFile ? [readFileOf(scanner)] : readWord(scanner, isPattern ? ' \t\n' : undefined);
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

/** All tokens of a text, up to what can't be read. */
export function tokenize(source: string, shell: ShellKind): Token[] {
  const reading: Reading = {
    source,
    shell,
    tokens: [],
    documents: [],
    ends: [],
    awaitsEnd: false,
    isCondition: false,
    misses: 0,
  };
  let position = 0;
  // Newlines up to a place, for what is said of a command.
  let line = 0;
  let counted = 0;
  while (position < source.length) {
    const character = source[position];
    if (character === ' ' || character === '\t' || character === '\r') {
      position++;
      continue;
    }
    if (character === '\\' && source[position + 1] === '\n') {
      position += 2;
      continue;
    }
    if (character === '#') {
      position = endOfLine(source, position);
      continue;
    }
    const before = reading.tokens.at(-1);
    const isFile = before && 'operator' in before && before.operator === '<' && source.startsWith('<(', position);
    const isPattern = isKeyword(before, '=~');
    const after = isFile || isPattern ? position : takeOperator(reading, position);
    if (after > position) {
      position = after;
      continue;
    }
    const start = position;
    const scanner = { source, position, depth: 0, isDash: shell === 'dash' };
    const word = wordAt(scanner, isFile ?? false, isPattern);
    if (scanner.position === position || 'problem' in word) {
      reading.tokens.push({ problem: 'problem' in word ? word.problem : 'syntax error' });
      return reading.tokens;
    }
    position = scanner.position;
    if (reading.awaitsEnd) reading.ends.push(word);
    reading.awaitsEnd = false;
    for (; counted < start; counted++) if (source[counted] === '\n') line++;
    reading.tokens.push({ word, ...(line > 0 ? { line } : {}) });
    if (isKeyword(reading.tokens.at(-1), reading.isCondition ? ']]' : '[[')) reading.isCondition = !reading.isCondition;
  }
  if (reading.documents.length > 0) readDocuments(source, position, reading.documents, reading.ends);
  return reading.tokens;
}

/** True when a token is this keyword, written without quotes. */
export function isKeyword(token: Token | undefined, keyword: string): boolean {
  if (!token || !('word' in token) || token.word.length !== 1) return false;
  const part = token.word[0];
  return part?.kind === 'text' && !part.quoted && part.text === keyword;
}
