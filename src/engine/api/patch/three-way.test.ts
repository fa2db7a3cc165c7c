import { describe, expect, it } from 'vitest';
import { clonePlain, deepFreeze } from '../plain';
import { applyStrategicMergePatch } from './strategic';
import { threeWayStrategicPatch, twoWayStrategicPatch } from './three-way';

type Fields = Record<string, unknown>;

const deployment = (spec: Fields): Fields =>
  deepFreeze(clonePlain({ apiVersion: 'apps/v1', kind: 'Deployment', spec }));
const withContainers = (...containers: Fields[]): Fields => ({ template: { spec: { containers } } });

/** Case, last applied, new, live, patch: all of spec. */
const rows: readonly [string, Fields, Fields, Fields, Fields | undefined][] = [
  ['nothing to do', { replicas: 2 }, { replicas: 2 }, { replicas: 2, paused: true }, undefined],
  ['a change', { replicas: 2 }, { replicas: 3 }, { replicas: 2 }, { replicas: 3 }],
  ['what others changed is set back', { replicas: 2 }, { replicas: 2 }, { replicas: 5 }, { replicas: 2 }],
  ['what was never applied stays', {}, {}, { replicas: 5 }, undefined],
  [
    'what is no longer applied goes',
    { replicas: 2, paused: true },
    { replicas: 2 },
    { replicas: 2, paused: true },
    { paused: null },
  ],
  [
    'what is no longer applied goes, also nought, nothing and no',
    { replicas: 0, paused: false, revisionHistoryLimit: 0 },
    {},
    { replicas: 0, paused: false, revisionHistoryLimit: 0 },
    { replicas: null, paused: null, revisionHistoryLimit: null },
  ],
  [
    'an image changes, with the order of containers',
    withContainers({ name: 'app', image: 'app:v1' }),
    withContainers({ name: 'app', image: 'app:v2' }),
    withContainers({ name: 'app', image: 'app:v1', imagePullPolicy: 'Always' }),
    {
      template: {
        spec: {
          '$setElementOrder/containers': [{ name: 'app' }],
          containers: [{ name: 'app', image: 'app:v2' }],
        },
      },
    },
  ],
  [
    'a container is removed, an injected one stays',
    withContainers({ name: 'app' }, { name: 'side' }),
    withContainers({ name: 'app' }),
    withContainers({ name: 'app' }, { name: 'side' }, { name: 'injected' }),
    {
      template: {
        spec: {
          '$setElementOrder/containers': [{ name: 'app' }],
          containers: [{ $patch: 'delete', name: 'side' }],
        },
      },
    },
  ],
  [
    'a strategy that changes its type retains only what is named',
    { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
    { strategy: { type: 'Recreate' } },
    { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
    { strategy: { $retainKeys: ['type'], type: 'Recreate', rollingUpdate: null } },
  ],
];

describe('threeWayStrategicPatch', () => {
  it.each(rows)('%s', (_name, original, modified, current, expected) => {
    const patch = threeWayStrategicPatch(deployment(original), deployment(modified), deployment(current));
    expect(patch).toEqual(expected ? { spec: expected } : {});
  });

  it('has effect when applied: the container is gone, the injected one stays', () => {
    const original = deployment(withContainers({ name: 'app' }, { name: 'side' }));
    const modified = deployment(withContainers({ name: 'new' }, { name: 'app' }));
    const current = deployment(withContainers({ name: 'app' }, { name: 'side' }, { name: 'injected' }));
    const result = applyStrategicMergePatch(current, threeWayStrategicPatch(original, modified, current));
    expect(result.spec).toEqual(withContainers({ name: 'new' }, { name: 'app' }, { name: 'injected' }));
  });

  it('removes finalizers that are no longer applied', () => {
    const service = (finalizers: string[]) => ({ kind: 'Service', metadata: { finalizers } });
    const patch = threeWayStrategicPatch(service(['a', 'b']), service(['b']), service(['a', 'b', 'c']));
    expect(patch).toEqual({
      metadata: {
        '$deleteFromPrimitiveList/finalizers': ['a'],
        '$setElementOrder/finalizers': ['b'],
      },
    });
  });

  it('always sends a selector whose strategy is replace, so the object counts as configured', () => {
    const budget = { kind: 'PodDisruptionBudget', spec: { selector: { matchLabels: { app: 'web' } } } };
    expect(threeWayStrategicPatch(budget, budget, budget)).toEqual({ spec: budget.spec });
  });
});

describe('twoWayStrategicPatch', () => {
  it('deletes and changes at once', () => {
    const before = deployment({ replicas: 1, paused: true });
    expect(twoWayStrategicPatch(before, deployment({ replicas: 2 }))).toEqual({ spec: { replicas: 2, paused: null } });
  });
});

it('refuses lists whose elements are of several types', () => {
  const of = (finalizers: unknown[]): Fields => deployment({ template: { metadata: { finalizers } } });
  const patch = () => threeWayStrategicPatch(of(['a']), of([null, 'a']), of(['a']));
  expect(patch).toThrow('list element types are not identical: [[a] [<nil> a]]');
});
