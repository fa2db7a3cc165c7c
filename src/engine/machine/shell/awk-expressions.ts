/** Reads the expressions of awk programs. Follows POSIX.1-2017 (awk). */

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

/** What is wrong with a program. */
export class AwkError extends Error {}

const TOKEN =
  /^\s*(?:(#[^\n]*)|(\n|;)|("(?:\\[\s\S]|[^"\\])*")|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(\+\+|--|\*\*|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|&&|\|\||[-+*/%^!<>=~?:,(){}[\]$|]))/;

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
    if (reader.source.slice(reader.at).trim() === '') return { kind: 'end', text: '', after: reader.source.length };
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

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['~', '!~'],
  ['<', '<=', '==', '!=', '>', '>='],
  ['concat'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads an expression; with `noGreater` it ends at a `>`, which redirects what `print` prints. */
export function readExpression(reader: Reader, noGreater = false): Expression {
  if (++reader.depth > 60) throw new AwkError('too deeply nested');
  const left = readLevel(reader, 0, noGreater);
  let result = left;
  if (accept(reader, '?')) {
    const yes = readExpression(reader, noGreater);
    expect(reader, ':');
    result = { is: 'choice', of: left, yes, no: readExpression(reader, noGreater) };
  } else {
    const { kind, text } = peek(reader);
    if (kind === 'operator' && /^[-+*/%^]?=$/.test(text)) {
      take(reader);
      result = { is: 'assign', operator: text.slice(0, -1), left, right: readExpression(reader, noGreater) };
    }
  }
  reader.depth--;
  return result;
}

/** Whether what comes next can stand beside another value, to be joined with it. */
function joins({ kind, text }: Token): boolean {
  if (kind === 'text' || kind === 'number') return true;
  if (kind === 'name') return text !== 'in';
  return kind === 'operator' && (text === '$' || text === '(');
}

function readLevel(reader: Reader, level: number, noGreater: boolean): Expression {
  const operators = LEVELS[level];
  if (!operators) return readUnary(reader);
  let left = readLevel(reader, level + 1, noGreater);
  for (;;) {
    const token = peek(reader);
    if (operators[0] === 'concat') {
      if (!joins(token)) return left;
      left = { is: 'binary', operator: 'concat', left, right: readLevel(reader, level + 1, noGreater) };
      continue;
    }
    if (token.kind === 'name' && token.text === 'in' && level === 2) {
      take(reader);
      const { text: name } = take(reader);
      left = { is: 'call', name: 'in', args: [left, { is: 'text', value: name }] };
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
    left = { is: 'binary', operator: token.text, left, right: readLevel(reader, level + 1, noGreater) };
  }
}

function readUnary(reader: Reader): Expression {
  const token = peek(reader);
  if (token.kind === 'operator' && ['!', '-', '+'].includes(token.text)) {
    take(reader);
    return { is: 'unary', operator: token.text, of: readUnary(reader) };
  }
  if (token.kind === 'operator' && (token.text === '++' || token.text === '--')) {
    take(reader);
    return { is: 'before', operator: token.text, of: readPrimary(reader) };
  }
  let value = readPrimary(reader);
  if (accept(reader, '^') || accept(reader, '**'))
    value = { is: 'binary', operator: '^', left: value, right: readUnary(reader) };
  return value;
}

/** What getline reads into, where that is said. */
function intoOf(reader: Reader): { readonly into?: Expression } {
  const { kind, text } = peek(reader);
  const isTarget = text === '$' || (kind === 'name' && text !== 'in' && text !== 'getline');
  return isTarget ? { into: readPrimary(reader) } : {};
}

/** Reads expressions between commas, up to and with their closing bracket. */
export function readArguments(reader: Reader, end: string): Expression[] {
  const args: Expression[] = [];
  while (!accept(reader, end)) {
    args.push(readExpression(reader));
    if (!accept(reader, ',')) {
      expect(reader, end);
      break;
    }
  }
  return args;
}

/** Reads what no operator divides: a number, text, variable, field, item, call or what is in brackets. */
export function readPrimary(reader: Reader): Expression {
  const token = take(reader);
  let value: Expression;
  if (token.kind === 'number') return { is: 'number', value: token.text };
  if (token.kind === 'text') return { is: 'text', value: withoutEscapes(token.text.slice(1, -1)) };
  if (token.text === '(') {
    value = readExpression(reader);
    expect(reader, ')');
    return value;
  }
  if (token.text === '/') return readRegex(reader);
  if (token.text === '$') value = { is: 'field', of: readPrimary(reader) };
  else if (token.kind === 'name' && token.text === 'getline') {
    const into = intoOf(reader);
    return { is: 'getline', ...(accept(reader, '<') ? { from: 'file', of: readPrimary(reader) } : {}), ...into };
  } else if (token.kind !== 'name') throw new AwkError(`syntax error near ${token.text || 'end'}`);
  else if (reader.source[reader.at] === '(') {
    take(reader);
    return { is: 'call', name: token.text, args: readArguments(reader, ')') };
  } else if (token.text === 'length') return { is: 'call', name: 'length', args: [] };
  else if (accept(reader, '[')) value = { is: 'item', name: token.text, at: readArguments(reader, ']') };
  else value = { is: 'variable', value: token.text };
  const next = peek(reader);
  if (next.text !== '++' && next.text !== '--') return value;
  take(reader);
  return { is: 'after', operator: next.text, of: value };
}

const withoutEscapes = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_, one: string) => ({ n: '\n', t: '\t', r: '\r' })[one] ?? one);

function readRegex(reader: Reader): Expression {
  let value = '';
  for (; reader.at < reader.source.length; reader.at++) {
    const character = reader.source[reader.at] as string;
    if (character === '/') {
      reader.at++;
      return { is: 'regex', value };
    }
    if (character === '\\' && reader.source[reader.at + 1] === '/') reader.at++;
    value += reader.source[reader.at] as string;
  }
  throw new AwkError('syntax error: unterminated regular expression');
}
