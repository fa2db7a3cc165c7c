/** cmp and diff. Follows POSIX.1-2017 with BusyBox's output: diff tells one piece from the first line that differs to the last. */
import { isBusyBox } from './held-programs';
import { type Command, fail, lettersOf, plainArguments, print, readFile, say } from './host';
import { linesIn } from './text-commands';

/** Lines that unified diff shows around what differs. */
const AROUND = 3;

/** cmp: the first character that differs; diff: the lines that do. */
export const compareFiles: Command = (args, io, name) => {
  const [left = '', right = ''] = plainArguments(args);
  const letters = lettersOf(args);
  const [a, b] = [left, right].map((path) => (path === '-' ? io.input : readFile(io, path)));
  const missing = a === undefined ? left : b === undefined ? right : undefined;
  if (missing !== undefined || a === undefined || b === undefined) {
    const verb = name === 'cmp' ? `can't open '${missing}'` : `can't stat '${missing}'`;
    return fail(io, `${name}: ${isBusyBox(io.host) ? verb : missing}: No such file or directory`, 2);
  }
  if (a === b) return 0;
  if (name === 'cmp') return letters.includes('s') ? 1 : print(io, firstDifference(a, b, left, right)) + 1;
  if (letters.includes('q') || args.includes('--brief')) return print(io, `Files ${left} and ${right} differ`) + 1;
  const isUnified = isBusyBox(io.host) || letters.includes('u');
  for (const line of differing(linesIn(a), linesIn(b), isUnified ? [left, right] : undefined)) say(io, line);
  return 1;
};

function firstDifference(a: string, b: string, left: string, right: string): string {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  if (at === a.length || at === b.length) return `cmp: EOF on ${at === a.length ? left : right}`;
  return `${left} ${right} differ: char ${at + 1}, line ${a.slice(0, at).split('\n').length}`;
}

const range = (from: number, count: number): string => (count === 1 ? `${from}` : `${from},${count}`);

/** The piece of two texts between what they begin and what they end with alike; unified where they have names. */
function differing(a: readonly string[], b: readonly string[], names?: readonly string[]): string[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [gone, come] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (!names) {
    const lines = (count: number): string => (count > 1 ? `${start + 1},${start + count}` : `${start + count}`);
    const letter = gone.length === 0 ? 'a' : come.length === 0 ? 'd' : 'c';
    return [
      `${lines(gone.length)}${letter}${lines(come.length)}`,
      ...gone.map((line) => `< ${line}`),
      ...(letter === 'c' ? ['---'] : []),
      ...come.map((line) => `> ${line}`),
    ];
  }
  const before = a.slice(Math.max(0, start - AROUND), start);
  const after = a.slice(a.length - end, a.length - end + AROUND);
  const spans = [gone, come].map(({ length }) => {
    const count = before.length + length + after.length;
    return range(start - before.length + (count === 0 ? 0 : 1), count);
  });
  return [
    `--- ${names[0]}`,
    `+++ ${names[1]}`,
    `@@ -${spans[0]} +${spans[1]} @@`,
    ...before.map((line) => ` ${line}`),
    ...gone.map((line) => `-${line}`),
    ...come.map((line) => `+${line}`),
    ...after.map((line) => ` ${line}`),
  ];
}
