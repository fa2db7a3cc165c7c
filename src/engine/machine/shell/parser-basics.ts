/** The parts of the shell's grammar that hold no commands: names, words, redirections, assignments. Follows POSIX.1-2017, 2.10. */
import { END_OF_FILE, Unreadable } from './closing';
import type { ShellKind } from './held-programs';
import { type Assignment, literal, type Node, type Redirect, type Word, type WordPart } from './syntax';
import { isKeyword } from './tokens';
import type { Token } from './words';

/** A text in tokens and how far it has been read. */
export interface Parser {
  readonly tokens: readonly Token[];
  position: number;
  /** How many compound commands are open. */
  depth: number;
  /** Whose grammar it is. */
  readonly shell: ShellKind;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=/;
const INDEXED = /^([A-Za-z_][A-Za-z0-9_]*)\[/;

const REDIRECTS = '< > >> >| <> >& <& << <<- <<< &> &>>'.split(' ');

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

/** What the shell says of a token that may not stand here. `wanted`: what alone may. */
export function unexpected(parser: Parser, wanted?: string): Unreadable {
  const token = peek(parser);
  const expecting = wanted === undefined ? '' : ` (expecting "${wanted}")`;
  if (!token) return new Unreadable(`syntax error: ${END_OF_FILE}${expecting}`);
  if ('problem' in token) return new Unreadable(token.problem);
  const text = 'operator' in token ? token.operator : (literal(token.word) ?? 'word');
  const before = parser.tokens.slice(0, parser.position + 1);
  const last = before.findLastIndex((one) => 'word' in one);
  const word = before[last];
  const breaks = before.slice(last + 1, -1).filter((one) => 'operator' in one && one.operator === '\n').length;
  const line = (word && 'word' in word ? (word.line ?? 0) : 0) + breaks;
  const shown = text === '\n' ? 'newline' : `"${text}"`;
  return new Unreadable(`syntax error: unexpected ${shown}${expecting}`, line);
}

/** Takes a keyword. Throws {@link Unreadable} when it does not come next. */
export function expect(parser: Parser, keyword: string): void {
  if (!atKeyword(parser, keyword)) throw unexpected(parser, keyword);
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

/** `2>&1`. */
export const MERGED: Redirect = { fd: 2, operator: '>&', target: [{ kind: 'text', text: '1', quoted: true }] };

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
  const [only] = target.word;
  if (only?.kind === 'command' && only.isFile) return [{ fd, operator: '<<', target: target.word }];
  if (operator === '<<' || operator === '<<-') return [{ fd, operator: '<<', target: text ?? [] }];
  if (operator === '<<<') {
    return [{ fd, operator: '<<', target: [...target.word, { kind: 'text', text: '\n', quoted: true }] }];
  }
  const both = operator === '&>' || operator === '&>>';
  const isBoth =
    both || (operator === '>&' && token.fd === undefined && !/^(\d+|-)$/.test(literal(target.word) ?? '1'));
  const plain = (operator === '&>>' ? '>>' : isBoth ? '>' : operator) as Redirect['operator'];
  const first: Redirect = { fd, operator: plain, target: target.word, variable: token.variable };
  return isBoth ? [first, MERGED] : [first];
}

/** What stands before and after `]=` or `]+=` in a word that begins with an open bracket. */
function bracketed(word: Word): { readonly index: Word; readonly value: Word; readonly isAdded: boolean } | undefined {
  for (const [at, part] of word.entries()) {
    const found = part.kind === 'text' && !part.quoted ? /\](\+?)=/.exec(part.text) : null;
    if (part.kind !== 'text' || !found) continue;
    const index: Word = [...word.slice(0, at), { ...part, text: part.text.slice(0, found.index) }];
    const value: Word = [{ ...part, text: part.text.slice(found.index + found[0].length) }, ...word.slice(at + 1)];
    return { index, value, isAdded: found[1] === '+' };
  }
  return undefined;
}

/** A word without the characters that it begins with. */
const cut = ([first, ...rest]: Word, count: number): Word =>
  first?.kind === 'text' ? [{ ...first, text: first.text.slice(count) }, ...rest] : rest;

/** The elements of `NAME=(…)`, where the parser stands at the bracket. */
function readElements(parser: Parser): NonNullable<Assignment['elements']> {
  const elements: { key?: Word; value: Word }[] = [];
  parser.position++;
  for (; operatorAt(parser) !== ')'; parser.position++) {
    if (operatorAt(parser) === '\n') continue;
    const token = peek(parser);
    if (!token || !('word' in token)) throw unexpected(parser);
    const [first] = token.word;
    const isKeyed = first?.kind === 'text' && !first.quoted && first.text.startsWith('[');
    const said = isKeyed ? bracketed(cut(token.word, 1)) : undefined;
    elements.push(said ? { key: said.index, value: said.value } : { value: token.word });
  }
  parser.position++;
  return elements;
}

/** The assignment that comes next, elements of an array and all; undefined when none does. */
export function readAssignment(parser: Parser): Assignment | undefined {
  const token = peek(parser);
  const found = token && 'word' in token ? assignment(token.word) : undefined;
  if (!found) return undefined;
  parser.position++;
  const isArray = operatorAt(parser) === '(' && !found.index && literal((token as { word: Word }).word)?.endsWith('=');
  return isArray ? { ...found, value: [], elements: readElements(parser) } : found;
}

/** `NAME=value`, `NAME+=value` or `NAME[index]=value` of a word; undefined when it is none of them. */
function assignment(word: Word): Assignment | undefined {
  const first = word[0];
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const indexed = INDEXED.exec(first.text);
  const said = indexed && bracketed(cut(word, indexed[0].length));
  if (indexed && said) return { name: indexed[1] as string, ...said };
  const match = ASSIGNMENT.exec(first.text);
  if (!match) return undefined;
  const name = match[1] as string;
  const rest = cut(word, match[0].length);
  if (match[2] !== '+') return { name, value: rest };
  return { name, value: [{ kind: 'variable', name, quoted: true }, ...rest], isAdded: true };
}

/** The text between the double brackets that stand here, cut at its semicolons; undefined when none stand here. */
export function readDouble(parser: Parser): Word[] | undefined {
  const token = peek(parser);
  if (!token || !('operator' in token) || token.operator !== '((') return undefined;
  parser.position++;
  const pieces: Word[] = [[]];
  for (const part of token.text ?? []) {
    const texts = part.kind === 'text' ? part.text.split(';') : [];
    const [first, ...more] = texts.map((text): WordPart => ({ kind: 'text', text, quoted: true }));
    pieces.push([...(pieces.pop() as Word), first ?? part], ...more.map((one) => [one]));
  }
  return pieces;
}

const DECLARING = ['local', 'declare', 'typeset', 'readonly', 'export'];

/** `local NAME=(…)` and the like: the name is declared, then it is given its elements; undefined when it is none of them. */
export function readDeclared(parser: Parser, words: readonly Word[]): Node | undefined {
  if (!DECLARING.includes(literal(words[0] ?? []) ?? '')) return undefined;
  parser.position--;
  const assign = readAssignment(parser);
  if (!assign?.elements) throw unexpected(parser);
  const word = (text: string): Word => [{ kind: 'text', text, quoted: true }];
  const [command = [], ...options] = words.slice(0, -1);
  const declared = [command, word('-a'), ...options, word(assign.name)];
  return {
    kind: 'list',
    items: [
      { kind: 'simple', assigns: [], words: declared, redirects: [] },
      { kind: 'simple', assigns: [assign], words: [], redirects: [] },
    ],
  };
}

/** The words between `[[` and `]]`; operators among them are words too. */
export function readCondition(parser: Parser): Node {
  parser.position++;
  const words: Word[] = [];
  while (!atKeyword(parser, ']]')) {
    const token = peek(parser);
    if (!token) throw unexpected(parser);
    if ('problem' in token) throw unexpected(parser);
    if ('word' in token) words.push(token.word);
    else if (token.operator !== '\n') words.push([{ kind: 'text', text: token.operator, quoted: false }]);
    parser.position++;
  }
  parser.position++;
  return { kind: 'condition', words };
}
