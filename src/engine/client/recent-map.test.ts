import { describe, expect, it } from 'vitest';
import { Random } from '../kernel/random';
import { type Put, RecentMap } from './recent-map';

interface Numbered extends Put {
  readonly value: number;
}

function put(map: RecentMap<Numbered>, key: string, value: number): void {
  map.put({ key, value, earlier: map.save() });
}

const KEYS = Array.from({ length: 12 }, (_, index) => `k${index}`);

describe('RecentMap', () => {
  it('forgets what was not put for longest', () => {
    const map = new RecentMap<Numbered>(3);
    for (const [index, key] of ['a', 'b', 'c', 'a', 'd'].entries()) put(map, key, index);
    expect(['a', 'b', 'c', 'd'].map((key) => map.find(key)?.value)).toEqual([3, undefined, 2, 4]);
  });

  it('goes on from what was saved as the one that saved it, and leaves that alone', () => {
    const random = Random.split(1, 'recent');
    const map = new RecentMap<Numbered>(5);
    for (let count = 0; count < 300; count++) {
      put(map, KEYS[random.below(12)] as string, count);
      if (count % 7 > 0) continue;
      const restored = new RecentMap<Numbered>(5, map.save());
      const held = KEYS.map((key) => map.find(key)?.value);
      expect(KEYS.map((key) => restored.find(key)?.value)).toEqual(held);
      put(restored, 'new', -1);
      expect(KEYS.map((key) => map.find(key)?.value)).toEqual(held);
      const other = new RecentMap<Numbered>(5, map.save());
      for (const one of [map, other]) put(one, 'k3', 1000 + count);
      expect(KEYS.map((key) => other.find(key)?.value)).toEqual(KEYS.map((key) => map.find(key)?.value));
    }
  });

  it('looks no further back than what is too old', () => {
    const map = new RecentMap<Numbered>(5);
    for (const [index, key] of ['a', 'b', 'c'].entries()) put(map, key, index);
    const restored = new RecentMap<Numbered>(5, map.save());
    const seen: number[] = [];
    const tooOld = ({ value }: Numbered): boolean => {
      seen.push(value);
      return value < 2;
    };
    expect(restored.find('x', tooOld)).toBeUndefined();
    expect(seen).toEqual([2, 1]);
    expect(restored.find('a')?.value).toBe(0);
  });
});
