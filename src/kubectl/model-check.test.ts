/** Items of Lists with wrong fields, and what kubectl 1.36.3 says of them before it sends anything. */
import { expect, test } from 'vitest';
import type { Documentation } from './explain/documentation';
import documentation from './explain/documentation.generated.json' with { type: 'json' };
import { modelProblems } from './model-check';

const API = 'io.k8s.api';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

test.each<[what: string, item: object, problems: string[]]>([
  [
    'an unknown field',
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, dat: { a: 'b' } },
    [`ValidationError(ConfigMap): unknown field "dat" in ${API}.core.v1.ConfigMap`],
  ],
  [
    'metadata that are a number',
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: 5 },
    [`ValidationError(ConfigMap.metadata): invalid type for ${META}.ObjectMeta: got "integer", expected "map"`],
  ],
  ['a text for which anything is taken', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: true, b: 5 } }, []],
  [
    'what is missing, nothing, and a text for a number',
    { apiVersion: 'v1', kind: 'Pod', spec: { terminationGracePeriodSeconds: '3', containers: [null, { image: 'a' }] } },
    [
      'ValidationError(Pod.spec.containers): unknown object type "nil" in Pod.spec.containers[0]',
      `ValidationError(Pod.spec.containers[1]): missing required field "name" in ${API}.core.v1.Container`,
      `ValidationError(Pod.spec.terminationGracePeriodSeconds): invalid type for ${API}.core.v1.PodSpec.terminationGracePeriodSeconds: got "string", expected "integer"`,
    ],
  ],
  [
    'a list for a map and a map for a list',
    { apiVersion: 'v1', kind: 'ConfigMap', data: ['a'], metadata: { finalizers: {} } },
    [
      `ValidationError(ConfigMap.data): invalid type for ${API}.core.v1.ConfigMap.data: got "array", expected "map"`,
      `ValidationError(ConfigMap.metadata.finalizers): invalid type for ${META}.ObjectMeta.finalizers: got "map", expected "array"`,
    ],
  ],
  ['a kind that is not known', { apiVersion: 'example.com/v1', kind: 'Thing', a: 1 }, []],
])('%s', (_what, item, problems) => {
  expect(modelProblems({ ...item }, documentation as unknown as Documentation)).toEqual(problems);
});
