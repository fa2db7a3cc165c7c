/** split, shuf and comm. Follows GNU coreutils 9.1 and BusyBox 1.35. */
import { bytesIn } from './disk-commands';
import { drawnOf } from './drawn';
import { contents } from './file-commands';
import { hint, isBusyBox } from './held-programs';
import { type Command, fail, lettersOf, plainArguments, readFile, say, writeFile } from './host';
import { optionsOf } from './network-options';
import { linesIn } from './text-commands';

/** The end of the name of a part: `aa`, `ab` …, or `00`, `01` …. */
function partName(number: number, length: number, isNumeric: boolean): string {
  const base = isNumeric ? 10 : 26;
  let name = '';
  for (let [left, place] = [number, 0]; place < length; place++) {
    const digit = left % base;
    name = (isNumeric ? String(digit) : String.fromCharCode(97 + digit)) + name;
    left = Math.floor(left / base);
  }
  return name;
}

/** So many lines are shuffled at most. */
const MOST_LINES = 100_000;

/** So many parts are made at most. */
const MOST_PARTS = 500;

function partsOf(text: string, by: ReadonlyMap<string, string>): string[] | { readonly wrong: string } {
  const [letter = 'l', said = '1000'] = ['b', 'n', 'l'].flatMap((one) =>
    by.has(one) ? [one, by.get(one) as string] : [],
  );
  const count = letter === 'b' ? bytesIn(said) : /^\d+$/.test(said) ? Number(said) : undefined;
  if (!count) return { wrong: said };
  if (letter === 'l') {
    const lines = text.split(/(?<=\n)/);
    return Array.from({ length: Math.ceil(lines.length / count) }, (_, at) =>
      lines.slice(at * count, (at + 1) * count).join(''),
    ).filter((part) => part !== '');
  }
  const size = letter === 'b' ? count : Math.floor(text.length / count);
  const length = letter === 'b' ? Math.ceil(text.length / size) : count;
  return Array.from({ length: Math.min(length, MOST_PARTS) }, (_, at) =>
    text.slice(at * size, letter === 'n' && at === count - 1 ? undefined : (at + 1) * size),
  );
}

/** split, with -l, -b, -n, -a and -d. */
export const split: Command = (args, io, name) => {
  const { plain, values, letters } = optionsOf(args, 'lbna');
  const [path] = plain;
  if (path !== undefined && path !== '-' && readFile(io, path) === undefined && !isBusyBox(io.host))
    return fail(io, `split: cannot open '${path}' for reading: No such file or directory`);
  const { texts, status } = contents(path === undefined ? [] : [path], io, name);
  if (status !== 0) return status;
  const parts = partsOf(texts.join(''), values);
  if ('wrong' in parts) {
    const isSmall = isBusyBox(io.host);
    const what = values.has('b') ? 'bytes' : values.has('n') ? 'chunks' : 'lines';
    return fail(
      io,
      isSmall ? `split: invalid number '${parts.wrong}'` : `split: invalid number of ${what}: '${parts.wrong}'`,
    );
  }
  const length = Number(values.get('a') ?? 2);
  for (const [at, part] of parts.entries()) {
    const problem = writeFile(io, `${plain[1] ?? 'x'}${partName(at, length, letters.includes('d'))}`, part, false);
    if (problem !== undefined) return fail(io, `split: ${problem}`);
  }
  return 0;
};

/** shuf, with -n, -i and -e. */
export const shuffle: Command = (args, io) => {
  const { values, plain, letters } = optionsOf(args, 'ni');
  const [first, last] = (values.get('i') ?? '').split('-').map(Number);
  const { texts, status } = contents(letters.includes('e') || last ? [] : plain, io, 'shuf');
  const left = last
    ? Array.from({ length: Math.min(last - Number(first) + 1, MOST_LINES) }, (_, at) => String(Number(first) + at))
    : letters.includes('e')
      ? [...plain]
      : texts.flatMap(linesIn);
  io.budget.instructions -= Math.ceil(left.length / 50);
  const drawn = drawnOf(`${io.host.hostname} ${io.host.now} ${io.budget.instructions}`, left.length, MOST_LINES);
  const most = Math.min(left.length, Number(values.get('n') ?? left.length));
  for (let at = 0; at < most; at++) {
    const place = at + ((drawn[at] ?? 0) % (left.length - at));
    say(io, left[place] as string);
    left[place] = left[at] as string;
  }
  return status;
};

/** comm: what two files in order have alone, and what both have. */
export const common: Command = (args, io, name) => {
  const paths = plainArguments(args);
  if (paths.length < 2)
    return fail(io, `${name}: missing operand${paths[0] ? ` after '${paths[0]}'` : ''}${hint(name)}`);
  const { texts, status } = contents(paths, io, name);
  if (status !== 0) return status;
  const left = paths.map((_, at) => linesIn(texts[at] ?? ''));
  const hidden = lettersOf(args);
  const show = (column: number, line: string): void => {
    if (hidden.includes(String(column))) return;
    const before = [1, 2, 3].filter((one) => one < column && !hidden.includes(String(one))).length;
    say(io, '\t'.repeat(before) + line);
  };
  const [first = [], second = []] = left;
  let [one, two] = [0, 0];
  while (one < first.length || two < second.length) {
    const [a, b] = [first[one], second[two]];
    if (a === b && a !== undefined) show(3, a);
    else if (b === undefined || (a !== undefined && a < b)) show(1, a as string);
    else show(2, b);
    if (b === undefined || (a !== undefined && a <= b)) one++;
    if (a === undefined || (b !== undefined && b <= a)) two++;
  }
  return 0;
};
