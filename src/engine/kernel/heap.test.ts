import { expect, it } from 'vitest';
import { popHeap, pushHeap } from './heap';
import { Random } from './random';

interface Item {
  readonly rank: number;
  readonly id: number;
}

const compare = (a: Item, b: Item): number => a.rank - b.rank || a.id - b.id;

it('gives back the first of what is in it, whatever came and went before', () => {
  const random = Random.split(1, 'heap');
  const heap: Item[] = [];
  const kept: Item[] = [];
  for (let id = 0; id < 2000; id++) {
    if (random.below(3) > 0) {
      // Few ranks, so that many are equal.
      const item = { rank: random.below(20), id };
      pushHeap(heap, item, compare);
      kept.push(item);
    } else {
      const [first] = kept.sort(compare).splice(0, 1);
      expect(popHeap(heap, compare)).toBe(first);
    }
  }
  expect(kept.length).toBeGreaterThan(100);
  for (const item of kept.sort(compare)) expect(popHeap(heap, compare)).toBe(item);
  expect(popHeap(heap, compare)).toBeUndefined();
});

it('has its first item at the front', () => {
  const heap: Item[] = [];
  for (const rank of [3, 1, 2]) pushHeap(heap, { rank, id: 0 }, compare);
  expect(heap[0]?.rank).toBe(1);
  popHeap(heap, compare);
  expect(heap[0]?.rank).toBe(2);
});
