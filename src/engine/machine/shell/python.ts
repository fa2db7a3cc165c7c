/**
 * The plain part of Python: `if`, assignments, `print`, `sleep` and exits, over texts, whole numbers and the environment. Anything else is passed
 * over, except where it is printed or decides, where nobody can say how it goes on.
 */
import {
  argumentsOf,
  either,
  isTrue,
  numberOf,
  type Reader,
  shown,
  tokensOf,
  Unknown,
  type Value,
} from './python-expressions';

/** What a text comes to. */
export interface PythonEnd {
  readonly output: string;
  readonly sleepMs: number;
  readonly status: number;
  /** What stands on standard error. */
  readonly errors?: string;
}

const EXIT = /^(?:sys\.exit|exit|quit|os\._exit|raise SystemExit)\s*(?:\((.*)\))?$/s;
/** Between statements of a line: not in quotes. */
const SEPARATOR = /;\s*(?=(?:[^"']*["'][^"']*["'])*[^"']*$)/;
const MAX_LENGTH = 10_000;

interface Line {
  /** From 1. */
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

interface Run {
  readonly variables: Map<string, Value>;
  readonly environment: (name: string) => string | undefined;
  output: string;
  errors?: string;
  sleepMs: number;
  status?: number;
}

function evaluated(run: Run, text: string): Value {
  const reader: Reader = { ...run, tokens: tokensOf(text), at: 0 };
  const value = either(reader);
  if (reader.at < reader.tokens.length) throw new Unknown();
  return value;
}

/** What a statement does when all in it is known; undefined when it is not. */
function known<T>(of: () => T): T | undefined {
  try {
    return of();
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

/** `assert condition, text`. */
function claim(run: Run, text: string, line: number): void {
  const reader: Reader = { ...run, tokens: [...tokensOf(text), ')'], at: 0 };
  const [condition = null, why] = argumentsOf(reader, ')');
  if (isTrue(condition)) return;
  const said = why === undefined ? '' : `: ${shown(why)}`;
  run.errors = `Traceback (most recent call last):\n  File "<string>", line ${line}, in <module>\nAssertionError${said}\n`;
  run.status = 1;
}

/** The text of what print is given. */
function printed(run: Run, inside: string): string {
  const reader: Reader = { ...run, tokens: [...tokensOf(inside), ')'], at: 0 };
  const words = argumentsOf(reader, ')').map(shown);
  if (reader.at < reader.tokens.length) throw new Unknown();
  return `${words.join(' ')}\n`;
}

function statement(run: Run, text: string, line: number): void {
  const [, name = '', inside = ''] = /^([\w.]+)\s*\((.*)\)$/s.exec(text) ?? [];
  const [, variable, value = ''] = /^([A-Za-z_]\w*)\s*=\s*([^=].*)$/s.exec(text) ?? [];
  const [, changed] = /^([A-Za-z_]\w*)\s*(?:[-+*/%&|^@]|\*\*|\/\/|<<|>>)=/.exec(text) ?? [];
  const exit = EXIT.exec(text);
  if (exit) {
    const code = exit[1]?.trim() ? known(() => evaluated(run, exit[1] as string)) : null;
    run.status = typeof code === 'number' ? code & 255 : code === null || code === false ? 0 : 1;
  } else if (/^raise\b/.test(text)) run.status = 1;
  else if (/^assert\b/.test(text)) claim(run, text.slice(6), line);
  else if (name === 'print') run.output += printed(run, inside);
  else if (changed !== undefined) run.variables.delete(changed);
  else if (/^(time\.)?sleep$/.test(name)) run.sleepMs += (known(() => numberOf(evaluated(run, inside))) ?? 0) * 1000;
  else if (variable !== undefined) {
    const made = known(() => evaluated(run, value));
    if (made === undefined) run.variables.delete(variable);
    else run.variables.set(variable, made);
  }
}

/** Carries out the lines of a block from a place on; returns where it ends. */
function block(run: Run, lines: readonly Line[], from: number, isDone: boolean): number {
  const indent = lines[from]?.indent ?? 0;
  let at = from;
  let isDecided = false;
  while (at < lines.length && (lines[at] as Line).indent >= indent) {
    const { text, number } = lines[at++] as Line;
    const [, keyword, condition = '', rest = ''] = /^(if|elif|else)\b([^:]*):\s*(.*)$/s.exec(text) ?? [];
    const goes = isDone && run.status === undefined;
    if (keyword === undefined) {
      if (/^(for|while|def|class|with|try|except|finally|async)\b/.test(text)) throw new Unknown();
      if (goes) for (const one of text.split(SEPARATOR)) if (run.status === undefined) statement(run, one, number);
      continue;
    }
    if (keyword === 'if') isDecided = false;
    const isTaken: boolean = goes && !isDecided && (keyword === 'else' || isTrue(evaluated(run, condition)));
    isDecided ||= isTaken;
    if (rest !== '') {
      if (isTaken) statement(run, rest, number);
    } else if ((lines[at]?.indent ?? 0) > indent) at = block(run, lines, at, isTaken);
  }
  return at;
}

/** What a text comes to; undefined when it holds more than is known here. */
export function pythonEnd(source: string, environment: (name: string) => string | undefined): PythonEnd | undefined {
  if (source.length > MAX_LENGTH) return undefined;
  const lines = source
    .split('\n')
    .map((line, index) => ({ number: index + 1, indent: line.length - line.trimStart().length, text: line.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#') && !/^(import|from)\s[^;]*$/.test(text));
  const run: Run = { variables: new Map(), environment, output: '', sleepMs: 0 };
  return known(() => {
    for (let at = 0; at < lines.length; ) at = block(run, lines, at, true);
    const { output, errors, sleepMs, status = 0 } = run;
    return { output, sleepMs, status, ...(errors ? { errors } : {}) };
  });
}
