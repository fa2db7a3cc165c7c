/**
 * Lists of indexes as text (`0-3,7`), as status and success policies have them.
 * Follows pkg/apis/batch/validation/validation.go (validateIndexesFormat and what it calls).
 */
import { quoteGo } from './field-errors';

type Interval = { readonly first: number; readonly last: number };

function parseIndex(text: string, completions: number): number | { problem: string } {
  if (!/^[+-]?\d+$/.test(text)) return { problem: `cannot convert string to integer for index: ${quoteGo(text)}` };
  return Number(text) >= completions ? { problem: `too large index: ${quoteGo(text)}` } : Number(text);
}

function order(previous: number, current: number): { problem: string } {
  return { problem: `non-increasing order, previous: ${previous}, current: ${current}` };
}

function parseInterval(text: string, completions: number): Interval | { problem: string } {
  const [firstText = '', lastText, ...more] = text.split('-');
  if (more.length > 0) {
    const rule = "violates the requirement that an index interval can have at most two parts separated by '-'";
    return { problem: `the fragment ${quoteGo(text)} ${rule}` };
  }
  const first = parseIndex(firstText, completions);
  if (typeof first !== 'number') return first;
  if (lastText === undefined) return { first, last: first };
  const last = parseIndex(lastText, completions);
  if (typeof last !== 'number') return last;
  return first >= last ? order(first, last) : { first, last };
}

/** How many indexes a list names, or what is wrong with it. */
export function countIndexes(text: string, completions: number): number | { readonly problem: string } {
  if (text === '') return 0;
  let total = 0;
  let previous: number | undefined;
  for (const part of text.split(',')) {
    const interval = parseInterval(part, completions);
    if ('problem' in interval) return interval;
    if (previous !== undefined && previous >= interval.first) return order(previous, interval.first);
    total += interval.last - interval.first + 1;
    previous = interval.last;
  }
  return total;
}

/** The first index that two lists share, as an error; parts that can't be read are passed over. */
export function overlapProblem(completed: string, failed: string, completions: number): string | undefined {
  const read = (text: string): Interval[] =>
    text.split(',').flatMap((part) => {
      const interval = parseInterval(part, completions);
      return 'problem' in interval ? [] : [interval];
    });
  if (completed === '' || failed === '') return undefined;
  for (const one of read(completed)) {
    const other = read(failed).find(({ first, last }) => one.first <= last && first <= one.last);
    if (other) {
      return `failedIndexes and completedIndexes overlap at index: ${Math.max(one.first, other.first)}`;
    }
  }
  return undefined;
}
