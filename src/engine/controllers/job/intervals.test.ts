/** Sets of indexes and their text. */
import { expect, test } from 'vitest';
import { formatIntervals, hasIndex, mergeIntervals, parseIntervals, totalOf, withIndexes } from './intervals';

test.each([
  ['', [], ''],
  ['', [3], '3'],
  ['1,3', [2], '1-3'],
  ['1', [2], '1,2'],
  ['0-3,7', [5, 4, 9, 8, 2], '0-5,7-9'],
])('%j and %j make %j', (text, indexes, made) => {
  expect(formatIntervals(withIndexes(parseIntervals(text, 100), indexes))).toBe(made);
});

test('reading leaves out what is beyond the completions or no number', () => {
  expect(formatIntervals(parseIntervals('0-3,x,5,8-20,30', 10))).toBe('0-3,5,8,9');
});

test('sets are counted, asked and merged', () => {
  const set = parseIntervals('0-3,7', 10);
  expect([totalOf(set), hasIndex(set, 3), hasIndex(set, 4), hasIndex(set, 7)]).toEqual([5, true, false, true]);
  expect(formatIntervals(mergeIntervals(set, parseIntervals('2-5', 10)))).toBe('0-5,7');
});
