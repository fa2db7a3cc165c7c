/** Utilities that show what a file is made of: od, hexdump and xxd; and fold. Follows POSIX.1-2017 with BusyBox's and util-linux' forms. */
import { contents } from './file-commands';
import { append, type Command, fail, say } from './host';
import { optionsOf } from './network-options';
import { linesIn } from './text-commands';

const ROW = 16;
/** Names of characters in `od -c`. */
const NAMED: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

const isPrintable = (character: string): boolean => /^[ -~]$/.test(character);
const hex = (code: number, width = 2): string => code.toString(16).padStart(width, '0');

/** How a unit of some bytes is shown, and how wide. */
interface Form {
  readonly size: number;
  readonly show: (code: number, character: string) => string;
}

const octal = (size: number, width: number): Form => ({
  size,
  show: (code) => ` ${code.toString(8).padStart(width, '0')}`,
});
const FORMS: Readonly<Record<string, Form>> = {
  c: {
    size: 1,
    show: (code, one) => (NAMED[one] ?? (isPrintable(one) ? one : code.toString(8).padStart(3, '0'))).padStart(4),
  },
  b: octal(1, 3),
  o: octal(2, 6),
  x: { size: 2, show: (code) => ` ${hex(code, 4)}` },
  d: { size: 2, show: (code) => String(code).padStart(6) },
};

/** A form as -t names it: a letter and perhaps a number of bytes. */
function formOf(text: string): Form | undefined {
  const [, letter = '', digits] = /^([acdoux])([1248])?$/.exec(text) ?? [];
  const size = Number(digits ?? 4);
  if (letter === 'c' || letter === 'a') return FORMS.c;
  if (letter === 'x') return { size, show: (code) => ` ${hex(code, 2 * size)}` };
  if (letter === 'o') return octal(size, Math.ceil((8 * size) / 3));
  const width = ({ 1: 4, 2: 6, 4: 11 }[size] ?? 21) + (letter === 'd' ? 1 : 0);
  return letter === '' ? undefined : { size, show: (code) => String(code).padStart(width) };
}

/** A row of units, of which the last may lack bytes. */
function rowOf(text: string, { size, show }: Form): string {
  let row = '';
  for (let at = 0; at < text.length; at += size) {
    const unit = text.slice(at, at + size);
    const code = [...unit].reduce((sum, one, index) => sum + one.charCodeAt(0) * 256 ** index, 0);
    row += show(code, unit);
  }
  return row;
}

/** od, with -A, -t, -N and the letters for forms. */
const dump: Command = (args, io) => {
  const { plain, values, letters } = optionsOf(args, 'AtNj');
  const { texts, status } = contents(plain, io, 'od');
  const asked = values.get('t') ?? [...letters].reverse().find((letter) => letter in FORMS) ?? 'o';
  const form = values.has('t') ? formOf(asked) : FORMS[asked];
  if (!form) return fail(io, `od: invalid type string '${asked}'`);
  const radix = { d: 10, x: 16, n: 0 }[values.get('A') ?? ''] ?? 8;
  const start = Number(values.get('j') ?? 0);
  const text = texts.join('').slice(start, start + Number(values.get('N') ?? Infinity));
  const place = (at: number): string =>
    radix === 0 ? '' : (start + at).toString(radix).padStart(radix === 16 ? 6 : 7, '0');
  let before: string | undefined;
  let isFolded = false;
  for (let at = 0; at < text.length; at += ROW) {
    const row = text.slice(at, at + ROW);
    if (row === before && !letters.includes('v')) {
      if (!isFolded) say(io, '*');
      isFolded = true;
      continue;
    }
    [before, isFolded] = [row, false];
    say(io, `${place(at)}${rowOf(row, form)}`);
  }
  if (radix !== 0 && texts.length > 0) say(io, place(text.length));
  return status;
};

/** hexdump, with -C; and hd. */
const hexDump: Command = (args, io, name) => {
  const { plain, values, letters } = optionsOf(args, 'ns');
  const { texts, status } = contents(plain, io, name);
  const text = texts.join('').slice(0, Number(values.get('n') ?? Infinity));
  const isCanonical = letters.includes('C') || name === 'hd';
  const place = (at: number): string => hex(at, isCanonical ? 8 : 7);
  for (let at = 0; at < text.length; at += ROW) {
    const row = text.slice(at, at + ROW);
    const bytes = [...row].map((one) => hex(one.charCodeAt(0)));
    const halves = [bytes.slice(0, 8), bytes.slice(8)].map((half) => half.join(' ').padEnd(23));
    const shown = [...row].map((one) => (isPrintable(one) ? one : '.')).join('');
    const words = rowOf(row, FORMS.x as Form).padEnd(40);
    say(io, isCanonical ? `${place(at)}  ${halves.join('  ')}  |${shown}|` : `${place(at)}${words}`);
  }
  if (text !== '') say(io, place(text.length));
  return status;
};

/** xxd, with -p and -r -p. */
const hexText: Command = (args, io) => {
  const { plain, letters } = optionsOf(args, 'lc');
  const { texts, status } = contents(plain, io, 'xxd');
  const text = texts.join('');
  if (letters.includes('r')) {
    const digits = text.replace(/[^0-9a-fA-F]/g, '').match(/../g) ?? [];
    append(io, String.fromCharCode(...digits.map((one) => Number.parseInt(one, 16))));
    return status;
  }
  const isPlain = letters.includes('p');
  const length = isPlain ? 30 : ROW;
  for (let at = 0; at < text.length; at += length) {
    const row = text.slice(at, at + length);
    const bytes = [...row].map((one) => hex(one.charCodeAt(0))).join('');
    const shown = [...row].map((one) => (isPrintable(one) ? one : '.')).join('');
    say(io, isPlain ? bytes : `${hex(at, 8)}: ${bytes.replace(/.{4}(?=.)/g, '$& ').padEnd(39)}  ${shown}`);
  }
  return status;
};

/** fold, with -w and -s. */
const foldLines: Command = (args, io) => {
  const { plain, values, letters } = optionsOf(args, 'w');
  const width = Number(values.get('w') ?? 80);
  if (!(width > 0)) return fail(io, `fold: invalid number '${values.get('w')}'`);
  const { texts, status } = contents(plain, io, 'fold');
  for (const line of texts.flatMap(linesIn)) {
    let left = line;
    while (left.length > width) {
      const blank = letters.includes('s') ? left.slice(0, width).lastIndexOf(' ') : -1;
      const end = blank < 0 ? width : blank + 1;
      say(io, left.slice(0, end));
      left = left.slice(end);
    }
    say(io, left);
  }
  return status;
};

/** The utilities of this file by name. */
export const DUMP_COMMANDS: readonly (readonly [string, Command])[] = [
  ['od', dump],
  ['hexdump', hexDump],
  ['hd', hexDump],
  ['xxd', hexText],
  ['fold', foldLines],
];
