import { expect, test } from 'vitest';
import type { KubeObject } from '../api/meta';
import { type Component, cacheOf, type Watch } from '../client/component';
import { Watchers } from './watchers';

const watcher = (name: string, ...watches: Partial<Watch>[]) => ({
  component: {
    name,
    watches: watches.map((watch) => ({ kind: 'Pod', on: () => undefined, ...watch })),
  } as unknown as Component,
});

const pod = (nodeName?: string): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { nodeName } }) as KubeObject;

test('a change reaches those who watch its kind, kubelets only of their own node, in the order they were added', () => {
  const watchers = new Watchers<ReturnType<typeof watcher>>();
  watchers.add(watcher('kubelet/a', { ofNode: 'a' }));
  watchers.add(watcher('scheduler', {}, { kind: 'Node' }));
  watchers.add(watcher('kubelet/b', { ofNode: 'b' }));
  watchers.add(watcher('cache', cacheOf('Pod')));
  const names = (kind: string, value?: KubeObject, previous?: KubeObject) =>
    watchers.of({ kind, value, previous }).map(({ component }) => component.name);
  expect(names('Pod', pod('a'))).toEqual(['kubelet/a', 'scheduler']);
  expect(names('Pod', pod('b'), pod())).toEqual(['scheduler', 'kubelet/b']);
  expect(names('Pod', undefined, pod('b'))).toEqual(['scheduler', 'kubelet/b']);
  expect(names('Pod', pod())).toEqual(['scheduler']);
  expect(names('Pod', pod('c'))).toEqual(['scheduler']);
  expect(names('Node', pod('a'))).toEqual(['scheduler']);
  expect(names('Lease', pod('a'))).toEqual([]);
  watchers.add(watcher('kubelet/d', { ofNode: 'd' }, { kind: 'Node' }));
  expect(names('Pod', pod('a'))).toEqual(['kubelet/a', 'scheduler']);
  expect(names('Node')).toEqual(['scheduler', 'kubelet/d']);
  watchers.add(watcher('late'));
  watchers.add(watcher('kubelet/c', { ofNode: 'c' }));
  expect(names('Pod', pod('c'))).toEqual(['scheduler', 'kubelet/c']);
});
