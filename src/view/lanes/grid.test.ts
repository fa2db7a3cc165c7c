/** A window cut into buckets: where each edge belongs. */
import { expect, test } from 'vitest';
import { bucketOf, countsOf, gridOf, valuesOf, within } from './grid';
import type { Change } from './track-index';

const WINDOW = { fromMs: 1000, toMs: 2000, buckets: 4 };

test.each([
  [999, 0],
  [1000, 0],
  [1249, 0],
  [1250, 1],
  [1999, 3],
  [2000, 3],
  [2500, 3],
])('%i ms is in bucket %i', (timeMs, bucket) => {
  expect(bucketOf(gridOf(WINDOW, 9999), timeMs)).toBe(bucket);
});

test.each([
  [1000, 0],
  [1249, 0],
  [1250, 1],
  [2000, 4],
  [999, -1],
])('at %i ms the head is bucket %i', (nowMs, head) => {
  expect(gridOf(WINDOW, nowMs)).toMatchObject({ spanMs: 250, head });
});

test('a window without length has a span all the same', () => {
  expect(gridOf({ fromMs: 5, toMs: 5, buckets: 2 }, 5).spanMs).toBe(0.5);
});

test('both ends of a window are in it', () => {
  expect(within([999, 1000, 1500, 2000, 2001], WINDOW)).toEqual({ first: 1, end: 4 });
  const times = [999, 1000, 1249, 1250, 2000, 2001];
  expect(countsOf({ times, steps: times }, gridOf(WINDOW, 9999))).toEqual({ counts: [2, 1, 0, 1], total: 4 });
});

const change = (total: number | undefined): Change => ({ value: total === undefined ? undefined : { total } }) as never;
const seriesOf = (changes: readonly (readonly [number, number | undefined])[], nowMs: number) =>
  valuesOf(
    changes.map(([, total]) => change(total)),
    changes.map(([atMs]) => atMs),
    gridOf(WINDOW, nowMs),
    (value) => value as never,
  );

test.each<[string, readonly (readonly [number, number | undefined])[], number, readonly number[] | undefined]>([
  ['what held before holds', [[10, 7]], 9999, [7, 7, 7, 7]],
  [
    'a change at the end of a bucket is the next one’s',
    [
      [10, 7],
      [1250, 8],
    ],
    9999,
    [7, 8, 8, 8],
  ],
  [
    'a ms before, it is its own',
    [
      [10, 7],
      [1249, 8],
    ],
    9999,
    [8, 8, 8, 8],
  ],
  [
    'the last of several counts',
    [
      [1000, 1],
      [1100, 2],
      [1200, 3],
    ],
    9999,
    [3, 3, 3, 3],
  ],
  ['at the very beginning', [[1000, 1]], 9999, [1, 1, 1, 1]],
  ['nothing before there is something', [[1500, 1]], 9999, [-1, -1, 1, 1]],
  [
    'nothing once it is gone',
    [
      [10, 7],
      [1500, undefined],
    ],
    9999,
    [7, 7, -1, -1],
  ],
  ['nothing behind the head', [[10, 7]], 1500, [7, 7, 7, -1]],
  ['nothing at all', [[10, undefined]], 9999, undefined],
])('of values: %s', (_what, changes, nowMs, total) => {
  expect(seriesOf(changes, nowMs).total).toEqual(total);
});
