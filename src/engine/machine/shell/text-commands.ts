/** Utilities that make text of text: head, tail, wc, uniq, cut, seq, base64 and the like. Follows POSIX.1-2017 and BusyBox. */
import { decodeBase64ToBytes, encodeBase64 } from '../../api/base64';
import { contents } from './file-commands';
import { hint, isBusyBox, usageOf } from './held-programs';
import {
  append,
  type Command,
  type CommandIo,
  fail,
  lettersOf,
  MAX_MEMORY,
  outOfMemory,
  placeOf,
  plainArguments,
  print,
  readFile,
  say,
} from './host';
import { optionsOf } from './network-options';
import { absolute, sizeOf } from './paths';

/** The lines of a text; the newline at its end begins no other. */
export function linesIn(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** How many lines `-n 5`, `-n5`, `-5` or `-c 5` ask for, and the words that are left. */
function amount(args: readonly string[]): {
  count: number;
  unit: 'n' | 'c';
  fromStart: boolean;
  /** All but so many, for head. */
  isAllBut: boolean;
  rest: readonly string[];
  /** What was given in place of a number. */
  bad?: string;
} {
  const at = args.findIndex((argument) => /^(-[nc].*|-\d+|\+\d+)$/.test(argument));
  if (at < 0) return { count: 10, unit: 'n', fromStart: false, isAllBut: false, rest: args };
  const option = args[at] as string;
  const isBare = /^-[nc]$/.test(option);
  const text = isBare ? (args[at + 1] ?? '') : option.replace(/^-[nc]?/, '');
  const [, digits = '', unit = ''] = /^[-+]?(\d+)([bkKmM]?)$/.exec(text) ?? [];
  return {
    ...(digits === '' ? { bad: text.replace(/^-/, '') } : {}),
    count: Number(digits) * ({ '': 1, b: 512, k: 1024 }[unit.toLowerCase()] ?? 1024 ** 2),
    unit: option[1] === 'c' ? 'c' : 'n',
    fromStart: text.startsWith('+'),
    isAllBut: /^-[nc]/.test(option) && text.startsWith('-'),
    rest: args.filter((_, index) => index !== at && !(isBare && index === at + 1)),
  };
}

function ends(args: readonly string[], io: CommandIo, name: 'head' | 'tail'): number {
  const { count, unit, fromStart, isAllBut, rest, bad } = amount(args);
  if (bad !== undefined) {
    const what = isBusyBox(io.host) ? '' : ` of ${unit === 'c' ? 'bytes' : 'lines'}:`;
    return fail(io, `${name}: invalid number${what} '${isBusyBox(io.host) ? bad.replace(/^\+/, '') : bad}'`);
  }
  const paths = plainArguments(rest);
  const { texts, names, status } = contents(paths, io, name);
  const cut = <T extends string | string[]>(whole: T): T => {
    if (name === 'head') return whole.slice(0, isAllBut ? Math.max(0, whole.length - count) : count) as T;
    if (fromStart) return whole.slice(Math.max(0, count - 1)) as T;
    return (count === 0 ? whole.slice(0, 0) : whole.slice(-count)) as T;
  };
  for (const [index, text] of texts.entries()) {
    const isTold = paths.length > 1 || /v/.test(lettersOf(rest));
    if (isTold && !lettersOf(rest).includes('q')) say(io, `${index > 0 ? '\n' : ''}==> ${names[index]} <==`);
    if (unit === 'c') append(io, cut(text));
    else append(io, cut(text.split(/(?<=\n)/).filter(Boolean)).join(''));
  }
  return status;
}

/** paste: files side by side, or with -s the lines of each as one. */
export const paste: Command = (args, io) => {
  const { plain, values, letters } = optionsOf(args, 'd');
  const between = (values.get('d') ?? '\t').replace(/\\t/g, '\t').replace(/\\n/g, '\n');
  const dashes = plain.filter((name) => name === '-').length;
  const { texts, status } = contents(plain.length > dashes ? plain : ['-'], io, 'paste');
  // Columns of the same input take its lines by turns.
  const columns =
    dashes > 1 && dashes === plain.length
      ? plain.map((_, at) => linesIn(texts[0] ?? '').filter((_line, index) => index % dashes === at))
      : texts.map(linesIn);
  const rows = letters.includes('s')
    ? columns
    : Array.from({ length: Math.max(0, ...columns.map(({ length }) => length)) }, (_, row) =>
        columns.map((lines) => lines[row] ?? ''),
      );
  for (const row of rows)
    say(
      io,
      row.reduce((line, text, at) => `${line}${between[(at - 1) % (between.length || 1)] ?? ''}${text}`),
    );
  return status;
};

/** head. */
export const head: Command = (args, io) => ends(args, io, 'head');

/** tail; with -f it goes on with what is added. */
export const tail: Command = (args, io) => {
  if (args.includes('/dev/zero')) return 'forever';
  const follows = args.find((argument) => /^-\w*[fF]/.test(argument));
  if (!follows) return ends(args, io, 'tail');
  const rest = args.filter((argument) => argument !== follows);
  const [path = '/dev/null'] = plainArguments(amount(rest).rest);
  if (path === '/dev/null') return 'forever';
  if (readFile(io, path) !== undefined) ends(rest, io, 'tail');
  else if (!follows.includes('F')) return ends(rest, io, 'tail');
  return { follow: absolute(io.cwd, path) };
};

/** What wc counts, in the order in which it prints. */
const COUNTS: readonly (readonly [flag: string, count: (text: string, bytes: number) => number])[] = [
  ['l', (text) => text.split('\n').length - 1],
  ['w', (text) => text.split(/\s+/).filter(Boolean).length],
  ['c', (_text, bytes) => bytes],
  ['m', (_text, bytes) => bytes],
];

/** wc. */
export const count: Command = (args, io) => {
  const flags = lettersOf(args);
  const paths = plainArguments(args);
  const wanted = COUNTS.filter(([flag]) => (flags === '' ? flag !== 'm' : flags.includes(flag)));
  const numbers = (text: string, width: number, bytes = text.length): string =>
    wanted
      .map(([, of]) => String(of(text, bytes)).padStart(wanted.length > 1 || paths.length > 1 ? width : 0))
      .join(' ');
  const isSmall = isBusyBox(io.host);
  if (paths.length === 0) return print(io, numbers(io.input, isSmall ? 9 : 7));
  const held = paths.map((path) => sizeOf(io.host.files, placeOf(io, path)) || (readFile(io, path)?.length ?? 0));
  const bytes = held.reduce((sum, one) => sum + one, 0);
  const width = isSmall ? 9 : String(bytes).length;
  let status = 0;
  let all = '';
  for (const [at, path] of paths.entries()) {
    const content = readFile(io, path);
    if (content === undefined) status = fail(io, `wc: ${path}: No such file or directory`);
    else {
      print(io, `${numbers(content, width, held[at])} ${path}`);
      all += content;
    }
  }
  if (paths.length > 1) print(io, `${numbers(all, width, bytes)} total`);
  return status;
};

/** The value of an option that may stand in the same word: `-k2`, `-k 2`. */
export function optionValue(args: readonly string[], letter: string): string | undefined {
  const at = args.findIndex((argument) => argument.startsWith(`-${letter}`));
  if (at < 0) return undefined;
  const inside = (args[at] as string).slice(2);
  return inside === '' ? args[at + 1] : inside;
}

/** The words without an option and its value. */
export function withoutOption(args: readonly string[], letter: string): readonly string[] {
  const at = args.findIndex((argument) => argument.startsWith(`-${letter}`));
  if (at < 0) return args;
  return args.filter((_, index) => index !== at && !(args[at] === `-${letter}` && index === at + 1));
}

/** uniq, with -c, -d and -u. */
export const unique: Command = (args, io) => {
  const letters = lettersOf(args);
  const { texts, status } = contents(plainArguments(args).slice(0, 1), io, 'uniq');
  const groups: { line: string; count: number }[] = [];
  for (const line of linesIn(texts.join(''))) {
    const last = groups.at(-1);
    if (last?.line === line) last.count++;
    else groups.push({ line, count: 1 });
  }
  for (const { line, count: times } of groups) {
    if ((letters.includes('d') && times < 2) || (letters.includes('u') && times > 1)) continue;
    say(io, letters.includes('c') ? `${String(times).padStart(7)} ${line}` : line);
  }
  return status;
};

/** Whether a list such as `1,3-5` names a position. */
function isListed(list: string, position: number, total: number): boolean {
  return list.split(',').some((range) => {
    const [from = '', to] = range.split('-');
    const first = Number(from || 1);
    const last = to === undefined ? first : Number(to || total);
    return position >= first && position <= last;
  });
}

/** cut, with -d, -f and -c. */
export const cut: Command = (args, io) => {
  const delimiter = optionValue(args, 'd') ?? '\t';
  const fields = optionValue(args, 'f');
  const characters = optionValue(args, 'c') ?? optionValue(args, 'b');
  if (fields === undefined && characters === undefined) {
    const what = 'a list of bytes, characters, or fields';
    return fail(io, `cut: ${isBusyBox(io.host) ? `expected ${what}` : `you must specify ${what}${hint('cut')}`}`);
  }
  const rest = ['d', 'f', 'c', 'b'].reduce(withoutOption, args);
  const between = /^--output-delimiter=(.*)/s.exec(args.find((one) => one.startsWith('--o')) ?? '')?.[1] ?? delimiter;
  const { texts, status } = contents(plainArguments(rest), io, 'cut');
  for (const line of texts.flatMap(linesIn)) {
    if (characters !== undefined) {
      say(io, [...line].filter((_, index) => isListed(characters, index + 1, line.length)).join(''));
      continue;
    }
    const parts = line.split(delimiter);
    if (parts.length > 1)
      say(io, parts.filter((_, index) => isListed(fields ?? '', index + 1, parts.length)).join(between));
    else if (!lettersOf(rest).includes('s')) say(io, line);
  }
  return status;
};

/** What is wrong with the operands of seq. */
function wrongSequence(said: readonly string[], io: CommandIo): string | undefined {
  const bad = said.find((one) => !/^\s*[-+]?(\d|\.\d)/.test(one) || Number.isNaN(Number(one)));
  const isSmall = isBusyBox(io.host);
  if (bad === undefined && said.length > 0 && said.length < 4) {
    const isStill = !isSmall && said.length > 2 && Number(said[1]) === 0;
    return isStill ? `seq: invalid Zero increment value: '${said[1]}'${hint('seq')}` : undefined;
  }
  if (isSmall) return usageOf('seq [-w] [-s SEP] [FIRST [INC]] LAST');
  const what = said.length === 0 ? 'missing operand' : `extra operand '${said[3]}'`;
  return `seq: ${bad === undefined || said.length > 3 ? what : `invalid floating point argument: '${bad}'`}${hint('seq')}`;
}

/** seq. */
export const sequence: Command = (args, io) => {
  const separator = optionValue(args, 's') ?? '\n';
  const said = (separator === '\n' ? args : withoutOption(args, 's')).filter((one) => !/^-[a-z]/.test(one));
  const wrong = wrongSequence(said, io);
  if (wrong !== undefined) return fail(io, wrong);
  const numbers = said.map(Number);
  const [from, step, to] =
    numbers.length > 2 ? numbers : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : [1, 1, numbers[0]];
  const values: number[] = [];
  if (from === undefined || to === undefined) return 0;
  if (!step) return from > to ? 0 : { repeat: `${from}\n` };
  for (let value = from; step > 0 ? value <= to : value >= to; value += step) {
    // A digit and what parts it from the next: more would be refused.
    if (values.length * 2 > MAX_MEMORY) throw outOfMemory();
    values.push(value);
  }
  const places = Math.max(0, ...numbers.map((one) => String(one).split('.')[1]?.length ?? 0));
  const texts = values.map((one) => one.toFixed(places));
  const width = lettersOf(args).includes('w') ? Math.max(0, ...texts.map(({ length }) => length)) : 0;
  if (values.length > 0) say(io, texts.map((one) => one.padStart(width, '0')).join(separator));
  return 0;
};

/** base64, with -d. */
export const base64: Command = (args, io) => {
  const { texts, status } = contents(plainArguments(args.filter((one) => one !== '-w' && one !== '0')), io, 'base64');
  const text = texts.join('');
  if (lettersOf(args).includes('d')) {
    const whole = text.replace(/\s/g, '');
    const isBroken = whole.length % 4 > 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(whole);
    // BusyBox leaves what is no whole group of four.
    const part =
      isBroken && isBusyBox(io.host)
        ? whole.slice(0, 4 * Math.floor(/^[A-Za-z0-9+/]*/.exec(whole)![0].length / 4))
        : whole;
    append(io, decodeBase64ToBytes(part));
    return isBroken ? fail(io, `base64: ${isBusyBox(io.host) ? 'truncated' : 'invalid'} input`) : status;
  }
  say(io, encodeBase64(text));
  return status;
};

/** rev, nl and tac. */
export const reorder: Command = (args, io, name) => {
  const { texts, status } = contents(plainArguments(args), io, name);
  const lines = texts.flatMap((text) => (name === 'tac' ? linesIn(text).reverse() : linesIn(text)));
  for (const [index, line] of lines.entries()) {
    say(
      io,
      name === 'rev'
        ? [...line].reverse().join('')
        : name === 'nl'
          ? `${String(index + 1).padStart(6)}\t${line}`
          : line,
    );
  }
  return status;
};
