import { describe, expect, it } from 'vitest';
import { Random } from '../kernel/random';
import { type IndexDefinition, Store } from './store';

interface Item {
  readonly name: string;
  readonly colour: string;
}

const byColour: IndexDefinition<Item> = { name: 'colour', kind: '*', valuesOf: (item) => [item.colour] };
const item = (name: string, colour: string): Item => ({ name, colour });

/** Random writes, with the contents after each revision kept aside as plain maps. */
function randomHistory(seed: number, writes: number) {
  const random = Random.split(seed, 'store');
  const store = new Store<Item>([byColour]);
  const past: Map<string, Item>[] = [new Map()];
  for (let index = 0; index < writes; index++) {
    const key = `k${random.below(12)}`;
    const current = new Map(past[past.length - 1]);
    const value = random.below(4) === 0 ? undefined : item(key, ['red', 'green', 'blue'][random.below(3)] as string);
    if (value) current.set(key, value);
    else current.delete(key);
    store.write('Thing', key, value, index + 1, index * 10);
    past.push(current);
  }
  return { store, past };
}

const sorted = (map: Map<string, Item>) => [...map.keys()].sort().map((key) => map.get(key));
const keysOf = (map: Map<string, Item>, colour: string) =>
  [...map]
    .filter(([, value]) => value.colour === colour)
    .map(([key]) => key)
    .sort();

describe('Store', () => {
  it('reads every past revision as it was', () => {
    const { store, past } = randomHistory(1, 300);
    for (const [revision, map] of past.entries()) expect(store.listAt('Thing', revision)).toEqual(sorted(map));
    expect(store.getAt('Thing', 'k1', 0)).toBeUndefined();
  });

  it('keeps its indexes equal to ones made from scratch', () => {
    const { store, past } = randomHistory(2, 300);
    const now = past[past.length - 1] as Map<string, Item>;
    for (const colour of ['red', 'green', 'blue']) {
      expect([...(store.indexKeys('Thing', 'colour', colour) ?? [])].sort()).toEqual(keysOf(now, colour));
    }
  });

  it('forks at a revision: same past, own future', () => {
    const { store, past } = randomHistory(3, 200);
    const fork = store.forkAt(120);
    expect(fork.revision).toBe(120);
    expect(fork.list('Thing')).toEqual(sorted(past[120] as Map<string, Item>));
    fork.write('Thing', 'new', item('new', 'red'), 121, 0);
    expect(store.get('Thing', 'new')).toBeUndefined();
    expect(fork.listAt('Thing', 60)).toEqual(store.listAt('Thing', 60));
    expect([...(fork.indexKeys('Thing', 'colour', 'red') ?? [])]).toContain('new');
  });

  it('names the differences between any two revisions, near or far', () => {
    const { store, past } = randomHistory(6, 12_000);
    const random = Random.split(6, 'pairs');
    for (let pair = 0; pair < 40; pair++) {
      const [from, to] = [random.below(12_001), random.below(12_001)];
      const copy = new Map(past[from]);
      for (const [key, value] of store.differences('Thing', from, to)) {
        if (value) copy.set(key, value);
        else copy.delete(key);
      }
      expect(sorted(copy), `${from} to ${to}`).toEqual(sorted(past[to] as Map<string, Item>));
    }
    expect(store.listAt('Thing', 9000)).toEqual(sorted(past[9000] as Map<string, Item>));
  });

  it('says what changed between two revisions', () => {
    const { store } = randomHistory(5, 50);
    const changes = store.changes('Thing', 10, 20);
    expect(changes.map((change) => change.revision)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(store.changes('Other', 0, 50)).toEqual([]);
    expect(store.entryAt(11)).toBe(changes[0]);
  });
});
