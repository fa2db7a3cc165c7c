/** Reads the expressions of awk programs. Follows POSIX.1-2017 (awk). */
import { withEscapes } from './format-commands';

/** An expression. */
export type Expression =
  | { readonly is: 'number' | 'text' | 'regex' | 'variable'; readonly value: string }
  | { readonly is: 'field'; readonly of: Expression }
  | { readonly is: 'item'; readonly name: string; readonly at: readonly Expression[] }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly is: 'unary' | 'before' | 'after'; readonly operator: string; readonly of: Expression }
  | {
      readonly is: 'binary' | 'assign';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** Reads a record: of the input, of a file, or of what a command prints; into a variable, or as the current one. */
  | { readonly is: 'getline'; readonly of?: Expression; readonly from?: 'file' | 'command'; readonly into?: Expression }
  | { readonly is: 'choice'; readonly of: Expression; readonly yes: Expression; readonly no: Expression };

/** What is wrong with a program, also in BusyBox's words, and on which line of it. */
export class AwkError extends Error {
  constructor(
    message: string,
    readonly ofBusyBox = 'Unexpected token',
    readonly line = 1,
  ) {
    super(message);
  }
}

const TOKEN =
  /^(?:[ \t\r]|\\\r?\n)*(?:(#[^\n]*)|(\n|;)|("(?:\\[\s\S]|[^"\\])*")|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*)|(\+\+|--|\*\*=?|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|&&|\|\||[-+*/%^!<>=~?:,(){}[\]$|]))/;

/** Words that are no variables. */
const KEYWORDS =
  /^(BEGIN|END|func(tion)?|if|else|while|for|do|break|continue|next|nextfile|exit|return|delete|in|getline|printf?)$/;

/** Functions that may stand apart from their brackets. */
const BUILT_IN =
  /^(atan2|close|cos|exp|fflush|g?sub|index|int|length|log|match|rand|sin|split|sprintf|sqrt|srand|strftime|substr|system|systime|tolower|toupper)$/;

/** A program and how far it has been read. */
export interface Reader {
  readonly source: string;
  at: number;
  depth: number;
}

interface Token {
  readonly kind: 'end' | 'newline' | 'text' | 'number' | 'name' | 'operator';
  readonly text: string;
  readonly after: number;
}

/** The next token, which stays; comments before it are passed over. Throws {@link AwkError} for what is none. */
export function peek(reader: Reader): Token {
  const match = TOKEN.exec(reader.source.slice(reader.at));
  if (!match) {
    if (/^(\s|\\\r?\n)*$/.test(reader.source.slice(reader.at)))
      return { kind: 'end', text: '', after: reader.source.length };
    throw new AwkError('syntax error');
  }
  const after = reader.at + match[0].length;
  if (match[1] !== undefined) {
    reader.at = after;
    return peek(reader);
  }
  const [, , newline, text, number, name, operator] = match;
  if (newline !== undefined) return { kind: 'newline', text: newline, after };
  if (text !== undefined) return { kind: 'text', text, after };
  if (number !== undefined) return { kind: 'number', text: number, after };
  if (name !== undefined) return { kind: 'name', text: name, after };
  return { kind: 'operator', text: operator ?? '', after };
}

/** Takes the next token. */
export function take(reader: Reader): Token {
  const token = peek(reader);
  reader.at = token.after;
  return token;
}

/** Takes the next token if it is this one, and no text in quotes; whether it was. */
export function accept(reader: Reader, text: string): boolean {
  const token = peek(reader);
  if (token.text !== text || token.kind === 'text') return false;
  reader.at = token.after;
  return true;
}

/** Takes this token. Throws {@link AwkError} when another stands there. */
export function expect(reader: Reader, text: string): void {
  if (!accept(reader, text)) throw new AwkError(`syntax error: expected ${text}`);
}

/** Passes over what separates statements: newlines and semicolons. */
export function skipNewlines(reader: Reader): void {
  while (peek(reader).kind === 'newline') take(reader);
}

/** Passes over the newlines that may stand where a line can not end. */
export function skipLines(reader: Reader): void {
  while (accept(reader, '\n'));
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['in'],
  ['~', '!~'],
  ['<', '<=', '==', '!=', '>', '>='],
  ['concat'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Goes one level deeper into a program. */
export function deepen(reader: Reader): void {
  if (++reader.depth > 100) throw new AwkError('too deeply nested');
}

/** Reads an expression; with `noGreater` it ends at a `>`, which redirects what `print` prints. */
export function readExpression(reader: Reader, noGreater = false): Expression {
  deepen(reader);
  let result = readLevel(reader, 0, noGreater);
  if (accept(reader, '?')) {
    skipLines(reader);
    const yes = readExpression(reader, noGreater);
    skipLines(reader);
    expect(reader, ':');
    skipLines(reader);
    result = { is: 'choice', of: result, yes, no: readExpression(reader, noGreater) };
  }
  reader.depth--;
  return result;
}

/** Whether what comes next can stand beside another value, to be joined with it. */
function joins({ kind, text }: Token): boolean {
  if (kind === 'name') return !KEYWORDS.test(text);
  return kind === 'text' || kind === 'number' || (kind === 'operator' && /^(\$|\(|!|\+\+|--)$/.test(text));
}

function readLevel(reader: Reader, level: number, noGreater: boolean): Expression {
  const operators = LEVELS[level];
  if (!operators) return readUnary(reader, noGreater);
  let left = readLevel(reader, level + 1, noGreater);
  for (;;) {
    const token = peek(reader);
    if (operators[0] === 'concat') {
      if (!joins(token)) return left;
      left = { is: 'binary', operator: 'concat', left, right: readLevel(reader, level + 1, noGreater) };
      continue;
    }
    if (operators[0] === 'in' && accept(reader, 'in')) {
      left = isIn([left], take(reader));
      continue;
    }
    if (operators[0] === '<' && accept(reader, '|')) {
      if (accept(reader, 'getline')) {
        left = { is: 'getline', from: 'command', of: left, ...intoOf(reader) };
        continue;
      }
      reader.at = token.after - 1;
      return left;
    }
    const isOperator = token.kind === 'operator' && operators.includes(token.text);
    if (!isOperator || (noGreater && token.text === '>')) return left;
    take(reader);
    if (level < 2) skipLines(reader);
    left = { is: 'binary', operator: token.text, left, right: readLevel(reader, level + 1, noGreater) };
  }
}

const isIn = (at: readonly Expression[], { text }: Token): Expression => ({
  is: 'call',
  name: 'in',
  args: [{ is: 'text', value: text }, ...at],
});

function readUnary(reader: Reader, noGreater: boolean): Expression {
  const token = peek(reader);
  deepen(reader);
  let value: Expression;
  if (token.kind === 'operator' && ['!', '-', '+'].includes(token.text)) {
    take(reader);
    value = { is: 'unary', operator: token.text, of: readUnary(reader, noGreater) };
  } else {
    value = readPrimary(reader);
    if (accept(reader, '^') || accept(reader, '**'))
      value = { is: 'binary', operator: '^', left: value, right: readUnary(reader, noGreater) };
    const { kind, text } = peek(reader);
    // What can be set is set wherever it stands.
    if (kind === 'operator' && /^([-+*/%^]|\*\*)?=$/.test(text) && isPlace(value)) {
      take(reader);
      skipLines(reader);
      const operator = text === '**=' ? '^' : text.slice(0, -1);
      value = { is: 'assign', operator, left: value, right: readExpression(reader, noGreater) };
    }
  }
  reader.depth--;
  return value;
}

const isPlace = ({ is }: Expression): boolean => is === 'variable' || is === 'field' || is === 'item';

/** What getline reads into, where that is said. */
function intoOf(reader: Reader): { readonly into?: Expression } {
  const { kind, text } = peek(reader);
  const isTarget = text === '$' || (kind === 'name' && !KEYWORDS.test(text));
  return isTarget ? { into: readOperand(reader) } : {};
}

/** Reads expressions between commas, up to and with their closing bracket. */
export function readArguments(reader: Reader, end: string): Expression[] {
  const args: Expression[] = [];
  for (skipLines(reader); !accept(reader, end); ) {
    args.push(readExpression(reader));
    skipLines(reader);
    if (!accept(reader, ',')) {
      expect(reader, end);
      break;
    }
    skipLines(reader);
  }
  return args;
}

/** Reads what no operator divides, with what is counted before or after it. */
export function readPrimary(reader: Reader): Expression {
  const first = peek(reader);
  if (first.kind === 'operator' && /^(\+\+|--)$/.test(first.text)) {
    take(reader);
    return { is: 'before', operator: first.text, of: readOperand(reader) };
  }
  const value = readOperand(reader);
  const { kind, text } = peek(reader);
  if (kind !== 'operator' || !/^(\+\+|--)$/.test(text) || !isPlace(value)) return value;
  take(reader);
  return { is: 'after', operator: text, of: value };
}

/** A number, text, variable, field, item, call or what is in brackets. */
function readOperand(reader: Reader): Expression {
  const { kind, text } = take(reader);
  if (kind === 'number') return { is: 'number', value: text };
  if (kind === 'text') return { is: 'text', value: withoutEscapes(text.slice(1, -1)) };
  if (text === '(') {
    const values = readArguments(reader, ')');
    const [value] = values;
    if (!value) throw new AwkError('syntax error near )');
    if (values.length === 1) return value;
    expect(reader, 'in');
    return isIn(values, take(reader));
  }
  if (text === '/' || text === '/=') return readRegex(reader, text.slice(1));
  if (text === '$') {
    const { kind: next, text: sign } = peek(reader);
    if (next === 'operator' && sign === '-') return { is: 'field', of: readUnary(reader, true) };
    return { is: 'field', of: /^(\+\+|--)$/.test(sign) ? readPrimary(reader) : readOperand(reader) };
  }
  if (text === 'getline') {
    const into = intoOf(reader);
    return { is: 'getline', ...(accept(reader, '<') ? { from: 'file', of: readPrimary(reader) } : {}), ...into };
  }
  if (kind !== 'name' || KEYWORDS.test(text)) throw new AwkError(`syntax error near ${text || 'end'}`);
  if (reader.source[reader.at] === '(' || (BUILT_IN.test(text) && peek(reader).text === '(')) {
    take(reader);
    return { is: 'call', name: text, args: readArguments(reader, ')') };
  }
  if (text === 'length') return { is: 'call', name: 'length', args: [] };
  if (accept(reader, '[')) return { is: 'item', name: text, at: readArguments(reader, ']') };
  return { is: 'variable', value: text };
}

const withoutEscapes = (text: string): string =>
  text.replace(/\\([0-7]{1,3}|\r?\n|[\s\S])/g, (whole, one: string) =>
    one.endsWith('\n') ? '' : /^[\d\w\\]/.test(one) ? withEscapes(whole).replace(/^\\(?=.)/, '') : one,
  );

function readRegex(reader: Reader, begin: string): Expression {
  let value = begin;
  for (; reader.at < reader.source.length; reader.at++) {
    const character = reader.source[reader.at] as string;
    if (character === '\n') break;
    if (character === '/') {
      reader.at++;
      return { is: 'regex', value };
    }
    if (character === '\\' && reader.source[reader.at + 1] === '/') reader.at++;
    value += reader.source[reader.at] as string;
  }
  throw new AwkError('syntax error: unterminated regular expression');
}
