import { describe, expect, it } from 'vitest';
import { clonePlain, deepFreeze } from '../plain';
import { applyPatch } from './patch';
import { applyStrategicMergePatch } from './strategic';

type Fields = Record<string, unknown>;

const pod = (spec: Fields): Fields => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec });

const containers = [
  { name: 'app', image: 'app:v1', env: [{ name: 'A', value: '1' }] },
  { name: 'side', image: 'side:v1' },
];

/** Case, Pod spec before, patch of the spec, Pod spec after. */
const rows: readonly [string, Fields, Fields, Fields][] = [
  [
    'merges list elements by their key',
    { containers },
    { containers: [{ name: 'app', image: 'app:v2' }] },
    { containers: [{ name: 'app', image: 'app:v2', env: [{ name: 'A', value: '1' }] }, containers[1]] },
  ],
  [
    'puts new elements first, as upstream does without an order',
    { containers },
    { containers: [{ name: 'new', image: 'new:v1' }] },
    { containers: [{ name: 'new', image: 'new:v1' }, ...containers] },
  ],
  [
    'obeys $setElementOrder',
    { containers },
    { '$setElementOrder/containers': [{ name: 'side' }, { name: 'app' }] },
    { containers: [containers[1], containers[0]] },
  ],
  [
    'keeps elements that the order does not name where they stood',
    { containers: [...containers, { name: 'injected' }] },
    {
      '$setElementOrder/containers': [{ name: 'app' }, { name: 'last' }],
      containers: [{ name: 'last', image: 'last:v1' }],
    },
    { containers: [containers[0], { name: 'last', image: 'last:v1' }, containers[1], { name: 'injected' }] },
  ],
  [
    '$patch: delete takes an element out',
    { containers },
    { containers: [{ name: 'app', $patch: 'delete' }] },
    { containers: [containers[1]] },
  ],
  [
    '$patch: replace in a list replaces it',
    { containers },
    { containers: [{ $patch: 'replace' }, { name: 'only', image: 'only:v1' }] },
    { containers: [{ name: 'only', image: 'only:v1' }] },
  ],
  [
    '$patch: replace in a map replaces it',
    { securityContext: { runAsUser: 1, runAsGroup: 2 } },
    { securityContext: { $patch: 'replace', runAsUser: 3 } },
    { securityContext: { runAsUser: 3 } },
  ],
  [
    '$patch: delete in a map empties it',
    { securityContext: { runAsUser: 1 } },
    { securityContext: { $patch: 'delete' } },
    { securityContext: {} },
  ],
  [
    '$retainKeys takes out the keys it does not name',
    { volumes: [{ name: 'v', emptyDir: {} }] },
    { volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'c' } }] },
    { volumes: [{ name: 'v', configMap: { name: 'c' } }] },
  ],
  [
    'replaces lists without a key',
    { tolerations: [{ key: 'a' }] },
    { tolerations: [{ key: 'b' }] },
    { tolerations: [{ key: 'b' }] },
  ],
  ['null takes a field out', { nodeName: 'n', hostname: 'h' }, { nodeName: null }, { hostname: 'h' }],
  [
    'merges in depth',
    { containers },
    { containers: [{ name: 'app', env: [{ name: 'B', value: '2' }] }] },
    {
      containers: [
        {
          name: 'app',
          image: 'app:v1',
          env: [
            { name: 'B', value: '2' },
            { name: 'A', value: '1' },
          ],
        },
        containers[1],
      ],
    },
  ],
  [
    'drops directives and nulls where nothing was',
    {},
    {
      containers: [
        { name: 'gone', $patch: 'delete' },
        { name: 'app', image: 'a', tty: null },
      ],
    },
    { containers: [{ name: 'app', image: 'a' }] },
  ],
];

describe('applyStrategicMergePatch', () => {
  it.each(rows)('%s', (_name, before, patch, after) => {
    const result = applyStrategicMergePatch(
      deepFreeze(clonePlain(pod(before))),
      deepFreeze({ spec: clonePlain(patch) }),
    );
    expect(result.spec).toEqual(after);
    expect(Object.keys(result.spec as object)).not.toContain('$setElementOrder/containers');
  });

  it('merges sets: finalizers are added, and taken out by $deleteFromPrimitiveList', () => {
    const object = { kind: 'Pod', metadata: { name: 'p', finalizers: ['a', 'b'] } };
    const added = applyStrategicMergePatch(object, { metadata: { finalizers: ['c'] } });
    expect((added.metadata as Fields).finalizers).toEqual(['c', 'a', 'b']);
    const removed = applyStrategicMergePatch(object, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } });
    expect((removed.metadata as Fields).finalizers).toEqual(['b']);
  });

  it.each([
    [
      'an element without its key',
      { spec: { containers: [{ image: 'x' }] } },
      'map: map[image:x] does not contain declared merge key: name',
    ],
    ['an unknown directive', { spec: { $patch: 'keep' } }, 'unknown patch type: keep in map: map[$patch:keep]'],
    [
      'an order that the list contradicts',
      { spec: { '$setElementOrder/containers': [{ name: 'app' }], containers: [{ name: 'other' }] } },
      "doesn't match $setElementOrder list",
    ],
    ['a bad prefix', { spec: { $setElementOrder: [] } }, 'invalid patch format of setElementOrder list'],
  ])('refuses %s', (_name, patch, message) => {
    expect(() => applyStrategicMergePatch(pod({ containers }), patch)).toThrow(message);
  });

  it('hides why a key that is not retained may not be set', () => {
    const patch = { spec: { strategy: { $retainKeys: ['type'], rollingUpdate: { maxSurge: 1 } } } };
    const attempt = () =>
      applyStrategicMergePatch({ kind: 'Deployment', spec: { strategy: { type: 'Recreate' } } }, patch);
    expect(attempt).toThrow('the server rejected our request due to an error in our request');
  });
});

describe('applyPatch', () => {
  it('leaves out lists and maps of metadata that it emptied', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        labels: { a: 'b' },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }],
      },
    };
    const body = { metadata: { labels: { a: null }, ownerReferences: [{ $patch: 'delete', uid: 'u' }] } };
    expect(applyPatch(object, { type: 'strategic', body })).toEqual({ ...object, metadata: { name: 'p' } });
  });
});
