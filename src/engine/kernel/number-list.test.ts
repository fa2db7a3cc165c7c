import { describe, expect, it } from 'vitest';
import { NumberList } from './number-list';

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index);

function listOf(length: number, Chunk: typeof Uint32Array | typeof Float64Array = Uint32Array): NumberList {
  const list = new NumberList(Chunk);
  for (const item of upTo(length)) list.push(item);
  return list;
}

const all = (list: NumberList): (number | undefined)[] => upTo(list.length).map((index) => list.at(index));

describe('NumberList', () => {
  it.each([0, 1, 1023, 1024, 1025, 5000])('is a list of %i numbers, with nothing outside', (length) => {
    const list = listOf(length);
    expect(list.length).toBe(length);
    expect(all(list)).toEqual(upTo(length));
    expect([list.at(-1), list.at(length), list.at(length + 2000)]).toEqual([undefined, undefined, undefined]);
  });

  it.each([0, 1, 1023, 1024, 1025, 2600, 3000])(
    'forks at %i: same beginning, each with an end of its own',
    (length) => {
      const list = listOf(3000);
      const fork = list.fork(length);
      fork.push(7);
      list.push(8);
      expect(all(fork)).toEqual([...upTo(length), 7]);
      expect(all(list)).toEqual([...upTo(3000), 8]);
    },
  );

  it('finds where a predicate begins to hold', () => {
    const list = listOf(2500);
    for (const bound of [0, 1, 1024, 2499, 2500, 9999]) {
      expect(list.firstIndex((item) => item >= bound)).toBe(Math.min(bound, 2500));
    }
    expect(new NumberList(Uint32Array).firstIndex(() => true)).toBe(0);
  });

  it('keeps what its numbers need: whole ones below 2³², or any', () => {
    const times = listOf(0, Float64Array);
    for (const time of [0.5, 2 ** 40]) times.push(time);
    expect(all(times)).toEqual([0.5, 2 ** 40]);
    const counts = listOf(0);
    counts.push(2 ** 32 - 1);
    expect(all(counts)).toEqual([2 ** 32 - 1]);
  });
});
