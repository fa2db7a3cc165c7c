/** The parts of the shell's grammar that hold no commands: names, words, redirections, assignments. Follows POSIX.1-2017, 2.10. */
import { type Assignment, literal, type Redirect, type Word } from './syntax';
import { isKeyword } from './tokens';
import { type Token, Unreadable } from './words';

/** A text in tokens and how far it has been read. */
export interface Parser {
  readonly tokens: readonly Token[];
  position: number;
  /** How many compound commands are open. */
  depth: number;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=/;

const REDIRECTS = ['<', '>', '>>', '>|', '<>', '>&', '<&', '<<', '<<-', '<<<', '&>', '&>>'];

/** The next token; undefined at the end. */
export function peek(parser: Parser): Token | undefined {
  return parser.tokens[parser.position];
}

/** The operator that comes next; undefined when it is a word. */
export function operatorAt(parser: Parser): string | undefined {
  const token = peek(parser);
  return token && 'operator' in token ? token.operator : undefined;
}

/** Whether a keyword comes next. */
export const atKeyword = (parser: Parser, keyword: string): boolean => isKeyword(peek(parser), keyword);

/** What the shell says of a token that may not stand here. */
export function unexpected(parser: Parser): Unreadable {
  const token = peek(parser);
  if (!token) return new Unreadable('syntax error: unexpected end of file');
  const text = 'operator' in token ? token.operator : (literal(token.word) ?? 'word');
  return new Unreadable(`syntax error: unexpected "${text === '\n' ? 'newline' : text}"`);
}

/** Takes a keyword. Throws {@link Unreadable} when it does not come next. */
export function expect(parser: Parser, keyword: string): void {
  if (!atKeyword(parser, keyword)) throw unexpected(parser);
  parser.position++;
}

/** Passes over newlines. */
export function skipNewlines(parser: Parser): void {
  while (operatorAt(parser) === '\n') parser.position++;
}

/** Takes a word without expansions. Throws {@link Unreadable} for anything else. */
export function readName(parser: Parser): string {
  const token = peek(parser);
  const text = token && 'word' in token ? literal(token.word) : undefined;
  if (text === undefined) throw unexpected(parser);
  parser.position++;
  return text;
}

/** Takes all words up to the next operator. */
export function readWords(parser: Parser): Word[] {
  const words: Word[] = [];
  for (let token = peek(parser); token && 'word' in token; token = peek(parser)) {
    words.push(token.word);
    parser.position++;
  }
  return words;
}

/** One redirection, or the two that `&>` stands for; undefined when none stands here. */
export function readRedirect(parser: Parser): Redirect[] | undefined {
  const token = peek(parser);
  if (!token || !('operator' in token) || !REDIRECTS.includes(token.operator)) return undefined;
  const { operator, fd = operator.startsWith('<') ? 0 : 1, text } = token;
  const target = parser.tokens[parser.position + 1];
  if (!target || !('word' in target)) {
    parser.position++;
    throw unexpected(parser);
  }
  parser.position += 2;
  if (operator === '<<' || operator === '<<-') return [{ fd, operator: '<<', target: text ?? [] }];
  if (operator === '<<<') {
    return [{ fd, operator: '<<', target: [...target.word, { kind: 'text', text: '\n', quoted: true }] }];
  }
  const both = operator === '&>' || operator === '&>>';
  const merge: Redirect = { fd: 2, operator: '>&', target: [{ kind: 'text', text: '1', quoted: true }] };
  const isBoth =
    both || (operator === '>&' && token.fd === undefined && !/^(\d+|-)$/.test(literal(target.word) ?? '1'));
  const plain = (operator === '&>>' ? '>>' : isBoth ? '>' : operator) as Redirect['operator'];
  const first: Redirect = { fd, operator: plain, target: target.word };
  return isBoth ? [first, merge] : [first];
}

/** `NAME=value` or `NAME+=value` of a word; undefined when it is neither. */
export function assignment(word: Word): Assignment | undefined {
  const first = word[0];
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const match = ASSIGNMENT.exec(first.text);
  if (!match) return undefined;
  const name = match[1] as string;
  const rest: Word = [{ ...first, text: first.text.slice(match[0].length) }, ...word.slice(1)];
  const value: Word = match[2] === '+' ? [{ kind: 'variable', name, quoted: true }, ...rest] : rest;
  return { name, value };
}
