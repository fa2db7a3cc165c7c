/**
 * Reads a shell text into a tree. Follows POSIX.1-2017, Shell Command Language, 2.9 and 2.10 (grammar), with bash's `function`, `[[ … ]]`
 * `(( … ))`, `for ((…))` and arrays. Left out: `select`, coproc, process substitution but for `< <(…)`.
 */

import { Unreadable } from './closing';
import type { ShellKind } from './held-programs';
import {
  atKeyword,
  expect,
  MERGED,
  operatorAt,
  type Parser,
  peek,
  readAssignment,
  readCondition,
  readDeclared,
  readDouble,
  readName,
  readRedirect,
  readWords,
  skipNewlines,
  unexpected,
} from './parser-basics';
import { type Assignment, literal, type Mistake, type Node, type Redirect, type Word } from './syntax';
import { isKeyword, tokenize } from './tokens';
import { MAX_NESTING } from './words';

/** The longest single argument that Linux hands to a program (MAX_ARG_STRLEN). */
const MAX_SOURCE = 131_071;

const RESERVED = ['then', 'do', 'done', 'fi', 'else', 'elif', 'esac', '}'];

const isEndOfCase = (operator: string | undefined): boolean => /^;(;|&)/.test(operator ?? '');

/** Commands of a list, and how many of them stand in lines that have been read to their ends. */
interface Progress {
  readonly items: Node[];
  whole: number;
}

/** The tree of a shell text, or what is wrong with its first line; a shell runs the lines before one that it can't read. */
export function parseShell(source: string, shell: ShellKind = 'any'): Node | Mistake {
  if (source.length > MAX_SOURCE) return { problem: 'Argument list too long' };
  const progress: Progress = { items: [], whole: 0 };
  try {
    const parser: Parser = { tokens: tokenize(source, shell), position: 0, depth: 0, shell };
    const node = readList(parser, progress);
    if (parser.position < parser.tokens.length) throw unexpected(parser);
    return node;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { items, whole } = progress;
    const isAtEnd = /end of file|unterminated|missing '|EOF/.test(error.message);
    const mistake = { problem: error.message, line: isAtEnd ? source.split('\n').length - 1 : error.line };
    if (whole === 0) return mistake;
    return { kind: 'list', items: [...items.slice(0, whole), { kind: 'unreadable', ...mistake }] };
  }
}

/** Commands up to a word that ends them. */
function readList(parser: Parser, progress: Progress = { items: [], whole: 0 }): Node {
  const { items } = progress;
  skipNewlines(parser);
  while (parser.position < parser.tokens.length) {
    const operator = operatorAt(parser);
    if (operator === ')' || isEndOfCase(operator) || RESERVED.some((word) => atKeyword(parser, word))) break;
    const node = readAndOr(parser);
    const separator = operatorAt(parser);
    if (separator === '&') items.push({ kind: 'background', body: node });
    else items.push(node);
    if (separator !== '&' && separator !== ';' && separator !== '\n') break;
    parser.position++;
    skipNewlines(parser);
    const before = parser.tokens[parser.position - 1];
    if (before && 'operator' in before && before.operator === '\n') progress.whole = items.length;
  }
  return items.length === 1 ? (items[0] as Node) : { kind: 'list', items };
}

/** A list that may not be empty. */
function readBody(parser: Parser): Node {
  const node = readList(parser);
  // At the end of the text it is for those who know what should have come.
  if (node.kind === 'list' && node.items.length === 0 && peek(parser)) throw unexpected(parser);
  return node;
}

function readAndOr(parser: Parser): Node {
  let left = readPipeline(parser);
  for (;;) {
    const operator = operatorAt(parser);
    if (operator !== '&&' && operator !== '||') return left;
    parser.position++;
    skipNewlines(parser);
    left = { kind: operator === '&&' ? 'and' : 'or', left, right: readPipeline(parser) };
  }
}

function readPipeline(parser: Parser): Node {
  let negations = 0;
  for (; atKeyword(parser, '!'); negations++) parser.position++;
  const parts = [readCommand(parser)];
  for (let by = operatorAt(parser); by === '|' || by === '|&'; by = operatorAt(parser)) {
    parser.position++;
    skipNewlines(parser);
    if (by === '|&') parts.push({ kind: 'redirected', body: parts.pop() as Node, redirects: [MERGED] });
    parts.push(readCommand(parser));
  }
  const node: Node = parts.length === 1 ? (parts[0] as Node) : { kind: 'pipeline', parts };
  return negations % 2 === 1 ? { kind: 'not', body: node } : node;
}

function readCommand(parser: Parser): Node {
  if (++parser.depth > MAX_NESTING) throw new Unreadable('syntax error: too deeply nested');
  const compound = readCompound(parser);
  const node = compound ? withRedirects(parser, compound) : readSimple(parser);
  parser.depth--;
  return node;
}

function withRedirects(parser: Parser, body: Node): Node {
  const redirects: Redirect[] = [];
  for (let next = readRedirect(parser); next; next = readRedirect(parser)) redirects.push(...next);
  return redirects.length > 0 ? { kind: 'redirected', body, redirects } : body;
}

/** A compound command; undefined when a simple one stands here. */
function readCompound(parser: Parser): Node | undefined {
  const [parts] = readDouble(parser) ?? [];
  if (parts) return { kind: 'arithmetic', parts };
  if (operatorAt(parser) === '(') return readBrackets(parser);
  const token = peek(parser);
  const word =
    token && 'word' in token && isKeyword(token, literal(token.word) ?? '') ? literal(token.word) : undefined;
  switch (word) {
    case 'if':
      return readIf(parser);
    case 'while':
    case 'until': {
      parser.position++;
      const condition = readBody(parser);
      return { kind: word, condition, body: readDo(parser) };
    }
    case 'for':
      return readFor(parser);
    case 'case':
      return readCase(parser);
    case '{': {
      parser.position++;
      const body = readBody(parser);
      expect(parser, '}');
      return body.kind === 'list' ? body : { kind: 'list', items: [body] };
    }
    case 'function': {
      if (parser.shell === 'dash') break;
      parser.position++;
      const name = readName(parser);
      if (operatorAt(parser) === '(') parser.position += 2;
      return readFunction(parser, name);
    }
    case '[[':
      return readCondition(parser);
  }
  if (word !== undefined && RESERVED.includes(word)) throw unexpected(parser);
  return undefined;
}

function readBrackets(parser: Parser): Node {
  parser.position++;
  const body = readBody(parser);
  if (operatorAt(parser) !== ')') throw unexpected(parser, ')');
  parser.position++;
  return { kind: 'subshell', body };
}

function readIf(parser: Parser): Node {
  parser.position++;
  const condition = readBody(parser);
  expect(parser, 'then');
  const then = readBody(parser);
  if (atKeyword(parser, 'elif')) return { kind: 'if', condition, then, otherwise: readIf(parser) };
  let otherwise: Node | undefined;
  if (atKeyword(parser, 'else')) {
    parser.position++;
    otherwise = readBody(parser);
  }
  expect(parser, 'fi');
  return { kind: 'if', condition, then, ...(otherwise ? { otherwise } : {}) };
}

function readDo(parser: Parser): Node {
  while (operatorAt(parser) === ';' || operatorAt(parser) === '\n') parser.position++;
  expect(parser, 'do');
  const body = readBody(parser);
  expect(parser, 'done');
  return body;
}

function readFor(parser: Parser): Node {
  parser.position++;
  const parts = readDouble(parser);
  if (parts) {
    if (parts.length !== 3) throw unexpected(parser);
    if (operatorAt(parser) === ';') parser.position++;
    skipNewlines(parser);
    return { kind: 'count', parts, body: atKeyword(parser, '{') ? (readCompound(parser) as Node) : readDo(parser) };
  }
  const name = readName(parser);
  skipNewlines(parser);
  if (!atKeyword(parser, 'in')) return { kind: 'for', name, body: readDo(parser) };
  parser.position++;
  const words = readWords(parser);
  return { kind: 'for', name, words, body: readDo(parser) };
}

function readCase(parser: Parser): Node {
  parser.position++;
  const token = peek(parser);
  if (!token || !('word' in token)) throw unexpected(parser);
  parser.position++;
  skipNewlines(parser);
  expect(parser, 'in');
  skipNewlines(parser);
  const items: { patterns: Word[]; body: Node; goesOn?: string }[] = [];
  while (!atKeyword(parser, 'esac')) {
    if (operatorAt(parser) === '(') parser.position++;
    const patterns: Word[] = [];
    for (;;) {
      const pattern = peek(parser);
      if (!pattern || !('word' in pattern)) throw unexpected(parser);
      patterns.push(pattern.word);
      parser.position++;
      if (operatorAt(parser) !== '|') break;
      parser.position++;
    }
    if (operatorAt(parser) !== ')') throw unexpected(parser, ')');
    parser.position++;
    const body = readList(parser);
    if (!peek(parser)) throw unexpected(parser, ';;');
    const end = operatorAt(parser);
    items.push({ patterns, body, ...(end?.endsWith('&') ? { goesOn: end } : {}) });
    if (isEndOfCase(end)) parser.position++;
    skipNewlines(parser);
  }
  parser.position++;
  return { kind: 'case', word: token.word, items };
}

function readFunction(parser: Parser, name: string): Node {
  skipNewlines(parser);
  const body = readCompound(parser);
  if (!body) throw unexpected(parser);
  return { kind: 'function', name, body: withRedirects(parser, body) };
}

function readSimple(parser: Parser): Node {
  const assigns: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  let line: number | undefined;
  for (let token = peek(parser); token; token = peek(parser)) {
    if ('word' in token) {
      if (words.length === 0) line = token.line;
      const assign = words.length === 0 ? readAssignment(parser) : undefined;
      if (assign) assigns.push(assign);
      else {
        words.push(token.word);
        parser.position++;
      }
      continue;
    }
    const redirect = readRedirect(parser);
    if (!redirect) break;
    redirects.push(...redirect);
  }
  if (words.length === 0 && assigns.length === 0 && redirects.length === 0) throw unexpected(parser);
  if (operatorAt(parser) === '(') return readDeclared(parser, words) ?? readDefinition(parser, words);
  return { kind: 'simple', assigns, words, redirects, ...(line ? { line } : {}) };
}

/** `name() body`. */
function readDefinition(parser: Parser, words: readonly Word[]): Node {
  const name = words.length === 1 ? literal(words[0] as Word) : undefined;
  const next = parser.tokens[parser.position + 1];
  if (name === undefined || !next || !('operator' in next) || next.operator !== ')') throw unexpected(parser);
  parser.position += 2;
  return readFunction(parser, name);
}
