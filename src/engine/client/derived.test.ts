import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { Store } from '../store/store';
import { type DerivedCache, DerivedCaches, type DerivedTrial, differenceOf, PureResults } from './derived';
import { INDEXERS } from './indexers';
import { createLister } from './lister';
import { SortedMap } from './sorted-map';

interface Sizes {
  total: number;
  readonly byName: SortedMap<number>;
}

const sizeOf = (object: KubeObject | undefined): number => Number(object?.metadata.labels?.size ?? 0);

/** Sums of the sizes of the Pods in a namespace. */
const sizes: DerivedCache<Sizes> = {
  name: 'sizes',
  follows: ['Pod'],
  build: ({ lister }, namespace) => {
    const byName = new SortedMap<number>();
    let total = 0;
    for (const pod of lister.list('Pod', namespace)) {
      total += sizeOf(pod);
      byName.set(pod.metadata.name, sizeOf(pod));
    }
    return { total, byName };
  },
  apply: (kept, { previous, value }) => {
    const object = (value ?? previous) as KubeObject;
    const known = kept.get(object.metadata.namespace ?? '');
    if (!known) return;
    known.total += sizeOf(value) - sizeOf(previous);
    if (value) known.byName.set(object.metadata.name, sizeOf(value));
    else known.byName.delete(object.metadata.name);
  },
};

function cluster(trial: DerivedTrial, shared = new PureResults()) {
  const store = new Store<KubeObject>(INDEXERS);
  const lister = createLister(store, { stale: false, revision: 0 }, new Set(['Pod']));
  const derived: Pick<DerivedCaches, 'pure'> = { pure: (...asked) => caches.pure(...asked) };
  const source = { actor: 'tester', lister, memory: {}, derived, flag: () => undefined };
  const caches = new DerivedCaches(source, trial, shared);
  const write = (namespace: string, name: string, size: number | undefined, isTold = true): void => {
    const metadata = { namespace, name, labels: { size: String(size) } };
    const pod = size === undefined ? undefined : { apiVersion: 'v1', kind: 'Pod', metadata };
    const change = store.write('Pod', `${namespace}/${name}`, pod, 1, 0);
    if (isTold) caches.deliver([change]);
  };
  return { caches, write };
}

test.each(['none', 'verify', 'drop'] as const)('a kept value is what a new one would be (%s)', (trial) => {
  const { caches, write } = cluster(trial);
  write('a', 'two', 2);
  write('b', 'nine', 9);
  expect(caches.read(sizes, 'a').total).toBe(2);
  write('a', 'one', 1);
  write('a', 'two', 5);
  expect(caches.read(sizes, 'a').total).toBe(6);
  expect(caches.read(sizes, 'a').byName.keys()).toEqual(['one', 'two']);
  write('a', 'one', undefined);
  expect(caches.read(sizes, 'a').byName.keys()).toEqual(['two']);
  expect(caches.read(sizes, 'b').total).toBe(9);
  caches.verify();
});

test('a value is built once and then kept, under drop once per delivery', () => {
  const readsAfterDelivery = (trial: DerivedTrial): boolean => {
    const { caches, write } = cluster(trial);
    const before = caches.read(sizes, 'a');
    expect(caches.read(sizes, 'a')).toBe(before);
    write('b', 'other', 1);
    return caches.read(sizes, 'a') === before;
  };
  expect(readsAfterDelivery('none')).toBe(true);
  expect(readsAfterDelivery('drop')).toBe(false);
});

test('what was cleared is built from the present', () => {
  const { caches, write } = cluster('none');
  caches.read(sizes, 'a');
  caches.clear();
  write('a', 'two', 2);
  expect(caches.read(sizes, 'a').total).toBe(2);
});

test('verifying names the cache, the key and the place that is wrong', () => {
  const { caches, write } = cluster('verify');
  write('a', 'two', 2);
  caches.read(sizes, 'a');
  write('a', 'two', 3, false);
  expect(() => caches.verify()).toThrow(
    "the cache sizes of tester is not what the lister shows: 'a'.total: kept 2, should be 3",
  );
});

test('without verifying nothing is compared', () => {
  const { caches, write } = cluster('none');
  caches.read(sizes, 'a');
  write('a', 'two', 3, false);
  expect(() => caches.verify()).not.toThrow();
});

test('a memo computes again only for other inputs', () => {
  const { caches } = cluster('none');
  let calls = 0;
  const first = {};
  const ask = (...inputs: object[]): number => caches.memo('calls', 'key', inputs, () => ++calls);
  expect([ask(first), ask(first), ask({}), ask(first)]).toEqual([1, 1, 2, 3]);
  expect([ask(first, {}), ask(first), ask()]).toEqual([4, 5, 6]);
});

test('what is forgotten is worked out again, and nothing else', () => {
  const { caches } = cluster('none');
  let calls = 0;
  const ask = (key: string): number => caches.memo('calls', key, [], () => ++calls);
  expect([ask('a'), ask('b')]).toEqual([1, 2]);
  caches.forget('calls', 'a');
  caches.forget('calls', 'unknown');
  caches.forget('unknown', 'a');
  expect([ask('b'), ask('a'), ask('a')]).toEqual([2, 3, 3]);
});

test('objects with equal results share one', () => {
  const { caches } = cluster('none');
  const ask = (object: object, others: readonly unknown[], value: number): { value: number } =>
    caches.pure('results', object, others, () => ({ value }));
  const first = ask({}, [1], 5);
  expect(ask({}, [1], 5)).toBe(first);
  expect(ask({}, [2], 5)).not.toBe(first);
  expect(ask({}, [1], 6)).toEqual({ value: 6 });
  for (let other = 10; other < 30; other++) expect(ask({}, [1], other)).toEqual({ value: other });
  const asked = (value: number) => caches.pure('maps', {}, [], () => ({ by: new Map([['gpu', value]]) })).by;
  expect(asked(2)).toBe(asked(2));
  expect(asked(1).get('gpu')).toBe(1);
});

test('a memo of what is no pure function is found out', () => {
  const { caches } = cluster('verify');
  let calls = 0;
  const ask = (): number => caches.memo('calls', 'key', [], () => ++calls);
  ask();
  expect(ask).toThrow("the cache calls of tester is not what the lister shows: 'key': kept 1, should be 2");
});

const sorted = (...keys: readonly string[]): SortedMap<true> => {
  const map = new SortedMap<true>();
  for (const key of keys) map.set(key, true);
  return map;
};

test.each([
  [
    'maps in another order',
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    new Map([
      ['b', 2],
      ['a', 1],
    ]),
    undefined,
  ],
  ['sets in another order', new Set(['a', 'b']), new Set(['b', 'a']), undefined],
  ['lists in another order', ['a', 'b'], ['b', 'a'], '.0: kept a, should be b'],
  ['absent and undefined', { a: undefined }, {}, undefined],
  ['a number', { a: { b: 1 } }, { a: { b: 2 } }, '.a.b: kept 1, should be 2'],
  ['too much', { a: new Set(['x', 'y']) }, { a: new Set(['x']) }, '.a.y: kept true, should not be there'],
  ['too little', sorted('x'), sorted('x', 'y'), '.y: missing, should be true'],
  ['a record for a text', { a: 'x' }, { a: { b: 1 } }, '.a: kept x, should be Object of 1'],
  ['functions', { a: () => 1 }, { a: () => 2 }, undefined],
  ['nothing for something', undefined, { a: 1 }, ': kept undefined, should be Object of 1'],
])('difference: %s', (_case, kept, fresh, difference) => {
  expect(differenceOf(kept, fresh)).toBe(difference);
});

test('what follows from an object alone is found out once for all branches, and again when something else it was made of changed', () => {
  const shared = new PureResults();
  const parent = cluster('none', shared).caches;
  const fork = cluster('none', shared).caches;
  const object = {};
  let asked = 0;
  const ask = (caches: DerivedCaches, other: number, at: object = object) =>
    caches.pure('sum', at, [other], () => ++asked);
  expect([ask(parent, 1), ask(fork, 1), ask(parent, 2), ask(fork, 1), ask(fork, 1, {})]).toEqual([1, 1, 2, 3, 4]);
  expect(fork.pure('product', object, [1], () => 'another name')).toBe('another name');
});

test('a result that does not follow from its inputs alone is found out', () => {
  const { caches } = cluster('verify');
  const object = {};
  caches.pure('unsteady', object, [], () => 1);
  expect(() => caches.pure('unsteady', object, [], () => 2)).toThrow(
    /the cache unsteady of tester is not what the lister shows/,
  );
});
