/** What a store says of its keys besides their values: kinds, counts, latest changes, indexes by kind, and what stands before the first write. */
import { describe, expect, it } from 'vitest';
import { type IndexDefinition, Store } from './store';

interface Item {
  readonly colour: string;
}

const red: Item = { colour: 'red' };
const blue: Item = { colour: 'blue' };
const byColour: IndexDefinition<Item> = { name: 'colour', kind: '*', valuesOf: ({ colour }) => [colour] };
const founded = () =>
  new Store<Item>(
    [byColour],
    new Map([
      ['Thing', new Map(Object.entries({ b: blue, a: red }))],
      ['Empty', new Map()],
    ]),
  );

describe('what stands before the first write', () => {
  it('is there at revision 0, in key order, and no change of the log', () => {
    const store = founded();
    expect([store.revision, store.latestOf('Thing'), store.newest('Thing')]).toEqual([0, 0, undefined]);
    expect([store.count('Thing'), store.count('Empty'), store.count('None')]).toEqual([2, 0, 0]);
    expect([store.list('Thing'), store.list('Empty'), store.list('None')]).toEqual([[red, blue], [], []]);
    expect(store.listAt('Thing', 0)).toEqual([red, blue]);
    expect([store.get('Thing', 'a'), store.getAt('Thing', 'b', 0)]).toEqual([red, blue]);
    expect([...store.indexKeys('Thing', 'colour', 'blue')]).toEqual(['b']);
    expect(store.changes('Thing', -1, 9)).toEqual([]);
  });

  it.each([
    [
      'past',
      (store: Store<Item>) => Array.from(store.past('Thing', 'a'), ({ revision, value }) => ({ revision, value })),
    ],
    ['history', (store: Store<Item>) => store.history('Thing', 'a')],
  ])('is told by %s, whatever was asked before', (_what, told) => {
    expect(told(founded())).toEqual([{ revision: 0, value: red }]);
  });

  it('is what the first change replaces, in a fork too', () => {
    const store = founded();
    const { previous, revision } = store.write('Thing', 'a', undefined, 1, 0);
    expect([previous, revision]).toEqual([red, 1]);
    expect(store.history('Thing', 'a')).toEqual([
      { revision: 0, value: red },
      { revision: 1, value: undefined },
    ]);
    expect([store.count('Thing'), store.list('Thing'), store.listAt('Thing', 0)]).toEqual([1, [blue], [red, blue]]);
    for (const at of [0, 1]) expect(store.forkAt(at).list('Thing')).toEqual(store.listAt('Thing', at));
  });

  it('is of kinds that are told in order, those of a fork as of its revision', () => {
    const store = founded();
    store.write('Other', 'x', red, 1, 0);
    expect(store.kinds()).toEqual(['Empty', 'Other', 'Thing']);
    expect(store.forkAt(0).kinds()).toEqual(['Empty', 'Thing']);
    expect(store.forkAt(1).kinds()).toEqual(['Empty', 'Other', 'Thing']);
    expect(new Store<Item>().kinds()).toEqual([]);
  });
});

describe('the latest change of a kind', () => {
  it('is its last one, also when that took something away', () => {
    const store = new Store<Item>();
    expect([store.latestOf('Thing'), store.newest('Thing')]).toEqual([0, undefined]);
    store.write('Thing', 'a', red, 1, 0);
    store.write('Other', 'a', blue, 1, 0);
    expect([store.latestOf('Thing'), store.newest('Thing')]).toEqual([1, red]);
    store.write('Thing', 'a', blue, 2, 0);
    expect([store.latestOf('Thing'), store.newest('Thing')]).toEqual([3, blue]);
    store.write('Thing', 'a', undefined, 2, 0);
    expect([store.latestOf('Thing'), store.newest('Thing'), store.latestOf('Other')]).toEqual([4, blue, 2]);
    const again = store.forkAt(2);
    expect([again.latestOf('Thing'), again.newest('Thing')]).toEqual([1, red]);
  });

  it('and all changes stand in the log, by revision', () => {
    const store = new Store<Item>();
    for (const kind of ['A', 'B', 'A', 'C']) store.write(kind, 'k', red, 1, 0, `note of ${kind}`);
    const kinds = (after: number, upTo: number) =>
      store
        .allChanges(after, upTo)
        .map(({ kind }) => kind)
        .join('');
    expect([kinds(0, 4), kinds(1, 3), kinds(3, 99), kinds(4, 4), kinds(2, 1)]).toEqual(['ABAC', 'BA', 'C', '', '']);
    expect(store.changes('A', 0, 2).map(({ revision }) => revision)).toEqual([1]);
    expect(store.changes('A', 1, 4).map(({ revision, note }) => [revision, note])).toEqual([[3, 'note of A']]);
    expect([store.entryAt(0), store.entryAt(4)?.kind, store.entryAt(5)]).toEqual([undefined, 'C', undefined]);
  });

  it('is among those of its key, newest first', () => {
    const store = new Store<Item>();
    for (const value of [red, undefined, blue]) store.write('Thing', 'a', value, 1, 0);
    expect(Array.from(store.past('Thing', 'a'), ({ value }) => value)).toEqual([blue, undefined, red]);
    expect([[...store.past('Thing', 'b')], [...store.past('None', 'a')]]).toEqual([[], []]);
    expect([store.history('Thing', 'b'), store.history('None', 'a')]).toEqual([[], []]);
  });
});

describe('differences', () => {
  it('are none between a moment and itself, nor of a kind that never was', () => {
    const store = founded();
    store.write('Thing', 'a', blue, 1, 0);
    expect([...store.differences('Thing', 1, 1), ...store.differences('None', 0, 1)]).toEqual([]);
    expect([...store.differences('Thing', 0, 1)]).toEqual([['a', blue]]);
    expect([...store.differences('Thing', 1, 0)]).toEqual([['a', red]]);
  });

  it('of many changes name only what is another in the end', () => {
    const store = new Store<Item>();
    for (const key of ['same', 'gone']) store.write('Thing', key, red, 1, 0);
    for (let at = 0; at < 5000; at++) store.write('Thing', 'other', at % 2 ? red : blue, 1, 0);
    store.write('Thing', 'gone', undefined, 1, 0);
    store.write('Thing', 'new', blue, 1, 0);
    const told = (from: number, to: number) =>
      [...store.differences('Thing', from, to)].map(([key, value]) => `${key} ${value?.colour}`).sort();
    expect(told(2, store.revision)).toEqual(['gone undefined', 'new blue', 'other red']);
    expect(told(store.revision, 2)).toEqual(['gone red', 'new undefined', 'other undefined']);
    // Back and forth again: what is the same value in the end is no difference.
    expect(told(4, 5002)).toEqual([]);
  });
});

describe('indexes by kind', () => {
  const byName = (kind: string, prefix: string): IndexDefinition<Item> => ({
    name: 'by',
    kind,
    valuesOf: ({ colour }) => [`${prefix}-${colour}`],
  });
  const store = new Store<Item>([byName('A', 'a'), byName('B', 'b'), byColour]);
  for (const kind of ['A', 'B', 'C']) store.write(kind, 'k', red, 1, 0);

  it.each([
    ['A', 'by', 'a-red', true],
    ['A', 'by', 'b-red', false],
    ['B', 'by', 'b-red', true],
    ['B', 'by', 'a-red', false],
    ['C', 'by', 'a-red', false],
    ['C', 'colour', 'red', true],
    ['C', 'colour', 'blue', false],
    ['C', 'none', 'red', false],
    ['D', 'colour', 'red', false],
  ])('%s %s %s: %s', (kind, index, text, isFound) => {
    expect([...store.indexKeys(kind, index, text)]).toEqual(isFound ? ['k'] : []);
    // Of what is not stored it can be asked all the same.
    expect(store.indexValues(kind, index, red).includes(text)).toBe(isFound || (kind === 'D' && text === 'red'));
  });

  it('follow each write, in a fork and in its parent', () => {
    const one = new Store<Item>([byColour]);
    const found = (from: Store<Item>) =>
      ['red', 'blue'].map((colour) => [...from.indexKeys('Thing', 'colour', colour)].sort().join(''));
    const writes: readonly (readonly [string, Item | undefined])[] = [
      ['a', red],
      ['b', red],
      ['a', blue],
      ['b', undefined],
      ['c', red],
      ['b', blue],
      ['a', undefined],
    ];
    const expected = [
      ['a', ''],
      ['ab', ''],
      ['b', 'a'],
      ['', 'a'],
      ['c', 'a'],
      ['c', 'ab'],
      ['c', 'b'],
    ];
    writes.forEach(([key, value], at) => {
      one.write('Thing', key, value, 1, 0);
      expect(found(one)).toEqual(expected[at]);
    });
    for (const at of writes.keys()) expect(found(one.forkAt(at + 1))).toEqual(expected[at]);
    expect(found(one.forkAt(0))).toEqual(['', '']);
  });

  it('look through layers: what covers a key below decides', () => {
    const one = new Store<Item>([byColour]);
    for (let at = 0; at < 2048; at++) one.write('Thing', `k${at}`, red, 1, 0);
    expect(one.indexKeys('Thing', 'colour', 'red').size).toBe(2048);
    one.write('Thing', 'k0', blue, 1, 0);
    one.write('Thing', 'k1', undefined, 1, 0);
    one.write('Thing', 'k2', red, 1, 0);
    expect(one.indexKeys('Thing', 'colour', 'red').size).toBe(2046);
    expect([...one.indexKeys('Thing', 'colour', 'blue')]).toEqual(['k0']);
    expect([one.count('Thing'), one.list('Thing').length]).toEqual([2047, 2047]);
  });
});
