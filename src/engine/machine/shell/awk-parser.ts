/** Reads awk programs: patterns with actions, BEGIN, END. Follows POSIX.1-2017 (awk). */
import {
  AwkError,
  accept,
  deepen,
  type Expression,
  expect,
  peek,
  type Reader,
  readArguments,
  readExpression,
  readPrimary,
  skipLines,
  skipNewlines,
  take,
} from './awk-expressions';

/** A statement. */
export type Statement =
  | {
      readonly does: 'print' | 'printf';
      readonly args: readonly Expression[];
      readonly to?: Expression;
      readonly adds?: boolean;
      /** It goes to a command. */
      readonly pipes?: boolean;
    }
  | { readonly does: 'value'; readonly of: Expression }
  | { readonly does: 'if'; readonly of: Expression; readonly yes: Statement; readonly no?: Statement }
  /** `isLate`: asks after its body, as `do` does. */
  | {
      readonly does: 'while';
      readonly of: Expression;
      readonly body: Statement;
      readonly step?: Statement;
      readonly isLate?: true;
    }
  | { readonly does: 'each'; readonly name: string; readonly of: string; readonly body: Statement }
  | { readonly does: 'block'; readonly body: readonly Statement[] }
  | { readonly does: 'delete'; readonly of: Expression }
  | { readonly does: 'next' | 'break' | 'continue' }
  | { readonly does: 'exit' | 'return'; readonly of?: Expression };

/** A function of the program's own. */
export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

/** One rule. */
export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'always' | Expression;
  readonly until?: Expression;
  readonly action?: Statement;
}

function readBlock(reader: Reader): Statement {
  const body: Statement[] = [];
  for (skipNewlines(reader); !accept(reader, '}'); skipNewlines(reader)) {
    if (peek(reader).kind === 'end') throw new AwkError('syntax error: unexpected end');
    body.push(readStatement(reader));
  }
  return { does: 'block', body };
}

/** Reads a statement with what ends it: a newline, a semicolon, or the bracket behind it, which stays. */
function readStatement(reader: Reader): Statement {
  deepen(reader);
  const { kind, text, after } = peek(reader);
  const compound = kind === 'text' ? undefined : COMPOUND.get(text);
  if (compound) reader.at = after;
  const statement = compound ? compound(reader) : readSimple(reader);
  reader.depth--;
  if (compound && text !== 'do') return statement;
  const next = peek(reader);
  if (next.kind === 'newline') take(reader);
  else if (next.kind === 'text' || !/^(\}|)$/.test(next.text)) throw new AwkError(`syntax error near ${next.text}`);
  return statement;
}

/** A statement that holds no other; an empty one. */
function readSimple(reader: Reader): Statement {
  const { kind, text, after } = peek(reader);
  const simple = kind === 'name' ? SIMPLE.get(text) : undefined;
  if (!simple) return isEnd(reader) ? NOTHING : { does: 'value', of: readExpression(reader) };
  reader.at = after;
  return simple(reader);
}

const NOTHING: Statement = { does: 'block', body: [] };

/** Whether a statement ends here. */
function isEnd(reader: Reader): boolean {
  const { kind, text } = peek(reader);
  return kind === 'end' || kind === 'newline' || (kind === 'operator' && text === '}');
}

/** The statement that belongs to a condition, a loop or `else`. */
function readBody(reader: Reader): Statement {
  skipLines(reader);
  return readStatement(reader);
}

function readPrint(does: 'print' | 'printf') {
  return (reader: Reader): Statement => {
    const isWrapped = accept(reader, '(');
    const start = reader.at;
    const args: Expression[] = [];
    const ended = (): boolean => {
      const { kind, text } = peek(reader);
      return isEnd(reader) || (kind === 'operator' && (text === '>' || text === '|'));
    };
    if (isWrapped) {
      args.push(...readArguments(reader, ')'));
      if (ended()) return { does, args, ...readTarget(reader) };
      // The brackets belonged to the first value only.
      reader.at = start - 1;
      args.length = 0;
    }
    while (!ended()) {
      args.push(readExpression(reader, true));
      if (!accept(reader, ',')) break;
      skipLines(reader);
    }
    return { does, args, ...readTarget(reader) };
  };
}

/** `> FILE`, `>> FILE`, `| COMMAND`. */
function readTarget(reader: Reader): { to?: Expression; adds?: boolean; pipes?: boolean } {
  if (accept(reader, '|')) return { to: readExpression(reader, true), pipes: true };
  if (!accept(reader, '>')) return {};
  const adds = accept(reader, '>');
  return { to: readExpression(reader, true), adds };
}

/** The value after exit or return, if any. */
const readEnd =
  (does: 'exit' | 'return') =>
  (reader: Reader): Statement =>
    isEnd(reader) ? { does } : { does, of: readExpression(reader) };

function readCondition(reader: Reader): Expression {
  expect(reader, '(');
  const of = readExpression(reader);
  expect(reader, ')');
  return of;
}

function readIf(reader: Reader): Statement {
  const of = readCondition(reader);
  const yes = readBody(reader);
  const before = reader.at;
  skipNewlines(reader);
  if (accept(reader, 'else')) return { does: 'if', of, yes, no: readBody(reader) };
  reader.at = before;
  return { does: 'if', of, yes };
}

const ALWAYS: Expression = { is: 'number', value: '1' };

function readFor(reader: Reader): Statement {
  expect(reader, '(');
  const each = /^\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(reader.source.slice(reader.at, reader.at + 200));
  if (each) {
    reader.at += each[0].length;
    return { does: 'each', name: each[1] as string, of: each[2] as string, body: readBody(reader) };
  }
  const begin = readSimple(reader);
  expect(reader, ';');
  skipLines(reader);
  const of = isEnd(reader) ? ALWAYS : readExpression(reader);
  expect(reader, ';');
  skipLines(reader);
  const step = accept(reader, ')') ? NOTHING : readSimple(reader);
  if (step !== NOTHING) expect(reader, ')');
  return { does: 'block', body: [begin, { does: 'while', of, body: readBody(reader), step }] };
}

type Reading = ReadonlyMap<string, (reader: Reader) => Statement>;

const SIMPLE: Reading = new Map<string, (reader: Reader) => Statement>([
  ['print', readPrint('print')],
  ['printf', readPrint('printf')],
  ['delete', (reader) => ({ does: 'delete', of: readPrimary(reader) })],
  ['next', () => ({ does: 'next' })],
  ['break', () => ({ does: 'break' })],
  ['continue', () => ({ does: 'continue' })],
  ['exit', readEnd('exit')],
  ['return', readEnd('return')],
]);

const COMPOUND: Reading = new Map<string, (reader: Reader) => Statement>([
  ['{', readBlock],
  ['if', readIf],
  ['for', readFor],
  ['while', (reader) => ({ does: 'while', of: readCondition(reader), body: readBody(reader) })],
  [
    'do',
    (reader) => {
      const body = readBody(reader);
      skipNewlines(reader);
      expect(reader, 'while');
      return { does: 'while', of: readCondition(reader), body, isLate: true };
    },
  ],
]);

function readFunction(reader: Reader): AwkFunction {
  const parameters: string[] = [];
  expect(reader, '(');
  for (skipLines(reader); !accept(reader, ')'); skipLines(reader)) {
    parameters.push(take(reader).text);
    if (peek(reader).kind === 'end') throw new AwkError('syntax error: unexpected end');
    accept(reader, ',');
  }
  skipLines(reader);
  expect(reader, '{');
  return { parameters, body: readBlock(reader) };
}

function readUntil(reader: Reader): Expression {
  skipLines(reader);
  return readExpression(reader);
}

/** The rules and functions of a program. Throws {@link AwkError}. */
export function parseAwk(source: string): Program {
  const reader: Reader = { source, at: 0, depth: 0 };
  try {
    return readProgram(reader);
  } catch (error) {
    if (!(error instanceof AwkError)) throw error;
    throw new AwkError(error.message, error.ofBusyBox, source.slice(0, reader.at).trimEnd().split('\n').length);
  }
}

interface Program {
  readonly rules: Rule[];
  readonly functions: Map<string, AwkFunction>;
}

function readProgram(reader: Reader): Program {
  const rules: Rule[] = [];
  const functions = new Map<string, AwkFunction>();
  for (skipNewlines(reader); peek(reader).kind !== 'end'; skipNewlines(reader)) {
    const { text } = peek(reader);
    if (text === 'function' || text === 'func') {
      take(reader);
      functions.set(take(reader).text, readFunction(reader));
      continue;
    }
    if (text === 'BEGIN' || text === 'END') {
      take(reader);
      expect(reader, '{');
      rules.push({ when: text, action: readBlock(reader) });
      continue;
    }
    const when = text === '{' ? 'always' : readExpression(reader);
    const until = when !== 'always' && accept(reader, ',') ? { until: readUntil(reader) } : {};
    const action = accept(reader, '{') ? { action: readBlock(reader) } : {};
    rules.push({ when, ...until, ...action });
    if (!('action' in action) && !isEnd(reader)) throw new AwkError(`syntax error near ${peek(reader).text}`);
  }
  return { rules, functions };
}
