import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { masked } from '../session/hidden-secrets';
import { bothPrinted, printed, yamlOf } from './printed';

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 's',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"a":"aGk="}}', note: 'n' },
  },
  data: { a: 'aGk=', b: 'aGVsbG8gd29ybGQ=', empty: '' },
  type: 'Opaque',
} as unknown as KubeObject;

test('values of a Secret are told by their length only, wherever they stand', () => {
  const text = printed(secret);
  expect(text).not.toContain('aGk');
  expect(masked(secret)).toMatchObject({
    metadata: { name: 's', annotations: { note: 'n' } },
    data: { a: '(hidden, 2 bytes)', b: '(hidden, 11 bytes)', empty: '(hidden, 0 bytes)' },
    type: 'Opaque',
  });
});

test('what stands in an object twice is printed twice', () => {
  const labels = { app: 'web' };
  expect(yamlOf({ one: labels, two: labels })).toBe('one:\n  app: web\ntwo:\n  app: web\n');
});

test('the order in which fields were written is no difference', () => {
  const [one, other] = bothPrinted(
    { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'c' } } as KubeObject,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } } as KubeObject,
  );
  expect(one).toBe(other);
});
