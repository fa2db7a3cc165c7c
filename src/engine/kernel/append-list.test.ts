import { describe, expect, it } from 'vitest';
import { AppendList } from './append-list';

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index);

function listOf(length: number): AppendList<number> {
  const list = new AppendList<number>();
  for (const item of upTo(length)) list.push(item);
  return list;
}

describe('AppendList', () => {
  it.each([0, 1, 1023, 1024, 1025, 5000])('is a list of %i items', (length) => {
    const list = listOf(length);
    expect(list.length).toBe(length);
    expect(list.slice(0, length)).toEqual(upTo(length));
    for (const index of [0, 1, 1022, 1023, 1024, 1025, length - 1]) {
      expect(list.at(index)).toBe(index >= 0 && index < length ? index : undefined);
    }
    expect([list.at(-1), list.at(length)]).toEqual([undefined, undefined]);
  });

  it.each([
    [-5, 3],
    [1000, 1030],
    [1024, 2048],
    [2999, 9999],
    [20, 10],
  ])('is sliced from %i to %i as an array is', (from, to) => {
    expect(listOf(3000).slice(from, to)).toEqual(upTo(3000).slice(Math.max(0, from), to));
  });

  it.each([0, 1, 1023, 1024, 1025, 2600, 3000])(
    'forks at %i: same beginning, each with an end of its own',
    (length) => {
      const list = listOf(3000);
      const fork = list.fork(length);
      fork.push(-1);
      list.push(-2);
      expect(fork.slice(0, Infinity)).toEqual([...upTo(length), -1]);
      expect(list.slice(0, Infinity)).toEqual([...upTo(3000), -2]);
    },
  );

  it('finds where a predicate begins to hold', () => {
    const list = listOf(2500);
    for (const bound of [0, 1, 1024, 2499, 2500, 9999]) {
      expect(list.firstIndex((item) => item >= bound)).toBe(Math.min(bound, 2500));
    }
    expect(new AppendList<number>().firstIndex(() => true)).toBe(0);
  });
});
