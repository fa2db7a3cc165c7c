/** sort, by keys, numbers, months and versions. Follows POSIX.1-2017 (sort) and the GNU utilities' -h, -M and -V. */
import { contents } from './file-commands';
import { isBusyBox } from './held-programs';
import { append, type Command, fail, writeFile } from './host';
import { optionsOf } from './network-options';
import { linesIn } from './text-commands';

/** As versions are ordered: runs of digits as numbers. */
function byVersion(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (const [at, part] of left.entries()) {
    const other = right[at] ?? '';
    if (part === other) continue;
    const isNumeric = /^\d/.test(part) && /^\d/.test(other);
    return isNumeric ? Number(part) - Number(other) : part < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** Where a key begins and ends, and how it is compared. */
interface Key {
  readonly from: readonly [field: number, character: number];
  readonly to?: readonly [field: number, character: number];
  readonly letters: string;
}

const WHOLE: readonly [number, number] = [1, 1];

/** `2`, `2,2n`, `1.3,1.5r`. */
function keyIn(text: string, letters: string): Key {
  const [, field, character, first = '', last, lastCharacter, second = ''] =
    /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text) ?? [];
  const own = first + second;
  return {
    from: [Number(field ?? 1), Number(character ?? 1)],
    ...(last === undefined ? {} : { to: [Number(last), Number(lastCharacter ?? 0)] }),
    letters: own === '' ? letters : own,
  };
}

/** Where the fields of a line begin and end; without a separator the space before one is a part of it. */
function fieldPlaces(line: string, separator: string | undefined): [start: number, end: number][] {
  if (separator === undefined)
    return [...line.matchAll(/[ \t]*[^ \t]+/g)].map(({ index, 0: text }) => [index, index + text.length]);
  let at = 0;
  return line.split(separator).map((text) => {
    const start = at;
    at += text.length + separator.length;
    return [start, start + text.length];
  });
}

function textOf(line: string, separator: string | undefined, { from, to, letters }: Key): string {
  if (from === WHOLE && !to) return letters.includes('b') ? line.trimStart() : line;
  const fields = fieldPlaces(line, separator);
  const start = fields[from[0] - 1]?.[0] ?? line.length;
  const blanks = letters.includes('b') ? (/^[ \t]*/.exec(line.slice(start))?.[0].length ?? 0) : 0;
  const [first, last] = (to && fields[to[0] - 1]) ?? [line.length, line.length];
  const end = to && to[1] > 0 ? first + to[1] : last;
  return line.slice(start + blanks + from[1] - 1, end);
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

const alphabetic = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Two keys, each as its letters say. */
function compareKeys(a: string, b: string, letters: string): number {
  if (letters.includes('V')) return byVersion(a, b);
  if (letters.includes('M')) {
    const month = (text: string): number => MONTHS.indexOf(text.trim().slice(0, 3).toUpperCase() || '?');
    return month(a) - month(b);
  }
  const value = (text: string): number =>
    (Number.parseFloat(text) || 0) *
    (letters.includes('h') ? 1024 ** ('KMGT'.indexOf(/[KMGT]/i.exec(text)?.[0].toUpperCase() ?? ' ') + 1) : 1);
  if (/[nhg]/.test(letters)) return value(a) - value(b);
  const folded = (text: string): string => (letters.includes('f') ? text.toUpperCase() : text);
  return alphabetic(folded(a), folded(b));
}

/** Every value of an option that may be given more than once. */
const valuesOf = (args: readonly string[], letter: string): string[] =>
  args.flatMap((word, at) =>
    word === `-${letter}` ? [args[at + 1] ?? ''] : (new RegExp(`^-[a-zA-Z]*${letter}(.+)`).exec(word)?.[1] ?? []),
  );

/** See the header. */
export const sort: Command = (args, io) => {
  const { letters, plain, values } = optionsOf(args, 'ktoST');
  const separator = values.get('t')?.replace('\\t', '\t');
  const said = valuesOf(args, 'k').map((text) => keyIn(text, letters));
  const keys: readonly Key[] = said.length > 0 ? said : [{ from: WHOLE, letters }];
  const { texts, status } = contents(plain, io, 'sort');
  const byKeys = (a: string, b: string): number => {
    for (const key of keys) {
      const order = compareKeys(textOf(a, separator, key), textOf(b, separator, key), key.letters);
      if (order !== 0) return key.letters.includes('r') ? -order : order;
    }
    return 0;
  };
  const sign = letters.includes('r') ? -1 : 1;
  const isStable = /[us]/.test(letters);
  let lines = texts.flatMap(linesIn);
  io.budget.instructions -= Math.floor(lines.length / 20);
  const order = (a: string, b: string): number => byKeys(a, b) || (isStable ? 0 : sign * alphabetic(a, b));
  if (letters.includes('c')) {
    const at = lines.findIndex((line, index) => index > 0 && order(lines[index - 1] as string, line) > 0);
    if (at < 0) return status;
    return fail(
      io,
      isBusyBox(io.host) ? `Check line ${at}` : `sort: ${plain[0] ?? '-'}:${at + 1}: disorder: ${lines[at]}`,
    );
  }
  lines.sort(order);
  if (letters.includes('u')) {
    // BusyBox keeps the last of those with the same key, GNU's the first.
    const next = isBusyBox(io.host) ? 1 : -1;
    lines = lines.filter((line, index) => byKeys(line, lines[index + next] ?? '') !== 0 || !(index + next in lines));
  }
  const text = lines.map((line) => `${line}\n`).join('');
  const target = values.get('o');
  if (target === undefined) append(io, text);
  const problem = target === undefined ? undefined : writeFile(io, target, text, false);
  return problem === undefined ? status : fail(io, `sort: open failed: ${target}: ${problem}`, 2);
};
