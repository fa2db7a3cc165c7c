/** How what is alive stands in layers: which of them become one, and what each says of its keys. */
import { describe, expect, it } from 'vitest';
import { pile } from './kind-table';
import { type ChainedEntry, type IndexDefinition, Layer } from './layer';

interface Item {
  readonly colours: readonly string[];
}

const entry = (key: string, value: Item | undefined, revision = 1): ChainedEntry<Item> => ({
  revision,
  step: 1,
  atMs: 0,
  kind: 'Thing',
  key,
  value,
  previous: undefined,
  earlier: undefined,
});
const item = (...colours: string[]): Item => ({ colours });

function layerOf(...entries: readonly ChainedEntry<Item>[]): Layer<Item> {
  const layer = new Layer<Item>();
  for (const one of entries) layer.set(one);
  return layer;
}

/** Layers of such sizes, each with keys of its own. */
const layersOf = (sizes: readonly number[]): Layer<Item>[] =>
  sizes.map((size, at) =>
    layerOf(...Array.from({ length: size }, (_, index) => entry(`${at}/${index}`, item('red'), at + 1))),
  );

describe('piling', () => {
  it.each([
    ['the first', [], 4, 4, [4]],
    ['some of about a size lie on each other', [4, 4], 4, 12, [4, 4, 4]],
    ['one more of that size: they become one', [4, 4, 4], 4, 16, [16]],
    ['what is twice as large or larger stays below', [8, 4, 4, 4], 4, 24, [8, 16]],
    ['less than that is of about a size', [7, 4, 4], 4, 19, [19]],
    ['what they become is piled in its turn', [16, 16, 16, 4, 4, 4], 4, 64, [64]],
    ['a small one on large ones', [16, 16, 16], 4, 52, [16, 16, 16, 4]],
    ['far more changes than live keys: all of about a size at once', [4, 4], 4, 4, [12]],
    ['just not far more', [4], 4, 6.4, [4, 4]],
    ['just far more', [4], 4, 6.3, [8]],
    ['more changes than live keys, but larger ones below', [16], 4, 4, [16, 4]],
  ])('%s: %j and %i for %i live keys', (_what, sizes, next, live, expected) => {
    const layers = layersOf([...sizes, next]);
    const top = layers.pop() as Layer<Item>;
    expect(pile(layers, top, live).map(({ entries }) => entries.size)).toEqual(expected);
  });

  it('keeps deletions that cover something below, and only those', () => {
    const gone = layerOf(entry('a', undefined, 9));
    const [below] = layersOf([8]) as [Layer<Item>];
    const small = (): Layer<Item>[] => [layerOf(entry('x', item('red')))];
    const [, merged] = pile([below, ...small()], gone, 1);
    expect([...(merged?.entries.keys() ?? [])]).toEqual(['x', 'a']);
    expect(pile(small(), gone, 1).map(({ entries }) => [...entries.keys()])).toEqual([['x']]);
  });
});

describe('merging', () => {
  it('takes the upper one of each key, and tells of deletions where something lies below', () => {
    const lower = layerOf(entry('a', item('red')), entry('b', item('red')), entry('c', item('red')));
    const upper = layerOf(entry('b', item('blue'), 2), entry('c', undefined, 2), entry('d', undefined, 2));
    const told = (below: boolean) =>
      [...lower.merged(upper, below).entries].map(([key, { value }]) => `${key} ${value?.colours ?? 'gone'}`);
    expect(told(true)).toEqual(['a red', 'b blue', 'c gone', 'd gone']);
    expect(told(false)).toEqual(['a red', 'b blue']);
    expect([...lower.entries.keys(), ...upper.entries.keys()].join('')).toBe('abcbcd');
  });
});

describe('an index', () => {
  const counting = () => {
    let asked = 0;
    const definition: IndexDefinition<Item> = {
      name: 'colour',
      kind: '*',
      valuesOf: ({ colours }) => {
        asked++;
        return colours;
      },
    };
    return { definition, asked: () => asked };
  };

  it('is made once, and only when it is asked for', () => {
    const { definition, asked } = counting();
    const layer = layerOf(entry('a', item('red')), entry('b', item('red', 'blue')), entry('c', undefined));
    expect(asked()).toBe(0);
    expect([...(layer.keysUnder(definition, 'red') ?? [])]).toEqual(['a', 'b']);
    expect([...(layer.keysUnder(definition, 'blue') ?? [])]).toEqual(['b']);
    expect(asked()).toBe(2);
    const other = counting();
    expect(layer.keysUnder(other.definition, 'red')?.size).toBe(2);
    expect(layer.keysUnder(definition, 'green')).toBeUndefined();
    expect([asked(), other.asked()]).toEqual([2, 2]);
  });

  it.each([
    ['another value', item('red'), item('blue'), ['blue']],
    ['one value more', item('red'), item('red', 'blue'), ['red', 'blue']],
    ['one value less', item('red', 'blue'), item('red'), ['red']],
    ['of two the second is another', item('red', 'blue'), item('red', 'green'), ['red', 'green']],
    ['the same ones', item('red', 'blue'), item('red', 'blue'), ['red', 'blue']],
    ['no value', item('red'), item(), []],
    ['a deletion', item('red', 'blue'), undefined, []],
    ['a key that is new', undefined, item('red'), ['red']],
  ])('follows %s', (_what, before, after, found) => {
    const { definition } = counting();
    const layer = layerOf(entry('other', item('red', 'blue', 'green')), ...(before ? [entry('a', before)] : []));
    const under = () => ['red', 'blue', 'green'].filter((text) => layer.keysUnder(definition, text)?.has('a'));
    expect(under()).toEqual(before?.colours ?? []);
    layer.set(entry('a', after, 2));
    expect(under()).toEqual(found);
    expect(layer.keysUnder(definition, 'red')?.has('other')).toBe(true);
  });

  it('forgets a value under which nothing is left', () => {
    const { definition } = counting();
    const layer = layerOf(entry('a', item('red')));
    expect(layer.keysUnder(definition, 'red')?.size).toBe(1);
    layer.set(entry('a', item('blue'), 2));
    expect(layer.keysUnder(definition, 'red')).toBeUndefined();
  });
});
