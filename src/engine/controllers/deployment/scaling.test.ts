import { expect, test } from 'vitest';
import type { Deployment, ReplicaSet } from '../../api/types';
import { generationsOf } from './replica-set-order';
import { DESIRED_REPLICAS, MAX_REPLICAS } from './revision';
import { isScalingEvent, planScaling } from './scaling';

function deployment(replicas: number, maxSurge: number, maxUnavailable: number): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, selector: {}, template: {}, strategy: { rollingUpdate: { maxSurge, maxUnavailable } } },
    status: {},
  };
}

function replicaSet(name: string, replicas: number, available: number, desired: number, max: number): ReplicaSet {
  const annotations = { [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(max) };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, creationTimestamp: name, annotations },
    spec: { replicas, selector: {}, template: { metadata: { annotations: { name } } } },
    status: { replicas, availableReplicas: available },
  };
}

/** The newest is the one with the present template, unless it is called `none`. */
function plan(subject: Deployment, sets: readonly ReplicaSet[], current = sets.at(-1)?.metadata.name): string {
  const generations = generationsOf(subject, sets, (one) => one.metadata.name === current);
  return planScaling(subject, generations)
    .map(({ replicaSet: one, from, to }) => `${one.metadata.name} ${from}->${to}`)
    .join(', ');
}

test('a stuck rollout of 10 grows to 15 in proportion: 11 old and 7 new', () => {
  const sets = [replicaSet('a', 8, 8, 10, 13), replicaSet('b', 5, 0, 10, 13)];
  expect(plan(deployment(15, 3, 2), sets)).toBe('a 8->11, b 5->7');
  expect(isScalingEvent(deployment(15, 3, 2), sets)).toBe(true);
  expect(isScalingEvent(deployment(10, 3, 2), sets)).toBe(false);
});

test.each<[string, number, ReplicaSet[], string]>([
  ['the only active one gets it all', 5, [replicaSet('a', 0, 0, 3, 4), replicaSet('b', 3, 3, 3, 4)], 'b 3->5'],
  ['the newest when none is active', 5, [replicaSet('a', 0, 0, 3, 4), replicaSet('b', 0, 0, 0, 1)], 'b 0->5'],
  ['already right', 3, [replicaSet('b', 3, 3, 5, 6)], ''],
  [
    'a saturated new one leaves nothing to the old',
    3,
    [replicaSet('a', 2, 2, 3, 4), replicaSet('b', 3, 3, 3, 4)],
    'a 2->0',
  ],
  ['down to zero', 0, [replicaSet('a', 3, 3, 5, 6), replicaSet('b', 3, 0, 5, 6)], 'a 3->0, b 3->0'],
  [
    'equal sizes: the newer grows first',
    5,
    [replicaSet('a', 2, 2, 3, 4), replicaSet('b', 2, 0, 3, 4)],
    'b 2->3, a 2->3',
  ],
  ['leftovers go to the largest', 2, [replicaSet('a', 4, 4, 5, 6), replicaSet('b', 2, 0, 5, 6)], 'a 4->2, b 2->1'],
  ['same total: only annotations', 3, [replicaSet('a', 3, 3, 4, 4), replicaSet('b', 1, 0, 4, 4)], 'a 3->3, b 1->1'],
])('%s', (_what, wanted, sets, steps) => {
  expect(plan(deployment(wanted, 1, 1), sets)).toBe(steps);
});

test('a paused Deployment with a changed template still resizes its only ReplicaSet', () => {
  expect(plan(deployment(4, 1, 1), [replicaSet('a', 2, 2, 2, 3)], 'none')).toBe('a 2->4');
});
