import { describe, expect, it } from 'vitest';
import { AssertionError } from '../kernel/assertion-error';
import { Random } from '../kernel/random';
import { type IndexDefinition, type LogEntry, Store } from './store';

interface Item {
  readonly name: string;
  readonly colour: string;
}

const byColour: IndexDefinition<Item> = { name: 'colour', kind: '*', valuesOf: (item) => [item.colour] };
const item = (name: string, colour: string): Item => ({ name, colour });

/** Random writes to a store, with the contents after each revision kept aside as plain maps. */
function scribble(store: Store<Item>, past: Map<string, Item>[], random: Random, writes: number, keys: number): void {
  for (let index = 0; index < writes; index++) {
    const key = `k${random.below(keys)}`;
    const current = new Map(past[past.length - 1]);
    const value = random.below(4) === 0 ? undefined : item(key, ['red', 'green', 'blue'][random.below(3)] as string);
    if (value) current.set(key, value);
    else current.delete(key);
    store.write('Thing', key, value, index + 1, index * 10);
    past.push(current);
  }
}

function randomHistory(seed: number, writes: number, keys = 12) {
  const store = new Store<Item>([byColour]);
  const past: Map<string, Item>[] = [new Map()];
  scribble(store, past, Random.split(seed, 'store'), writes, keys);
  return { store, past };
}

/** Everything that can be reached from a value. */
function reachable(root: unknown): unknown[] {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    open.push(
      ...Object.values(value),
      ...(value instanceof Map ? [...value].flat() : value instanceof Set ? value : []),
    );
  }
  return [...seen];
}

const isEntry = (value: unknown): value is LogEntry<Item> => 'atMs' in (value as object);

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
      expect([...store.indexKeys('Thing', 'colour', colour)].sort()).toEqual(keysOf(now, colour));
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
    expect([...fork.indexKeys('Thing', 'colour', 'red')]).toContain('new');
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

  it('keeps every promise through many stretches of the log, and so does each of its forks', () => {
    const { store, past } = randomHistory(8, 9000, 300);
    const random = Random.split(8, 'forks');
    const checkLook = (one: Store<Item>, contents: readonly Map<string, Item>[], revision: number) => {
      expect(one.listAt('Thing', revision)).toEqual(sorted(contents[revision] as Map<string, Item>));
      for (let look = 0; look < 60; look++) {
        const key = `k${random.below(300)}`;
        const at = random.below(one.revision + 1);
        expect(one.getAt('Thing', key, at), `${key} at ${at}`).toBe(contents[at]?.get(key));
      }
    };
    for (const revision of [
      1,
      2047,
      2048,
      2049,
      4096,
      5000,
      8191,
      8192,
      9000,
      ...[1, 2, 3].map(() => random.below(9000)),
    ]) {
      const fork = store.forkAt(revision);
      const contents = past.slice(0, revision + 1);
      expect(fork.revision).toBe(revision);
      expect(fork.count('Thing')).toBe(contents[revision]?.size);
      checkLook(fork, contents, revision);
      scribble(fork, contents, random, 2500, 300);
      const now = contents[contents.length - 1] as Map<string, Item>;
      checkLook(fork, contents, fork.revision);
      checkLook(fork, contents, random.below(fork.revision));
      expect(fork.count('Thing')).toBe(now.size);
      for (const [key, value] of now) expect(fork.get('Thing', key)).toBe(value);
      for (const colour of ['red', 'green', 'blue']) {
        expect([...fork.indexKeys('Thing', 'colour', colour)].sort()).toEqual(keysOf(now, colour));
      }
    }
    checkLook(store, past, 9000);
  });

  it('tells the whole history of a key, through deletions long ago', () => {
    const store = new Store<Item>();
    const told: { revision: number; value: Item | undefined }[] = [];
    const write = (value: Item | undefined) =>
      told.push({ revision: store.write('Thing', 'a', value, 1, 0).revision, value });
    for (let life = 0; life < 4; life++) {
      write(item('a', `colour ${life}`));
      write(item('a', `colour ${life} again`));
      write(undefined);
      if (life % 2 === 0)
        for (let filler = 0; filler < 5000; filler++) store.write('Thing', `f${filler}`, item('f', 'x'), 1, 0);
    }
    expect(store.history('Thing', 'a')).toEqual(told);
    for (const { revision, value } of told) {
      expect(store.getAt('Thing', 'a', revision)).toBe(value);
      expect(store.forkAt(revision).get('Thing', 'a')).toBe(value);
      expect(store.forkAt(revision).history('Thing', 'a')).toEqual(told.filter((one) => one.revision <= revision));
    }
  });

  it('forks hold nothing of what their parent writes later, and share what was before', () => {
    const { store } = randomHistory(9, 6000, 50);
    const fork = store.forkAt(3000);
    const held = reachable(fork).filter(isEntry);
    expect(Math.max(...held.map(({ revision }) => revision))).toBe(3000);
    const mine = new Set<unknown>(reachable(store).filter(isEntry));
    expect(held.filter((entry) => !mine.has(entry))).toEqual([]);
  });

  it('takes over changes of the store it was forked from, but none out of turn', () => {
    const { store } = randomHistory(10, 40);
    const fork = store.forkAt(20);
    fork.adopt(store.entryAt(21) as never);
    expect(fork.entryAt(21)).toBe(store.entryAt(21));
    expect(() => fork.adopt(store.entryAt(21) as never)).toThrow(AssertionError);
    expect(() => fork.adopt(store.entryAt(23) as never)).toThrow("revision 23 can't follow revision 21");
  });
});
