/** Reads awk programs: patterns with actions, BEGIN, END. Follows POSIX.1-2017 (awk). */
import {
  AwkError,
  accept,
  type Expression,
  expect,
  peek,
  type Reader,
  readArguments,
  readExpression,
  readPrimary,
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
  if (++reader.depth > 60) throw new AwkError('too deeply nested');
  for (skipNewlines(reader); !accept(reader, '}'); skipNewlines(reader)) {
    if (peek(reader).kind === 'end') throw new AwkError('syntax error: unexpected end');
    body.push(readStatement(reader));
  }
  reader.depth--;
  return { does: 'block', body };
}

function readStatement(reader: Reader): Statement {
  skipNewlines(reader);
  if (accept(reader, '{')) return readBlock(reader);
  const { kind, text, after } = peek(reader);
  if (kind === 'name' && STATEMENTS.has(text)) {
    reader.at = after;
    return (STATEMENTS.get(text) as (reader: Reader) => Statement)(reader);
  }
  return { does: 'value', of: readExpression(reader) };
}

function readPrint(does: 'print' | 'printf') {
  return (reader: Reader): Statement => {
    const isWrapped = accept(reader, '(');
    const start = reader.at;
    const args: Expression[] = [];
    const ended = (): boolean => {
      const { kind, text } = peek(reader);
      return kind === 'end' || kind === 'newline' || text === '}' || text === '>' || text === '|';
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
  (reader: Reader): Statement => {
    const { kind, text } = peek(reader);
    return kind === 'end' || kind === 'newline' || text === '}' ? { does } : { does, of: readExpression(reader) };
  };

function readIf(reader: Reader): Statement {
  expect(reader, '(');
  const of = readExpression(reader);
  expect(reader, ')');
  const yes = readStatement(reader);
  const before = reader.at;
  skipNewlines(reader);
  if (accept(reader, 'else')) return { does: 'if', of, yes, no: readStatement(reader) };
  reader.at = before;
  return { does: 'if', of, yes };
}

function readFor(reader: Reader): Statement {
  expect(reader, '(');
  const each = /^\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(reader.source.slice(reader.at, reader.at + 200));
  if (each) {
    reader.at += each[0].length;
    return { does: 'each', name: each[1] as string, of: each[2] as string, body: readStatement(reader) };
  }
  const begin = readStatement(reader);
  take(reader);
  const of = readExpression(reader);
  take(reader);
  const step = readStatement(reader);
  expect(reader, ')');
  return { does: 'block', body: [begin, { does: 'while', of, body: readStatement(reader), step }] };
}

const STATEMENTS: ReadonlyMap<string, (reader: Reader) => Statement> = new Map<string, (reader: Reader) => Statement>([
  ['print', readPrint('print')],
  ['printf', readPrint('printf')],
  ['if', readIf],
  ['for', readFor],
  [
    'while',
    (reader) => {
      expect(reader, '(');
      const of = readExpression(reader);
      expect(reader, ')');
      return { does: 'while', of, body: readStatement(reader) };
    },
  ],
  [
    'do',
    (reader) => {
      const body = readStatement(reader);
      while (accept(reader, ';')) skipNewlines(reader);
      skipNewlines(reader);
      expect(reader, 'while');
      expect(reader, '(');
      const of = readExpression(reader);
      expect(reader, ')');
      return { does: 'while', of, body, isLate: true };
    },
  ],
  ['delete', (reader) => ({ does: 'delete', of: readPrimary(reader) })],
  ['next', () => ({ does: 'next' })],
  ['break', () => ({ does: 'break' })],
  ['continue', () => ({ does: 'continue' })],
  ['exit', readEnd('exit')],
  ['return', readEnd('return')],
]);

function readFunction(reader: Reader): AwkFunction {
  const parameters: string[] = [];
  expect(reader, '(');
  while (!accept(reader, ')')) {
    parameters.push(take(reader).text);
    if (peek(reader).kind === 'end') throw new AwkError('syntax error: unexpected end');
    accept(reader, ',');
  }
  skipNewlines(reader);
  expect(reader, '{');
  return { parameters, body: readBlock(reader) };
}

/** The rules and functions of a program. Throws {@link AwkError}. */
export function parseAwk(source: string): { readonly rules: Rule[]; readonly functions: Map<string, AwkFunction> } {
  const reader: Reader = { source, at: 0, depth: 0 };
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
    const until = when !== 'always' && accept(reader, ',') ? { until: readExpression(reader) } : {};
    rules.push({ when, ...until, ...(accept(reader, '{') ? { action: readBlock(reader) } : {}) });
  }
  return { rules, functions };
}
