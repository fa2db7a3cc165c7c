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
  watchers.add(watcher('kubelet/a', { of: 'a' }));
  watchers.add(watcher('scheduler', {}, { kind: 'Node' }));
  watchers.add(watcher('kubelet/b', { of: 'b' }));
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
  watchers.add(watcher('kubelet/d', { of: 'd' }, { kind: 'Node' }));
  expect(names('Pod', pod('a'))).toEqual(['kubelet/a', 'scheduler']);
  expect(names('Node')).toEqual(['scheduler', 'kubelet/d']);
  watchers.add(watcher('late'));
  watchers.add(watcher('kubelet/c', { of: 'c' }));
  expect(names('Pod', pod('c'))).toEqual(['scheduler', 'kubelet/c']);
});

test('claims, volumes and attachments reach the storage driver that they name, and nobody who wants those of another', () => {
  const watchers = new Watchers<ReturnType<typeof watcher>>();
  for (const kind of ['PersistentVolumeClaim', 'PersistentVolume', 'VolumeAttachment']) {
    watchers.add(watcher(`binder ${kind}`, { kind }));
    for (const of of ['one', 'other']) watchers.add(watcher(of, { kind, of }));
  }
  const names = (value: object, previous?: object) => {
    const change = { kind: (value as KubeObject).kind, value: value as KubeObject, previous: previous as KubeObject };
    return watchers.of(change).map(({ component }) => component.name.split(' ')[0]);
  };
  const claim = (driver?: string) => ({
    kind: 'PersistentVolumeClaim',
    metadata: { annotations: driver ? { 'volume.kubernetes.io/storage-provisioner': driver } : undefined },
  });
  expect(names(claim())).toEqual(['binder']);
  expect(names(claim('one'), claim())).toEqual(['binder', 'one']);
  const volume = (spec: object, annotations?: object) => ({
    kind: 'PersistentVolume',
    metadata: { annotations },
    spec,
  });
  expect(names(volume({ csi: { driver: 'other' } }))).toEqual(['binder', 'other']);
  expect(names(volume({ hostPath: {} }, { 'pv.kubernetes.io/provisioned-by': 'one' }))).toEqual(['binder', 'one']);
  expect(names(volume({ nfs: {} }))).toEqual(['binder']);
  const attachment = { kind: 'VolumeAttachment', metadata: {}, spec: { attacher: 'one' } };
  expect(names(attachment)).toEqual(['binder', 'one']);
});
