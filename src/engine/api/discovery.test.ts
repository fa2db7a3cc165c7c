/** Versions in order of preference, and who wins where names meet. */
import { expect, test } from 'vitest';
import { byPreference } from './custom-resources/definitions';
import { BUILT_IN, discoveryOf } from './discovery';
import type { CustomResourceDefinition } from './types';

test('versions', () => {
  const versions = ['foo10', 'v1alpha1', 'v2', 'v11alpha2', 'v3beta1', 'v10', 'v12alpha1', 'foo1', 'v10beta3', 'v1'];
  expect([...versions].sort(byPreference)).toEqual([
    ...['v10', 'v2', 'v1', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'v1alpha1', 'foo1', 'foo10'],
  ]);
});

function definition(
  group: string,
  kind: string,
  versions: readonly string[],
  established = 'True',
): CustomResourceDefinition {
  const names = { plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase(), kind, listKind: `${kind}List` };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      group,
      names,
      scope: 'Namespaced',
      versions: versions.map((name, index) => ({ name, served: name !== 'v0', storage: index === 0 })),
    },
    status: {
      acceptedNames: names,
      conditions: [{ type: 'Established', status: established as 'True' }],
      storedVersions: [],
    },
  };
}

test('what is served', () => {
  expect(discoveryOf([])).toBe(BUILT_IN);
  expect(discoveryOf([definition('a.b', 'Foo', ['v1'], 'False')])).toBe(BUILT_IN);
  const discovery = discoveryOf([
    definition('z.y', 'Service', ['v0', 'v1beta1', 'v1']),
    definition('a.b', 'Service', ['v1']),
  ]);
  const custom = discovery.served.filter(({ schema }) => schema).map(({ group, version, id }) => [group, version, id]);
  expect(custom).toEqual([
    ['a.b', 'v1', 'Service.a.b'],
    ['z.y', 'v1', 'Service.z.y'],
    ['z.y', 'v1beta1', 'Service.z.y'],
  ]);
  expect(discovery.find('Service')?.group).toBe('');
  expect(discovery.find('Service.z.y')).toMatchObject({ version: 'v1', storageVersion: 'v0' });
  expect(discovery.find('Service.v1beta1.z.y')?.version).toBe('v1beta1');
  expect(discovery.findResource('z.y', 'v0', 'services')).toBeUndefined();
  expect(discovery.ofObject({ apiVersion: 'z.y/v0', kind: 'Service' })?.id).toBe('Service.z.y');
});
