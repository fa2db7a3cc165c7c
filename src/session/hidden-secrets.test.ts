import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { bothMasked, masked } from './hidden-secrets';

const secretWith = (data: Readonly<Record<string, string>>) =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data, type: 'Opaque' }) as unknown as KubeObject;

test('other objects stay as they are', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } } as KubeObject;
  expect(masked(object)).toBe(object);
});

test('two versions show which values are others, also where these are as long, and never what they are', () => {
  const before = secretWith({ same: 'aGk=', alike: 'c2VjcmV0MQ==', longer: 'aGk=', gone: 'aGk=' });
  const after = secretWith({ same: 'aGk=', alike: 'c2VjcmV0Mg==', longer: 'aGVsbG8=', come: 'aGk=' });
  expect(bothMasked(before, after)).toMatchObject([
    {
      data: {
        same: '(hidden, 2 bytes)',
        alike: '(hidden, 7 bytes, before)',
        longer: '(hidden, 2 bytes)',
        gone: '(hidden, 2 bytes)',
      },
    },
    {
      data: {
        same: '(hidden, 2 bytes)',
        alike: '(hidden, 7 bytes, after)',
        longer: '(hidden, 5 bytes)',
        come: '(hidden, 2 bytes)',
      },
    },
  ]);
});
