/**
 * Integer arithmetic of the shell's `$((…))`, in 64 bits as dash and BusyBox have it. Follows POSIX.1-2017, Shell Command Language,
 * 2.6.4, with C's operators: assignments, `?:`, `||`, `&&`, bits, comparisons, shifts, `+ - * / % **`, `! ~ - +`, `++`, `--`, of which dash
 * has neither `**`, `++`, `--` nor commas.
 */
import { ShellFault } from './host';

const MAX_DEPTH = 50;
const MAX_LENGTH = 10_000;
const TOKENS_OF_DASH = /0[xX][0-9a-fA-F]+|0[0-7]*|\d+|[A-Za-z_]\w*|<<=|>>=|&&|\|\||<<|>>|[-+*/%&|^<>!=]=|\S/g;
const TOKENS =
  /\d+#\w+|0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*(?:\[[^[\]]*\])?|<<=|>>=|\+\+|--|\*\*|&&|\|\||<<|>>|[-+*/%&|^<>!=]=|[-+*/%()<>!~&|^?:=,]|\S/g;

/** How many expressions that variables hold one may come to, one within the other or beside it. */
const MAX_NESTED = 200;

/** The variables that an expression reads and sets. */
export interface Variables {
  /** The words of dash, and what it has not. */
  readonly isDash?: boolean;
  get(name: string): string;
  set(name: string, value: string): void;
}

interface Reader {
  readonly source: string;
  readonly tokens: readonly string[];
  readonly variables: Variables;
  at: number;
  depth: number;
  /** More than 0 while what is read must not be done. */
  skipping: number;
  /** Expressions that stood in variables. */
  readonly nested: { count: number };
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** What is wrong with an expression; `dash`: in the words of dash. */
function faultOf({ variables, source }: Pick<Reader, 'source' | 'variables'>, said: string, dash: string): ShellFault {
  return new ShellFault(`sh: ${variables.isDash ? `arithmetic expression: ${dash}: "${source}"` : said}`, 2);
}

const syntaxError = (reader: Pick<Reader, 'source' | 'variables'>, expecting = 'primary'): ShellFault =>
  faultOf(reader, 'arithmetic syntax error', `expecting ${expecting}`);

const bit = (value: boolean): bigint => (value ? 1n : 0n);
const word = (value: bigint): bigint => BigInt.asIntN(64, value);

const OPERATIONS: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  '||': (a, b) => bit(a !== 0n || b !== 0n),
  '&&': (a, b) => bit(a !== 0n && b !== 0n),
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => bit(a === b),
  '!=': (a, b) => bit(a !== b),
  '<': (a, b) => bit(a < b),
  '>': (a, b) => bit(a > b),
  '<=': (a, b) => bit(a <= b),
  '>=': (a, b) => bit(a >= b),
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
};

function compute(reader: Reader, operator: string, left: bigint, right: bigint): bigint {
  const operation = OPERATIONS[operator];
  if (operation) return word(operation(left, right));
  if (right === 0n) throw faultOf(reader, 'divide by zero', 'division by zero');
  return word(operator === '/' ? left / right : left % right);
}

function numberOf(text: string): bigint {
  const [, base = '', figures] = /^(\d+)#(\w+)$/.exec(text) ?? [];
  if (figures) return BigInt(Number.parseInt(figures, Number(base)) || 0);
  const digits = /^\s*([-+]?)(0[xX][0-9a-fA-F]{1,16}|\d{1,30})\s*$/.exec(text);
  if (!digits) return 0n;
  const plain = digits[2] as string;
  const isOctal = /^0[0-7]+$/.test(plain);
  const value = BigInt(isOctal ? `0o${plain.slice(1)}` : plain);
  return word(digits[1] === '-' ? -value : value);
}

const isName = (token: string | undefined): token is string => /^[A-Za-z_]/.test(token ?? '');

function store(reader: Reader, name: string, value: bigint): bigint {
  if (reader.skipping === 0) reader.variables.set(name, String(value));
  return value;
}

/** What the text of a variable comes to: a number, or an expression of its own; dash knows only numbers. */
function numberIn(reader: Reader, text: string): bigint {
  const { variables, nested } = reader;
  if (variables.isDash || /^[-+]?\d*$/.test(text.trim())) return numberOf(text);
  if (reader.skipping > 0) return 0n;
  if (++nested.count > MAX_NESTED) throw faultOf(reader, 'expression recursion loop detected', '');
  return BigInt(evaluated(text, variables, nested));
}

function variable(reader: Reader, name: string): bigint {
  const text = reader.variables.get(name);
  if (reader.variables.isDash && !/^\s*([-+]?\d.*)?$/.test(text))
    throw new ShellFault(`sh: Illegal number: ${text}`, 2);
  const value = numberIn(reader, text);
  const next = reader.tokens[reader.at];
  if (next !== '++' && next !== '--') return value;
  reader.at++;
  store(reader, name, word(next === '++' ? value + 1n : value - 1n));
  return value;
}

function primary(reader: Reader): bigint {
  const token = reader.tokens[reader.at++];
  if (token === undefined || ++reader.depth > MAX_DEPTH) throw syntaxError(reader);
  let value: bigint;
  if (token === '-') value = word(-primary(reader));
  else if (token === '+') value = primary(reader);
  else if (token === '!') value = bit(primary(reader) === 0n);
  else if (token === '~') value = word(~primary(reader));
  else if (token === '++' || token === '--') {
    const name = reader.tokens[reader.at++];
    if (!isName(name)) throw syntaxError(reader);
    const before = numberIn(reader, reader.variables.get(name));
    value = store(reader, name, word(token === '++' ? before + 1n : before - 1n));
  } else if (token === '(') {
    value = comma(reader);
    if (reader.tokens[reader.at++] !== ')') throw syntaxError(reader, "')'");
  } else if (/^\d/.test(token)) {
    if (/^0\d*[89]\d*$/.test(token)) throw syntaxError(reader);
    value = numberOf(token);
  } else if (isName(token)) value = variable(reader, token);
  else throw syntaxError(reader);
  reader.depth--;
  return value;
}

function power(reader: Reader): bigint {
  const base = primary(reader);
  if (reader.tokens[reader.at] !== '**') return base;
  reader.at++;
  const exponent = power(reader);
  if (exponent < 0n || exponent > 64n) throw syntaxError(reader);
  return word(base ** exponent);
}

/** Operators of one strength, and those that bind more tightly below them. */
function level(reader: Reader, strength: number): bigint {
  const operators = LEVELS[strength];
  if (!operators) return power(reader);
  let value = level(reader, strength + 1);
  for (
    let token = reader.tokens[reader.at];
    token !== undefined && operators.includes(token);
    token = reader.tokens[reader.at]
  ) {
    reader.at++;
    const isDecided = (token === '||' && value !== 0n) || (token === '&&' && value === 0n);
    if (isDecided) reader.skipping++;
    const right = level(reader, strength + 1);
    if (isDecided) reader.skipping--;
    value = reader.skipping > 0 || isDecided ? bit(token === '||') : compute(reader, token, value, right);
  }
  return value;
}

function choice(reader: Reader): bigint {
  const condition = level(reader, 0);
  if (reader.tokens[reader.at] !== '?') return condition;
  if (++reader.depth > MAX_DEPTH) throw syntaxError(reader);
  reader.at++;
  const branch = (isTaken: boolean): bigint => {
    if (!isTaken) reader.skipping++;
    const value = assignment(reader);
    if (!isTaken) reader.skipping--;
    return value;
  };
  const yes = branch(condition !== 0n);
  if (reader.tokens[reader.at++] !== ':') throw syntaxError(reader, "':'");
  const no = branch(condition === 0n);
  reader.depth--;
  return condition !== 0n ? yes : no;
}

function assignment(reader: Reader): bigint {
  const name = reader.tokens[reader.at];
  const operator = reader.tokens[reader.at + 1] ?? '';
  if (!isName(name) || !/^([-+*/%&|^]|<<|>>)?=$/.test(operator)) return choice(reader);
  if (++reader.depth > MAX_DEPTH) throw syntaxError(reader);
  reader.at += 2;
  const right = assignment(reader);
  reader.depth--;
  if (operator === '=') return store(reader, name, right);
  return store(
    reader,
    name,
    compute(reader, operator.slice(0, -1), numberIn(reader, reader.variables.get(name)), right),
  );
}

function comma(reader: Reader): bigint {
  let value = assignment(reader);
  while (reader.tokens[reader.at] === ',') {
    reader.at++;
    value = assignment(reader);
  }
  return value;
}

/** The value of an expression. Throws ShellFault in the shell's words. */
export const arithmetic = (source: string, variables: Variables): string => evaluated(source, variables, { count: 0 });

function evaluated(source: string, variables: Variables, nested: Reader['nested']): string {
  if (source.length > MAX_LENGTH) throw syntaxError({ source, variables });
  const { isDash = false } = variables;
  const tokens = source.replaceAll('$', ' ').match(isDash ? TOKENS_OF_DASH : TOKENS) ?? [];
  if (tokens.length === 0) return '0';
  const reader: Reader = { source, tokens, variables, at: 0, depth: 0, skipping: 0, nested };
  const value = isDash ? assignment(reader) : comma(reader);
  if (reader.at < tokens.length) throw syntaxError(reader, 'EOF');
  return String(value);
}
