import { describe, expect, it } from 'vitest';
import { Random } from '../kernel/random';
import { SavedMap } from './saved-map';

/** Something that Maps are put to: replacing, adding, removing, moving to the end. */
function change(map: Map<string, number>, random: Random, value: number): void {
  const key = `k${random.below(40)}`;
  if (random.below(3) === 0) map.delete(key);
  if (random.below(4) > 0) map.set(key, value);
}

describe('SavedMap', () => {
  it('gives back every Map as it was saved, in its order, however long ago and whoever saved on', () => {
    const random = Random.split(1, 'saved-map');
    const map = new Map<string, number>();
    const kept: { saved: SavedMap; entries: [string, number][] }[] = [];
    let before: SavedMap | undefined;
    for (let save = 0; save < 300; save++) {
      for (let count = random.below(6); count > 0; count--) change(map, random, save * 10 + count);
      before = SavedMap.of(map, random.below(20) === 0 ? kept[random.below(save)]?.saved : before);
      kept.push({ saved: before, entries: [...map] });
      const other = kept[random.below(kept.length)];
      expect([...(other?.saved.restore() ?? [])]).toEqual(other?.entries);
    }
    for (const { saved, entries } of kept) expect([...saved.restore()]).toEqual(entries);
  });

  it('keeps only what changed, and nothing when nothing did', () => {
    const map = new Map(Array.from({ length: 100 }, (_, index) => [index, index]));
    let saved = SavedMap.of(map, undefined);
    expect(saved.cost).toBe(100);
    for (let round = 0; round < 100; round++) {
      expect(SavedMap.of(map, saved)).toBe(saved);
      map.set(round, -1);
      map.delete(99 - round);
      saved = SavedMap.of(map, saved);
      expect(saved.cost).toBeLessThanOrEqual(Math.max(2, map.size));
    }
  });

  it('tells a new order from the same', () => {
    const saved = SavedMap.of(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      undefined,
    );
    const turned = SavedMap.of(
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
      saved,
    );
    expect([...turned.restore().keys()]).toEqual(['b', 'a']);
    expect([...saved.restore().keys()]).toEqual(['a', 'b']);
  });

  it('gives away what is its own', () => {
    const map = new Map([['a', 1]]);
    const saved = SavedMap.of(map, undefined);
    map.set('b', 2);
    saved.restore().set('c', 3);
    expect([...saved.restore()]).toEqual([['a', 1]]);
  });
});
