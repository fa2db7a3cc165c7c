/** Volumes and classes: what a real API server 1.36.3 says of the rarer mistakes. */
import { expect, test } from 'vitest';
import type { KubeObject } from '../meta';
import { validatePersistentVolume } from './persistent-volume';
import { validateStorageClass } from './storage-class';

const told = (errors: readonly { readonly field: string; readonly message: string }[]) =>
  errors.map(({ field, message }) => `${field}: ${message}`);

test('of two sources of a volume the later in the order of the API is told of', () => {
  const spec = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, nfs: { server: 's', path: '/p' } };
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' } };
  const both = { ...volume, spec: { ...spec, hostPath: { path: '/a' }, volumeMode: 'Filesystem' } } as KubeObject;
  expect(told(validatePersistentVolume(both))).toContain(
    'spec.nfs: Forbidden: may not specify more than 1 volume type',
  );
});

test.each([
  ['one empty term', [{}], 1],
  ['two empty terms', [{}, {}], 5],
  ['a term that says something', [{ matchLabelExpressions: [{ key: 'a', values: ['b'] }] }], 0],
])('topologies of a class: %s', (_name, allowedTopologies, count) => {
  const object = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'c' } };
  const rest = { provisioner: 'a', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowedTopologies };
  const errors = told(validateStorageClass({ ...object, ...rest } as unknown as KubeObject));
  expect(errors).toEqual(Array(count).fill(expect.stringContaining('matchLabelExpressions: Duplicate value: ""')));
});
