/** What a component sees: the store as of what was delivered to it, in key order. */
import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { Store } from '../store/store';
import { INDEXERS } from './indexers';
import { createLister } from './lister';

const pod = (name: string, nodeName?: string, owner?: string, namespace = 'shop'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace,
    ...(owner ? { ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: owner, controller: true }] } : {}),
  },
  spec: nodeName ? { nodeName } : {},
});

function view() {
  const store = new Store<KubeObject>(INDEXERS);
  const position = { stale: false, revision: 0 };
  const write = (name: string, value: KubeObject | undefined, namespace = 'shop'): void => {
    store.write('Pod', `${namespace}/${name}`, value, 1, 0);
  };
  return {
    write,
    lister: createLister(store, position, new Set(['Pod'])),
    /** From here on nothing more is delivered. */
    stop: () => {
      position.stale = true;
      position.revision = store.revision;
    },
    catchUp: () => {
      position.stale = false;
    },
  };
}

const names = (objects: readonly KubeObject[]): string[] => objects.map(({ metadata }) => metadata.name);

test('what is on its way is not seen yet: neither what came, nor what changed, nor what went', () => {
  const { write, lister, stop, catchUp } = view();
  write('changes', pod('changes', 'n1', 'u'));
  write('goes', pod('goes', 'n1', 'u'));
  write('stays', pod('stays', 'n1', 'u'));
  stop();
  write('comes', pod('comes', 'n1', 'u'));
  write('changes', pod('changes', 'n2', 'v'));
  write('goes', undefined);
  const before = ['changes', 'goes', 'stays'];
  expect(lister.revision).toBe(3);
  expect(names(lister.list('Pod'))).toEqual(before);
  expect(names(lister.list('Pod', 'shop'))).toEqual(before);
  expect(names(lister.byIndex('Pod', 'node', 'n1'))).toEqual(before);
  expect(names(lister.controlledBy('Pod', { namespace: 'shop', uid: 'u' }))).toEqual(before);
  expect(names(lister.unordered('Pod', 'node', 'n1')).sort()).toEqual(before);
  expect(lister.byIndex('Pod', 'node', 'n2')).toEqual([]);
  expect(lister.get('Pod', 'shop', 'comes')).toBeUndefined();
  expect(lister.byKey('Pod', 'shop/goes')).toBeDefined();
  expect(lister.get('Pod', 'shop', 'changes')?.spec).toEqual({ nodeName: 'n1' });
  catchUp();
  expect(lister.revision).toBe(6);
  expect(names(lister.list('Pod'))).toEqual(['changes', 'comes', 'stays']);
  expect(names(lister.byIndex('Pod', 'node', 'n1'))).toEqual(['comes', 'stays']);
  expect(names(lister.controlledBy('Pod', { namespace: 'shop', uid: 'v' }))).toEqual(['changes']);
  expect(lister.byKey('Pod', 'shop/goes')).toBeUndefined();
});

test('lists are in key order, whatever the order of writing', () => {
  const { write, lister } = view();
  for (const name of ['c', 'a', 'd', 'b']) write(name, pod(name, 'n1', 'u'));
  write('z', pod('z', 'n1', 'u', 'a-shop'), 'a-shop');
  expect(names(lister.list('Pod'))).toEqual(['z', 'a', 'b', 'c', 'd']);
  expect(names(lister.list('Pod', 'shop'))).toEqual(['a', 'b', 'c', 'd']);
  expect(names(lister.byIndex('Pod', 'node', 'n1'))).toEqual(['z', 'a', 'b', 'c', 'd']);
});

test('orphans are found by namespace', () => {
  const { write, lister } = view();
  write('free', pod('free'));
  write('owned', pod('owned', undefined, 'u'));
  write('elsewhere', pod('elsewhere', undefined, undefined, 'other'), 'other');
  expect(names(lister.byIndex('Pod', 'orphan', 'shop'))).toEqual(['free']);
});

test('a kind that is not watched must not be read', () => {
  const { lister } = view();
  for (const read of [
    () => lister.list('Node'),
    () => lister.list('Node', 'shop'),
    () => lister.get('Node', '', 'n1'),
    () => lister.byIndex('Node', 'node', 'n1'),
  ]) {
    expect(read).toThrow('Node is read from the cache but not watched');
  }
});

test('a cache that stays behind is read on as the head moves, by each index', () => {
  const { write, lister, stop, catchUp } = view();
  const on = (node: string): string[] => names(lister.byIndex('Pod', 'node', node));
  for (const name of ['a', 'b', 'c']) write(name, pod(name, 'n1', 'u'));
  stop();
  write('a', pod('a', 'n2', 'u'));
  expect([on('n1'), on('n2')]).toEqual([['a', 'b', 'c'], []]);
  write('b', undefined);
  write('a', pod('a', 'n3', 'v'));
  write('d', pod('d', 'n1', 'u'));
  expect([on('n1'), on('n2'), on('n3')]).toEqual([['a', 'b', 'c'], [], []]);
  expect(names(lister.controlledBy('Pod', { namespace: 'shop', uid: 'u' }))).toEqual(['a', 'b', 'c']);
  // Seen from a later revision, and from the head.
  stop();
  write('c', pod('c', 'n2', 'u'));
  expect([on('n1'), on('n2'), on('n3')]).toEqual([['c', 'd'], [], ['a']]);
  catchUp();
  expect([on('n1'), on('n2'), on('n3')]).toEqual([['d'], ['c'], ['a']]);
});
