/**
 * Sets of completion indexes as ordered intervals, and their text form (`0-3,7`). Pure.
 * Follows pkg/controller/job/indexed_job_utils.go (orderedIntervals, parseIndexesFromString).
 */

/** From `first` to `last`, both included. */
export interface Interval {
  readonly first: number;
  readonly last: number;
}

/** Intervals in increasing order that neither overlap nor touch. */
export type Intervals = readonly Interval[];

/** The indexes of one set or the other. */
export function mergeIntervals(one: Intervals, other: Intervals): Intervals {
  const ordered = [...one, ...other].sort((a, b) => a.first - b.first || a.last - b.last);
  const merged: { first: number; last: number }[] = [];
  for (const { first, last } of ordered) {
    const previous = merged[merged.length - 1];
    if (!previous || first > previous.last + 1) merged.push({ first, last });
    else previous.last = Math.max(previous.last, last);
  }
  return merged;
}

/** A set with further indexes, in any order. */
export function withIndexes(set: Intervals, indexes: Iterable<number>): Intervals {
  return mergeIntervals(
    set,
    [...indexes].map((index) => ({ first: index, last: index })),
  );
}

/** How many indexes a set has. */
export function totalOf(set: Intervals): number {
  let total = 0;
  for (const { first, last } of set) total += last - first + 1;
  return total;
}

/** Whether an index is in a set. */
export function hasIndex(set: Intervals, index: number): boolean {
  return set.some(({ first, last }) => first <= index && index <= last);
}

/** `0-3,7`; two neighbours are written with a comma. */
export function formatIntervals(set: Intervals): string {
  return set
    .map(({ first, last }) => (last === first ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`))
    .join(',');
}

const NUMBER = /^[+-]?\d+$/;

/** Reads the text form; indexes from `completions` on, and parts that are no numbers, are left out. */
export function parseIntervals(text: string, completions: number): Intervals {
  const read: Interval[] = [];
  if (text === '') return read;
  for (const part of text.split(',')) {
    const [firstText = '', lastText] = part.split('-');
    if (!NUMBER.test(firstText)) continue;
    const first = Number(firstText);
    if (first >= completions) break;
    if (lastText !== undefined && !NUMBER.test(lastText)) continue;
    const last = lastText === undefined ? first : Math.min(Number(lastText), completions - 1);
    const previous = read[read.length - 1];
    if (previous && previous.last === first - 1) read[read.length - 1] = { first: previous.first, last };
    else read.push({ first, last });
  }
  return read;
}
