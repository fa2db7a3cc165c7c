/** cmp and diff. Follows POSIX.1-2017 with BusyBox's output. */
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
  io.budget.instructions -= Math.floor((a.length + b.length) / 10);
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

/** Lines that differ: so many from a place in one text, in place of so many in the other. */
interface Piece {
  readonly at: number;
  readonly gone: number;
  readonly to: number;
  readonly come: number;
}

/** How many pairs of lines are looked at; longer texts differ in one piece. */
const MOST_PAIRS = 200_000;

/** Where two texts differ, by the longest lines that they have in common. */
function piecesOf(a: readonly string[], b: readonly string[]): Piece[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [rows, columns] = [a.length - start - end, b.length - start - end];
  if (rows * columns > MOST_PAIRS) return [{ at: start, gone: rows, to: start, come: columns }];
  const isSame = (row: number, column: number): boolean => a[start + row] === b[start + column];
  // How many lines are in common from a pair on.
  const common = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const shared = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      (common[row] as number[])[column] = isSame(row, column)
        ? shared(row + 1, column + 1) + 1
        : Math.max(shared(row + 1, column), shared(row, column + 1));
  const pieces: Piece[] = [];
  for (let [row, column] = [0, 0]; row < rows || column < columns; row++, column++) {
    const [at, to] = [row, column];
    while ((row < rows || column < columns) && !(row < rows && column < columns && isSame(row, column)))
      if (column >= columns || (row < rows && shared(row + 1, column) >= shared(row, column + 1))) row++;
      else column++;
    if (row > at || column > to) pieces.push({ at: start + at, gone: row - at, to: start + to, come: column - to });
  }
  return pieces;
}

/** Pieces with little between them are told together. */
function hunksOf(pieces: readonly Piece[]): Piece[][] {
  const hunks: Piece[][] = [];
  for (const piece of pieces) {
    const last = hunks.at(-1)?.at(-1);
    if (last && piece.at - last.at - last.gone <= 2 * AROUND) hunks.at(-1)?.push(piece);
    else hunks.push([piece]);
  }
  return hunks;
}

const lines = (from: number, count: number): string => (count > 1 ? `${from + 1},${from + count}` : `${from + count}`);

/** What differs between two texts; unified where they have names. */
function differing(a: readonly string[], b: readonly string[], names?: readonly string[]): string[] {
  const cut = (text: readonly string[], sign: string, from: number, count: number): string[] =>
    text.slice(Math.max(0, from), from + count).map((line) => `${sign}${line}`);
  const pieces = piecesOf(a, b);
  if (!names)
    return pieces.flatMap(({ at, gone, to, come }) => {
      const letter = gone === 0 ? 'a' : come === 0 ? 'd' : 'c';
      const head = `${lines(at, gone)}${letter}${lines(to, come)}`;
      return [head, ...cut(a, '< ', at, gone), ...(letter === 'c' ? ['---'] : []), ...cut(b, '> ', to, come)];
    });
  const told = hunksOf(pieces).flatMap((hunk) => {
    const [first, last] = [hunk[0] as Piece, hunk.at(-1) as Piece];
    const before = Math.min(AROUND, first.at);
    const after = Math.min(AROUND, a.length - last.at - last.gone);
    const span = (from: number, to: number): string => {
      const count = to + after - from + before;
      return range(from - before + (count === 0 ? 0 : 1), count);
    };
    const body = hunk.flatMap(({ at, gone, to, come }, index) => {
      const { at: next = at + gone + after } = hunk[index + 1] ?? {};
      return [...cut(a, '-', at, gone), ...cut(b, '+', to, come), ...cut(a, ' ', at + gone, next - at - gone)];
    });
    const head = `@@ -${span(first.at, last.at + last.gone)} +${span(first.to, last.to + last.come)} @@`;
    return [head, ...cut(a, ' ', first.at - before, before), ...body];
  });
  return [`--- ${names[0]}`, `+++ ${names[1]}`, ...told];
}
