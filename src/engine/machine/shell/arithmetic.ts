/**
 * Integer arithmetic of the shell's `$((…))`, in 64 bits as dash and BusyBox have it. Follows POSIX.1-2017, Shell Command Language,
 * 2.6.4: brackets, signs, `* / %`, `+ -`, comparisons, `&& || !`. Left out: assignments, bits, `?:`.
 */
import { ShellFault } from './host';

const MAX_DEPTH = 50;
const MAX_LENGTH = 10_000;
const TOKENS = /\d+|[A-Za-z_]\w*|&&|\|\||[<>=!]=|[-+*/%()<>!]|\S/g;

interface Reader {
  readonly tokens: readonly string[];
  readonly variable: (name: string) => string;
  at: number;
  depth: number;
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

function syntaxError(): ShellFault {
  return new ShellFault('sh: arithmetic syntax error', 2);
}

function bit(value: boolean): bigint {
  return value ? 1n : 0n;
}

function compute(operator: string, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '||':
      return bit(left !== 0n || right !== 0n);
    case '&&':
      return bit(left !== 0n && right !== 0n);
    case '==':
      return bit(left === right);
    case '!=':
      return bit(left !== right);
    case '<':
      return bit(left < right);
    case '>':
      return bit(left > right);
    case '<=':
      return bit(left <= right);
    case '>=':
      return bit(left >= right);
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      if (right === 0n) throw new ShellFault('sh: divide by zero', 2);
      return operator === '/' ? left / right : left % right;
  }
}

function numberOf(text: string): bigint {
  const digits = /^\s*([-+]?)(\d{1,30})\s*$/.exec(text);
  if (!digits) return 0n;
  const value = BigInt(digits[2] as string);
  return BigInt.asIntN(64, digits[1] === '-' ? -value : value);
}

function primary(reader: Reader): bigint {
  const token = reader.tokens[reader.at++];
  if (token === undefined || ++reader.depth > MAX_DEPTH) throw syntaxError();
  let value: bigint;
  if (token === '-') value = BigInt.asIntN(64, -primary(reader));
  else if (token === '+') value = primary(reader);
  else if (token === '!') value = bit(primary(reader) === 0n);
  else if (token === '(') {
    value = level(reader, 0);
    if (reader.tokens[reader.at++] !== ')') throw syntaxError();
  } else if (/^\w/.test(token)) value = numberOf(/^\d/.test(token) ? token : reader.variable(token));
  else throw syntaxError();
  reader.depth--;
  return value;
}

/** Operators of one strength, and those that bind more tightly below them. */
function level(reader: Reader, strength: number): bigint {
  const operators = LEVELS[strength];
  if (!operators) return primary(reader);
  let value = level(reader, strength + 1);
  for (
    let token = reader.tokens[reader.at];
    token !== undefined && operators.includes(token);
    token = reader.tokens[reader.at]
  ) {
    reader.at++;
    value = BigInt.asIntN(64, compute(token, value, level(reader, strength + 1)));
  }
  return value;
}

/** The value of an expression. Throws ShellFault in the shell's words. */
export function arithmetic(source: string, variable: (name: string) => string): string {
  if (source.length > MAX_LENGTH) throw syntaxError();
  const tokens = source.replaceAll('$', ' ').match(TOKENS) ?? [];
  if (tokens.length === 0) return '0';
  const reader: Reader = { tokens, variable, at: 0, depth: 0 };
  const value = level(reader, 0);
  if (reader.at < tokens.length) throw syntaxError();
  return String(value);
}
