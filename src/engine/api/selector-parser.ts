/**
 * The text form of label selectors: `app=web,tier in (a,b),!canary`, with upstream's error messages.
 * Follows apimachinery/pkg/labels/selector.go (Lexer, Parser).
 */
import { type LabelOperator, type LabelRequirement, requirementError, requirementKeyError } from './label-requirement';

/** A token is its own literal; identifiers and the end need a mark of their own. */
interface Token {
  readonly type: 'identifier' | 'end' | 'error' | 'symbol';
  readonly text: string;
}

/** The tokens and the place of the next one. Lives only while one text is parsed. */
interface Cursor {
  readonly tokens: readonly Token[];
  position: number;
}

const SYMBOLS: readonly string[] = [')', ',', '!', '==', '=', '>', '<', '!=', '('];
const BINARY: readonly LabelOperator[] = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];
const OPERATORS = new Map<string, LabelOperator>([
  ['in', 'in'],
  ['notin', 'notin'],
  ['=', '='],
  ['==', '=='],
  ['!=', '!='],
  ['>', 'gt'],
  ['<', 'lt'],
]);
const END: Token = { type: 'end', text: '' };

/** A run of special characters yields its longest leading operator, as upstream's lexer finds it. */
function scanSymbol(text: string, start: number): { token: Token; end: number } {
  let found = '';
  let end = start;
  while (end < text.length && '=!(),><'.includes(text[end]!)) {
    const candidate = text.slice(start, end + 1);
    if (SYMBOLS.includes(candidate)) found = candidate;
    else if (found) break;
    end++;
  }
  if (found) return { token: { type: 'symbol', text: found }, end };
  return { token: { type: 'error', text: `error expected: keyword found '${text.slice(start, end)}'` }, end };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const rest = text.slice(position);
    const blank = /^[ \t\r\n]+/.exec(rest);
    const word = /^[^=!(),>< \t\r\n]+/.exec(rest);
    if (blank) {
      position += blank[0].length;
    } else if (word) {
      tokens.push({ type: 'identifier', text: word[0] });
      position += word[0].length;
    } else {
      const { token, end } = scanSymbol(text, position);
      tokens.push(token);
      position = end;
    }
  }
  return tokens;
}

function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.position] ?? END;
}

function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.position++;
  return token;
}

function isSymbol(token: Token, text: string): boolean {
  return token.type === 'symbol' && token.text === text;
}

function startsRequirement(token: Token): boolean {
  return token.type === 'identifier' || isSymbol(token, '!');
}

/**
 * Parses the text form; throws an Error with upstream's message when it is not a selector. Sorted by key.
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const cursor: Cursor = { tokens: tokenize(text), position: 0 };
  const requirements: LabelRequirement[] = [];
  while (peek(cursor).type !== 'end') {
    if (!startsRequirement(peek(cursor))) {
      throw new Error(`found '${peek(cursor).text}', expected: !, identifier, or 'end of string'`);
    }
    requirements.push(parseRequirement(cursor));
    const next = take(cursor);
    if (next.type === 'end') break;
    if (!isSymbol(next, ',')) throw new Error(`found '${next.text}', expected: ',' or 'end of string'`);
    if (!startsRequirement(peek(cursor))) {
      throw new Error(`found '${peek(cursor).text}', expected: identifier after ','`);
    }
  }
  return sortByKey(requirements);
}

/** By key; requirements on the same key stay in the order they were written. */
export function sortByKey(requirements: readonly LabelRequirement[]): LabelRequirement[] {
  return requirements
    .map((requirement, index) => ({ requirement, index }))
    .sort((a, b) => {
      if (a.requirement.key === b.requirement.key) return a.index - b.index;
      return a.requirement.key < b.requirement.key ? -1 : 1;
    })
    .map(({ requirement }) => requirement);
}

function refuse(message: string): Error {
  return new Error(`unable to parse requirement: ${message}`);
}

function parseRequirement(cursor: Cursor): LabelRequirement {
  const negated = isSymbol(peek(cursor), '!');
  if (negated) take(cursor);
  const key = take(cursor);
  if (key.type !== 'identifier') throw refuse(`found '${key.text}', expected: identifier`);
  const keyError = requirementKeyError(key.text);
  if (keyError) throw refuse(keyError);
  const next = peek(cursor);
  const isUnary = negated || next.type === 'end' || isSymbol(next, ',');
  const requirement: LabelRequirement = isUnary
    ? { key: key.text, operator: negated ? '!' : 'exists', values: [] }
    : parseBinary(cursor, key.text);
  const error = requirementError(requirement);
  if (error) throw refuse(error);
  return requirement;
}

function parseBinary(cursor: Cursor, key: string): LabelRequirement {
  const token = take(cursor);
  const operator = OPERATORS.get(token.text);
  if (!operator) throw refuse(`found '${token.text}', expected: ${BINARY.join(', ')}`);
  const values = operator === 'in' || operator === 'notin' ? parseSet(cursor) : [parseExactValue(cursor)];
  return { key, operator, values };
}

function parseExactValue(cursor: Cursor): string {
  const next = peek(cursor);
  if (next.type === 'end' || isSymbol(next, ',')) return '';
  const token = take(cursor);
  if (token.type !== 'identifier') throw refuse(`found '${token.text}', expected: identifier`);
  return token.text;
}

/** `(a,b)`; a place left empty between commas is the empty value. */
function parseSet(cursor: Cursor): string[] {
  const open = take(cursor);
  if (!isSymbol(open, '(')) throw refuse(`found '${open.text}' expected: '('`);
  const first = peek(cursor);
  if (isSymbol(first, ')')) {
    take(cursor);
    return [''];
  }
  if (first.type !== 'identifier' && !isSymbol(first, ',')) {
    throw refuse(`found '${first.text}', expected: ',', ')' or identifier`);
  }
  const values = new Set<string>();
  while (!isSymbol(peek(cursor), ')')) parseSetItem(cursor, values);
  take(cursor);
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function parseSetItem(cursor: Cursor, values: Set<string>): void {
  const token = take(cursor);
  const next = peek(cursor);
  if (token.type === 'identifier') {
    values.add(token.text);
    if (!isSymbol(next, ',') && !isSymbol(next, ')')) throw refuse(`found '${next.text}', expected: ',' or ')'`);
    return;
  }
  if (!isSymbol(token, ',')) throw refuse(`found '${token.text}', expected: ',', or identifier`);
  if (values.size === 0 || isSymbol(next, ')') || isSymbol(next, ',')) values.add('');
}
