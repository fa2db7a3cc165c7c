/** The expressions of bc: numbers, variables, sums, comparisons, functions. Follows POSIX.1-2017 (bc). */
import {
  BcError,
  type Decimal,
  decimalOf,
  decimalText,
  OPERATORS,
  ofLibrary,
  order,
  root,
  scaled,
  ZERO,
} from './bc-numbers';
import { append, type CommandIo, outOfMemory } from './host';

/** What is worked out when its turn comes. */
export type Value = () => Decimal;
/** A program while it is read and run: each line is run as soon as it is read. */
export interface Reader {
  readonly source: string;
  readonly io: CommandIo;
  readonly variables: Map<string, Decimal>;
  /** The functions of -l are there. */
  readonly hasLibrary: boolean;
  at: number;
  token: string;
  depth: number;
  work: number;
}

const TOKEN =
  /(?:[ \t\r]|\\\n|\/\*[\s\S]*?\*\/|#[^\n]*)*(\n|"[^"]*"|[0-9A-F]*\.?[0-9A-F]+\.?|[a-z]\w*|\+\+|--|&&|\|\||[-+*/%^=!<>]=|[\s\S])?/g;
const MAX_WORK = 100_000;
/** What holds. */
export const ONE: Decimal = { whole: 1n, scale: 0 };

/** Counts what is done, against programs that don't end and numbers that only grow. */
export function charge(reader: Reader, work = 1): void {
  reader.work += work;
  if (reader.work > MAX_WORK) throw outOfMemory();
  if (reader.work % 50 < work) reader.io.budget.instructions--;
}

const truth = (holds: boolean): Decimal => (holds ? ONE : ZERO);
/** Whether a condition holds. */
export const isTrue = ({ whole }: Decimal): boolean => whole !== 0n;

/** Goes on to the next token; the one before. */
export function take(reader: Reader): string {
  const { token } = reader;
  const pattern = new RegExp(TOKEN.source, 'y');
  pattern.lastIndex = reader.at;
  reader.token = pattern.exec(reader.source)?.[1] ?? '';
  reader.at = pattern.lastIndex;
  charge(reader);
  return token;
}

/** Takes a token where it is the next. */
export function takes(reader: Reader, token: string): boolean {
  if (reader.token !== token || token === '') return false;
  take(reader);
  return true;
}

/** What is wrong with what comes next. */
export const unexpected = ({ token }: Reader): BcError =>
  new BcError(`bad ${/^[$@&~?:'`\\|]$/.test(token) ? 'character' : 'expression at'} '${token.trim()}'`);

/** Takes what has to come next. */
export function expect(reader: Reader, token: string): void {
  if (!takes(reader, token)) throw unexpected(reader);
}

function setting({ variables }: Reader, name: 'scale' | 'ibase' | 'obase'): number {
  const value = variables.get(name);
  return value ? Number(scaled(value, 0).whole) : name === 'scale' ? 0 : 10;
}

/** Prints a number, and keeps it as the last. */
export function show(reader: Reader, value: Decimal): void {
  reader.variables.set('last', value);
  append(reader.io, decimalText(value, setting(reader, 'obase')));
}

/** From the loosest on. */
const LEVELS = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];
const SUM = 3;

const COMPARED: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (one) => one === 0,
  '!=': (one) => one !== 0,
  '<': (one) => one < 0,
  '<=': (one) => one <= 0,
  '>': (one) => one > 0,
  '>=': (one) => one >= 0,
};

/** A number's length in parts of some hundreds of digits. */
const costOf = ({ whole }: Decimal): number => Math.floor(whole.toString(16).length / 256);

function compute(reader: Reader, operator: string, a: Decimal, b: Decimal): Decimal {
  charge(reader, 1 + costOf(a) * costOf(b));
  const sum = OPERATORS[operator];
  return sum ? sum(a, b, setting(reader, 'scale')) : truth(COMPARED[operator]?.(order(a, b)) === true);
}

/** Reads an expression. */
export function readValue(reader: Reader, level = 0): Value {
  const operators = LEVELS[level];
  if (!operators) return readPower(reader);
  let left = readValue(reader, level + 1);
  while (operators.includes(reader.token)) {
    const [operator, before] = [take(reader), left];
    const right = readValue(reader, level + 1);
    if (operator === '&&') left = () => truth(isTrue(before()) && isTrue(right()));
    else if (operator === '||') left = () => truth(isTrue(before()) || isTrue(right()));
    else left = () => compute(reader, operator, before(), right());
  }
  return left;
}

function readPower(reader: Reader): Value {
  const base = readSigned(reader);
  if (!takes(reader, '^')) return base;
  const exponent = readPower(reader);
  return () => compute(reader, '^', base(), exponent());
}

function readSigned(reader: Reader): Value {
  if (++reader.depth > 1_000) throw outOfMemory();
  if (takes(reader, '!')) {
    const negated = readSigned(reader);
    return () => truth(!isTrue(negated()));
  }
  if (!takes(reader, '-')) return readPrimary(reader);
  const value = readSigned(reader);
  return () => compute(reader, '-', ZERO, value());
}

const NUMBER = /^[0-9A-F]*\.?[0-9A-F]+\.?$/;

function readPrimary(reader: Reader): Value {
  const { token } = reader;
  if (takes(reader, '(')) {
    const value = readValue(reader);
    expect(reader, ')');
    return value;
  }
  if (NUMBER.test(token)) {
    take(reader);
    return () => decimalOf(token, setting(reader, 'ibase'));
  }
  const sign = token === '++' || token === '--' ? take(reader) : undefined;
  if (!/^([a-z]\w*|\.)$/.test(reader.token)) {
    throw unexpected(reader);
  }
  const word = take(reader);
  const name = word === '.' ? 'last' : word;
  if (sign) return () => assign(reader, name, compute(reader, sign.slice(1), held(reader, name), ONE));
  return takes(reader, '(') ? readCall(reader, name) : readNamed(reader, name);
}

const held = (reader: Reader, name: string): Decimal =>
  reader.variables.get(name) ?? (/^[io]base$/.test(name) ? decimalOf('10', 10) : ZERO);

function assign({ variables }: Reader, name: string, value: Decimal): Decimal {
  if (variables.size > 1_000) throw outOfMemory();
  variables.set(name, value);
  return value;
}

/** A variable, perhaps one that is set here. */
function readNamed(reader: Reader, name: string): Value {
  if (reader.token === '++' || reader.token === '--') {
    const sign = take(reader).slice(1);
    return () => {
      const before = held(reader, name);
      assign(reader, name, compute(reader, sign, before, ONE));
      return before;
    };
  }
  const operator = /^([-+*/%^]?)=$/.exec(reader.token)?.[1];
  if (operator === undefined) return () => held(reader, name);
  take(reader);
  const right = readValue(reader, SUM);
  return () => assign(reader, name, operator === '' ? right() : compute(reader, operator, held(reader, name), right()));
}

function readCall(reader: Reader, name: string): Value {
  const value = readValue(reader);
  expect(reader, ')');
  return () => {
    const of = value();
    const scale = setting(reader, 'scale');
    charge(reader, 1 + Math.floor((scale / 20) ** 2 / 10));
    if (name === 'sqrt') return root(of, scale);
    if (name === 'scale') return { whole: BigInt(of.scale), scale: 0 };
    if (name === 'length') return { whole: BigInt(`${of.whole}`.replace('-', '').length), scale: 0 };
    const found = reader.hasLibrary ? ofLibrary(name, of, scale) : undefined;
    if (!found) throw new BcError('undefined function');
    return found;
  };
}
