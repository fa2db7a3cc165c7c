import { describe, expect, it } from 'vitest';
import { add, EMPTY_SERIES, endOf, meanBefore, range, type Series, valueAt } from './series';

const of = (...entries: readonly (readonly [second: number, amount: number])[]): Series =>
  entries.reduce((series, [second, amount]) => add(series, second, amount), EMPTY_SERIES);

/** 1 in second 0, 2 in second 1 … */
const counted = (seconds: number): Series =>
  Array.from({ length: seconds }, (_, second) => second).reduce(
    (series, second) => add(series, second, second + 1),
    EMPTY_SERIES,
  );

describe('a series', () => {
  it.each([
    ['begins anywhere', of([7, 3]), [0, 3, 0], 6],
    ['adds up within a second', of([7, 3], [7, 4]), [0, 7, 0], 6],
    ['counts what was not said as 0', of([1, 5], [4, 6]), [5, 0, 0, 6, 0], 1],
    ['adds to the last of a full chunk', add(counted(60), 59, 1), [59, 61, 0], 58],
    ['goes on after a full chunk', counted(61), [59, 60, 61, 0], 58],
  ])('%s', (_what, series, values, first) => {
    expect(range(series, first, first + values.length)).toEqual(values);
  });

  it('is the same however long it is', () => {
    const series = counted(200);
    expect(endOf(series)).toBe(200);
    for (let second = 0; second < 200; second++) expect(valueAt(series, second)).toBe(second + 1);
  });

  it('is 0 long after its end', () => {
    const series = counted(5);
    expect(range(series, 58, 130)).toEqual(Array(72).fill(0));
  });

  it('keeps its past when it grows: forks share it', () => {
    const parent = counted(130);
    const left = add(parent, 130, 1000);
    const right = add(parent, 129, 1000);
    expect(range(parent, 128, 131)).toEqual([129, 130, 0]);
    expect(range(left, 128, 131)).toEqual([129, 130, 1000]);
    expect(range(right, 128, 131)).toEqual([129, 1130, 0]);
    expect(left.chunks[0]).toBe(parent.chunks[0]);
    expect(JSON.parse(JSON.stringify(left))).toEqual(left);
  });

  it('does not take back what is past', () => {
    expect(() => add(of([5, 1], [6, 1]), 5, 1)).toThrow('second 5 of a series is past: it stands at 6');
  });

  it('has a mean over a window', () => {
    expect(meanBefore(of([0, 10], [1, 20], [2, 30]), 3, 3)).toBe(20);
    expect(meanBefore(of([0, 10]), 2, 4)).toBe(2.5);
  });
});
