/**
 * The plain part of Python: `if`, assignments, `print`, `sleep` and exits, over texts, whole numbers and the environment. Anything else is passed
 * over, except in a condition, where nobody can say how it goes on.
 */

/** What a text comes to. */
export interface PythonEnd {
  readonly output: string;
  readonly sleepMs: number;
  readonly status: number;
}

type Value = string | number | boolean | null;

/** A name or call that is not known. */
class Unknown extends Error {}

const MAX_LENGTH = 10_000;
const MAX_TOKENS = 100;
const EXIT = /^(?:sys\.exit|exit|quit|os\._exit|raise SystemExit)\s*(?:\((.*)\))?$/s;
/** Between statements of a line: not in quotes. */
const SEPARATOR = /;\s*(?=(?:[^"']*["'][^"']*["'])*[^"']*$)/;
const TOKENS =
  /^\s*(?:[fFrRbB]?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(\*\*|\/\/|[=!<>]=|[-+*/%<>()[\],]))/;

interface Reader {
  readonly tokens: readonly string[];
  readonly variables: Map<string, Value>;
  readonly environment: (name: string) => string | undefined;
  at: number;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let end = 0; end < text.trimEnd().length; ) {
    const found = TOKENS.exec(text.slice(end));
    if (!found || /^\s*[fF]["']/.test(found[0])) throw new Unknown();
    tokens.push(found[0].trim());
    end += found[0].length;
    if (tokens.length > MAX_TOKENS) throw new Unknown();
  }
  return tokens;
}

const isTrue = (value: Value): boolean => value !== null && value !== '' && value !== 0 && value !== false;

const TEXT: readonly [RegExp, string][] = [
  [/\\n/g, '\n'],
  [/\\t/g, '\t'],
  [/\\(["'\\])/g, '$1'],
];

function take(reader: Reader, token: string): void {
  if (reader.tokens[reader.at++] !== token) throw new Unknown();
}

function argumentsOf(reader: Reader, close: string): Value[] {
  const values: Value[] = [];
  while (reader.tokens[reader.at] !== close) {
    values.push(either(reader));
    if (reader.tokens[reader.at] === ',') reader.at++;
    else break;
  }
  take(reader, close);
  return values;
}

function called(reader: Reader, name: string): Value {
  const isKey = name === 'os.environ' && reader.tokens[reader.at] === '[';
  if (!isKey && reader.tokens[reader.at] !== '(') {
    const value = { True: true, False: false, None: null }[name] ?? reader.variables.get(name);
    if (value === undefined && name !== 'None') throw new Unknown();
    return value ?? null;
  }
  reader.at++;
  const [first = null, second = null] = argumentsOf(reader, isKey ? ']' : ')');
  if (isKey || name === 'os.environ.get' || name === 'os.getenv') return reader.environment(String(first)) ?? second;
  if (name === 'int' && Number.isInteger(Number(first)) && first !== null) return Number(first);
  if (name === 'str') return String(first);
  if (name === 'len') return String(first).length;
  throw new Unknown();
}

function primary(reader: Reader): Value {
  const token = reader.tokens[reader.at++] ?? '';
  if (token === '(') {
    const value = either(reader);
    take(reader, ')');
    return value;
  }
  if (token === '-') return -Number(primary(reader));
  const quoted = /^[rRbB]?(["'])([\s\S]*)\1$/.exec(token);
  if (quoted) return TEXT.reduce((text, [from, to]) => text.replace(from, to), quoted[2] as string);
  if (/^\d/.test(token)) return Number(token);
  if (/^[A-Za-z_]/.test(token)) return called(reader, token);
  throw new Unknown();
}

const OPERATIONS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => ((a % b) + b) % b,
};

/** Sums of products; `strength` 0 are sums. */
function computed(reader: Reader, strength = 0): Value {
  if (strength === 2) return primary(reader);
  let value = computed(reader, strength + 1);
  const operators = strength === 0 ? ['+', '-'] : ['*', '/', '//', '%'];
  for (let token = reader.tokens[reader.at] ?? ''; operators.includes(token); token = reader.tokens[reader.at] ?? '') {
    reader.at++;
    const right = computed(reader, strength + 1);
    if (typeof value === 'string' && token === '+' && typeof right === 'string') value += right;
    else if (typeof value !== 'number' || typeof right !== 'number') throw new Unknown();
    else value = OPERATIONS[token]?.(value, right) ?? null;
  }
  return value;
}

function compared(reader: Reader): Value {
  const left = computed(reader);
  const operator = reader.tokens[reader.at] ?? '';
  if (!/^([=!<>]=|[<>]|in|is)$/.test(operator)) return left;
  reader.at++;
  const isNegated = operator === 'is' && reader.tokens[reader.at] === 'not';
  if (isNegated) reader.at++;
  if (operator === 'in' && /^[[(]$/.test(reader.tokens[reader.at] ?? '')) {
    const close = reader.tokens[reader.at++] === '[' ? ']' : ')';
    return argumentsOf(reader, close).includes(left);
  }
  const right = computed(reader);
  if (operator === '==' || operator === 'is') return (left === right) !== isNegated;
  if (operator === '!=') return left !== right;
  if (operator === 'in') return String(right).includes(String(left));
  if (left === null || right === null) throw new Unknown();
  if (operator === '<' || operator === '<=') return left < right || (operator === '<=' && left === right);
  return left > right || (operator === '>=' && left === right);
}

function negated(reader: Reader): Value {
  if (reader.tokens[reader.at] !== 'not') return compared(reader);
  reader.at++;
  return !isTrue(negated(reader));
}

function both(reader: Reader): Value {
  let value = negated(reader);
  while (reader.tokens[reader.at] === 'and') {
    reader.at++;
    const right = negated(reader);
    value = isTrue(value) ? right : value;
  }
  return value;
}

function either(reader: Reader): Value {
  let value = both(reader);
  while (reader.tokens[reader.at] === 'or') {
    reader.at++;
    const right = both(reader);
    value = isTrue(value) ? value : right;
  }
  return value;
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

interface Run {
  readonly variables: Map<string, Value>;
  readonly environment: (name: string) => string | undefined;
  output: string;
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

function statement(run: Run, text: string): void {
  const [, name = '', inside = ''] = /^([\w.]+)\s*\((.*)\)$/s.exec(text) ?? [];
  const [, variable, value = ''] = /^([A-Za-z_]\w*)\s*=\s*([^=].*)$/s.exec(text) ?? [];
  const exit = EXIT.exec(text);
  if (exit) {
    const code = exit[1]?.trim() ? known(() => evaluated(run, exit[1] as string)) : null;
    run.status = typeof code === 'number' ? code & 255 : code === null || code === false ? 0 : 1;
  } else if (/^raise\b/.test(text)) run.status = 1;
  else if (name === 'print') {
    const words = known(() => argumentsOf({ ...run, tokens: [...tokensOf(inside), ')'], at: 0 }, ')'));
    if (words) run.output += `${words.join(' ')}\n`;
  } else if (/^(time\.)?sleep$/.test(name)) run.sleepMs += Number(known(() => evaluated(run, inside)) ?? 0) * 1000;
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
    const { text } = lines[at++] as Line;
    const [, keyword, condition = '', rest = ''] = /^(if|elif|else)\b([^:]*):\s*(.*)$/s.exec(text) ?? [];
    const goes = isDone && run.status === undefined;
    if (keyword === undefined) {
      if (/^(for|while|def|class|with|try|except|finally|async)\b/.test(text)) throw new Unknown();
      if (goes) for (const one of text.split(SEPARATOR)) if (run.status === undefined) statement(run, one);
      continue;
    }
    if (keyword === 'if') isDecided = false;
    const isTaken: boolean = goes && !isDecided && (keyword === 'else' || isTrue(evaluated(run, condition)));
    isDecided ||= isTaken;
    if (rest !== '') {
      if (isTaken) statement(run, rest);
    } else if ((lines[at]?.indent ?? 0) > indent) at = block(run, lines, at, isTaken);
  }
  return at;
}

/** What a text comes to; undefined when it holds more than is known here. */
export function pythonEnd(source: string, environment: (name: string) => string | undefined): PythonEnd | undefined {
  if (source.length > MAX_LENGTH) return undefined;
  const lines = source
    .split('\n')
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#') && !/^(import|from)\s[^;]*$/.test(text));
  const run: Run = { variables: new Map(), environment, output: '', sleepMs: 0 };
  return known(() => {
    for (let at = 0; at < lines.length; ) at = block(run, lines, at, true);
    return { output: run.output, sleepMs: run.sleepMs, status: run.status ?? 0 };
  });
}
