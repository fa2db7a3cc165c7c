/** The expressions of Python's plain part: texts, numbers, comparisons, the environment, a few calls. */

/** A number with a fraction, also where that is 0. */
export class Float {
  constructor(readonly value: number) {}
}

/** What an expression comes to. */
export type Value = string | number | boolean | null | Float;

/** A number as JavaScript has it; any other value as it is. */
const plainOf = (value: Value): Exclude<Value, Float> => (value instanceof Float ? value.value : value);

/** A value as `str` has it. Throws {@link Unknown} for numbers that are written otherwise here. */
export function shown(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value;
  const number = Number(plainOf(value));
  const size = Math.abs(number);
  if (size > Number.MAX_SAFE_INTEGER || (size > 0 && size < 1e-4)) throw new Unknown();
  return value instanceof Float && Number.isInteger(number) ? `${number}.0` : String(number);
}

/** A name or call that is not known. */
export class Unknown extends Error {}

const MAX_TOKENS = 100;
const TOKENS =
  /^\s*(?:[fFrRbB]?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(\*\*|\/\/|[=!<>]=|[-+*/%<>()[\],]))/;

/** An expression in tokens, and what its names stand for. */
export interface Reader {
  readonly tokens: readonly string[];
  readonly variables: Map<string, Value>;
  readonly environment: (name: string) => string | undefined;
  at: number;
}

/** The tokens of an expression. Throws {@link Unknown}. */
export function tokensOf(text: string): string[] {
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

/** Whether a condition with this value holds. */
export const isTrue = (value: Value): boolean => Boolean(plainOf(value));

const TEXT: readonly [RegExp, string][] = [
  [/\\n/g, '\n'],
  [/\\t/g, '\t'],
  [/\\(["'\\])/g, '$1'],
];

function take(reader: Reader, token: string): void {
  if (reader.tokens[reader.at++] !== token) throw new Unknown();
}

/** The values up to a bracket that closes. */
export function argumentsOf(reader: Reader, close: string): Value[] {
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
  if (name === 'int' && first instanceof Float) return Math.trunc(first.value);
  if (name === 'int' && Number.isInteger(Number(first)) && first !== null) return Number(first);
  if (name === 'str') return shown(first);
  if (name === 'len' && typeof first === 'string') return first.length;
  throw new Unknown();
}

function primary(reader: Reader): Value {
  const token = reader.tokens[reader.at++] ?? '';
  if (token === '(') {
    const value = either(reader);
    take(reader, ')');
    return value;
  }
  if (token === '-') {
    const value = primary(reader);
    return value instanceof Float ? new Float(-value.value) : -Number(value);
  }
  const quoted = /^[rRbB]?(["'])([\s\S]*)\1$/.exec(token);
  if (quoted) return TEXT.reduce((text, [from, to]) => text.replace(from, to), quoted[2] as string);
  if (/^\d/.test(token)) return token.includes('.') ? new Float(Number(token)) : Number(token);
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

/** The number that a value is. Throws {@link Unknown} for any other. */
export function numberOf(value: Value): number {
  const plain = plainOf(value);
  if (typeof plain !== 'number') throw new Unknown();
  return plain;
}

/** Sums of products; `strength` 0 are sums. */
function computed(reader: Reader, strength = 0): Value {
  if (strength === 2) return primary(reader);
  let value = computed(reader, strength + 1);
  const operators = strength === 0 ? ['+', '-'] : ['*', '/', '//', '%'];
  for (let token = reader.tokens[reader.at] ?? ''; operators.includes(token); token = reader.tokens[reader.at] ?? '') {
    reader.at++;
    const right = computed(reader, strength + 1);
    if (typeof value === 'string' && token === '+' && typeof right === 'string') value += right;
    else {
      const made = OPERATIONS[token]?.(numberOf(value), numberOf(right)) ?? Number.NaN;
      // Nothing is divided by 0.
      if (!Number.isFinite(made)) throw new Unknown();
      value = token === '/' || value instanceof Float || right instanceof Float ? new Float(made) : made;
    }
  }
  return value;
}

function compared(reader: Reader): Value {
  const whole = computed(reader);
  const operator = reader.tokens[reader.at] ?? '';
  if (!/^([=!<>]=|[<>]|in|is)$/.test(operator)) return whole;
  const left = plainOf(whole);
  reader.at++;
  const isNegated = operator === 'is' && reader.tokens[reader.at] === 'not';
  if (isNegated) reader.at++;
  if (operator === 'in' && /^[[(]$/.test(reader.tokens[reader.at] ?? '')) {
    const close = reader.tokens[reader.at++] === '[' ? ']' : ')';
    return argumentsOf(reader, close).map(plainOf).includes(left);
  }
  const right = plainOf(computed(reader));
  if (operator === '==' || operator === 'is') return (left === right) !== isNegated;
  if (operator === '!=') return left !== right;
  if (operator === 'in' && typeof left === 'string' && typeof right === 'string') return right.includes(left);
  if (typeof left !== typeof right || operator === 'in') throw new Unknown();
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

/** Reads an expression. Throws {@link Unknown}. */
export function either(reader: Reader): Value {
  let value = both(reader);
  while (reader.tokens[reader.at] === 'or') {
    reader.at++;
    const right = both(reader);
    value = isTrue(value) ? value : right;
  }
  return value;
}
