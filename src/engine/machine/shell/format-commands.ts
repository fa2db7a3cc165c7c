/** printf and echo, and the formats and escapes that others have too. Follows POSIX.1-2017 (printf, echo). */
import { blames, hint } from './held-programs';
import { append, type Command, type CommandIo, fail } from './host';

const ESCAPED: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** A text with its backslashes taken for what they stand for. `isQuoted`: also before quotes, as in bash's `$'…'`. */
export function withEscapes(text: string, isDash = false, isQuoted = false): string {
  return text.replace(/\\(0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|[\s\S])/g, (whole, code: string) => {
    if (isDash && /^[xeu]/.test(code)) return whole;
    if (/^[0-7]+$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (/^[xu]./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return isQuoted && /['"]/.test(code) ? code : (ESCAPED[code] ?? whole);
  });
}

/** A number as printf takes it: decimal, octal, hexadecimal, or the code of the character after a quote. */
const NUMBER = /^\s*(?:([-+]?)(?:0x([0-9a-f]+)|0([0-7]+)|(\d*\.?\d*(?:e[-+]?\d+)?))|['"]([\s\S]).*)$/i;

/** What a value is as a number: what it begins with counts where that is one. */
export function numberIn(value: string): number {
  const [, sign, hexadecimal, octal, decimal, character] = NUMBER.exec(value) ?? [];
  const size =
    character !== undefined
      ? character.charCodeAt(0)
      : hexadecimal !== undefined
        ? Number.parseInt(hexadecimal, 16)
        : octal !== undefined
          ? Number.parseInt(octal, 8)
          : Number(decimal ?? Number.NaN);
  return (sign === '-' ? -1 : 1) * (Number.isNaN(size) ? Number.parseFloat(value) || 0 : size);
}

/** A number with so many digits behind the point; what lies halfway goes to the even one, as in C. */
function fixed(number: number, digits: number): string {
  const scaled = Math.abs(number) * 10 ** digits;
  const isHalf = scaled % 1 === 0.5 && Math.floor(scaled) % 2 === 0 && (number * 1024) % 1 === 0;
  return (isHalf ? (Math.sign(number) * Math.floor(scaled)) / 10 ** digits : number).toFixed(digits);
}

/** A whole number as 64 bits without a sign. */
const unsigned = (number: number, base: number): string =>
  Number.isFinite(number) ? BigInt.asUintN(64, BigInt(Math.trunc(number))).toString(base) : String(number);

/** A number with so many digits that count, in the shorter of two forms. */
function general(number: number, digits: number): string {
  const [, exponent = '0'] = number.toExponential(digits - 1).split('e');
  const isPlain = Number(exponent) >= -4 && Number(exponent) < digits;
  const text = isPlain ? number.toFixed(digits - 1 - Number(exponent)) : number.toExponential(digits - 1);
  return text.replace(/\.?0+(?=$|e)/, (zeroes) => (text.includes('.') ? '' : zeroes)).replace(/(?<=e[-+])(?=\d$)/, '0');
}

/** A value as bash reads it again. */
export function quotedForShell(value: string): string {
  if (value === '') return "''";
  if (/\p{Cc}/u.test(value)) {
    const named = (one: string): string => Object.keys(ESCAPED).find((code) => ESCAPED[code] === one) ?? one;
    return `$'${value.replace(/[\p{Cc}'\\]/gu, (one) => `\\${named(one)}`)}'`;
  }
  return value.replace(/[^\w@%+=:./^-]/g, '\\$&');
}

/** A value as a format of printf wants it. */
function formatValue(spec: string, given: string | number, isAwk: boolean, isDash: boolean): string {
  const match = /^%([-+ 0#]*)(\d*)(?:\.(-?\d*))?([a-zA-Z])$/.exec(spec);
  if (!match) return spec;
  const [, flags = '', width = '', precision, letter = 's'] = match;
  const value = String(given);
  const number = isAwk ? Number.parseFloat(value) || 0 : numberIn(value);
  const texts: Readonly<Record<string, () => string>> = {
    d: () => String(Math.trunc(number)),
    i: () => String(Math.trunc(number)),
    u: () => unsigned(number, 10),
    x: () => `${flags.includes('#') ? '0x' : ''}${unsigned(number, 16)}`,
    X: () => `${flags.includes('#') ? '0X' : ''}${unsigned(number, 16).toUpperCase()}`,
    o: () => `${flags.includes('#') ? '0' : ''}${unsigned(number, 8)}`,
    f: () => fixed(number, Math.min(20, Number(precision ?? 6))),
    e: () => number.toExponential(Math.min(20, Number(precision ?? 6))).replace(/(?<=e[-+])(?=\d$)/, '0'),
    g: () => general(number, Number(precision ?? 6) || 1),
    c: () => (typeof given === 'number' ? String.fromCharCode(given) : value.slice(0, 1)),
    s: () => (precision === undefined ? value : value.slice(0, Number(precision))),
    b: () => withEscapes(value, isDash),
    q: () => quotedForShell(value),
  };
  const text = (texts[letter] ?? (() => value))();
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const signed = /[difeg]/.test(letter) && number >= 0 ? `${sign}${text}` : text;
  const size = Math.min(1000, Number(width));
  if (flags.includes('-')) return signed.padEnd(size);
  return flags.includes('0') && letter !== 's' ? signed.padStart(size, '0') : signed.padStart(size);
}

/** A format with its arguments; it is used again as long as there are more of them, but by awk, whose numbers are decimal. */
export function formatAll(format: string, values: readonly (string | number)[], isAwk = false, isDash = false): string {
  let next = 0;
  let text = '';
  do {
    const before = next;
    text += format.replace(/%%|%[-+ 0#]*(?:\*|\d*)(?:\.(?:\*|\d*))?[a-zA-Z]/g, (spec) => {
      if (spec === '%%') return '%';
      const sized = spec.replace(/\*/g, () => String(numberIn(String(values[next++] ?? 0))));
      return formatValue(sized, values[next++] ?? '', isAwk, isDash);
    });
    if (isAwk || next === before) break;
  } while (next < values.length && text.length < 1_000_000);
  return text;
}

function invalidNumber({ shell }: CommandIo, value: string): string {
  if (shell?.kind === 'busybox') return `${shell.name}: invalid number '${value}'`;
  const begin = shell ? `${blames(shell.kind, shell.name, shell.line)}printf: ` : 'printf: ';
  return `${begin}${value}: ${shell?.kind === 'bash' ? 'invalid number' : 'expected numeric value'}`;
}

function usageOf({ shell }: CommandIo): string {
  if (shell?.kind === 'busybox') return `${shell.name}: usage: printf FORMAT [ARGUMENT...]`;
  const begin = shell ? blames(shell.kind, shell.name, shell.line) : '';
  return shell?.kind === 'bash'
    ? 'printf: usage: printf [-v var] format [arguments]'
    : `${begin}printf: ${shell ? 'usage: printf format [arg ...]' : `missing operand${hint('printf')}`}`;
}

/** The letters that end what stands for a value. */
const KNOWN = 'diouxXeEfFgGaAcsb';

/** A shell's words for what stands for no value. */
function oddFormat({ shell }: CommandIo, spec: string, rest: string): string {
  if (shell?.kind === 'busybox') return `${shell.name}: ${rest}: invalid format`;
  const begin = shell ? `${blames(shell.kind, shell.name, shell.line)}printf: ` : 'printf: ';
  if (shell?.kind === 'bash') return `${begin}\`${spec.at(-1)}': invalid format character`;
  return `${begin}${spec}: invalid ${shell ? 'directive' : 'conversion specification'}`;
}

/** printf. */
export const printf: Command = (args, io) => {
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args;
  if (format === undefined) return fail(io, usageOf(io), 2);
  const kind = io.shell?.kind ?? 'any';
  const odd = new RegExp(
    `%[-+ 0#]*(?:\\d+|\\*)?(?:\\.\\d*)?[^-+ 0#.\\d*%${KNOWN}${kind === 'dash' || kind === 'busybox' ? '' : 'q(n'}]`,
  ).exec(format.replaceAll('%%', '\0\0'));
  const wanted = withEscapes(odd ? format.slice(0, odd.index) : format, kind === 'dash');
  append(io, formatAll(wanted, values, false, kind === 'dash'));
  if (odd) return fail(io, oddFormat(io, odd[0], format.slice(odd.index)), kind === 'dash' ? 2 : 1);
  const letters = [...wanted.replaceAll('%%', '').matchAll(/%[^a-zA-Z]*?(\*|[a-zA-Z])|(?<=%[^a-zA-Z]*)[a-zA-Z]/g)].map(
    ([whole, letter = whole]) => letter,
  );
  const bad = values.filter(
    (value, at) => /[diouxXeEfgG]/.test(letters[at % letters.length] ?? '') && !(NUMBER.test(value) || value === ''),
  );
  for (const value of bad) fail(io, invalidNumber(io, value));
  return bad.length > 0 ? 1 : 0;
};

/** echo, with -n and -e; dash knows but -n, and takes backslashes for what they stand for. */
export const echo: Command = (args, io) => {
  let rest = args;
  let newline = true;
  let escapes = false;
  const isPlain = io.shell?.kind === 'dash';
  for (; (isPlain ? /^-n$/ : /^-[neE]+$/).test(rest[0] ?? ''); rest = rest.slice(1)) {
    if (rest[0]?.includes('n')) newline = false;
    if (rest[0]?.includes('e')) escapes = true;
  }
  const text = rest.join(' ');
  if (!escapes && !isPlain) append(io, `${text}${newline ? '\n' : ''}`);
  else {
    // Nothing is printed from \c on.
    const [, before = '', end] = /^((?:\\[^c]|[^\\])*)(\\c)?/s.exec(text) ?? [];
    append(io, `${withEscapes(end ? before : text, isPlain)}${newline && !end ? '\n' : ''}`);
  }
  return 0;
};
