import { expect, test } from 'vitest';
import type { Deployment, ReplicaSet } from '../../api/types';
import { newReplicaSetAnnotations, planCleanup, REVISION, REVISION_HISTORY, revisionOf } from './revision';

function deployment(annotations: Record<string, string>, revisionHistoryLimit?: number): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', annotations },
    spec: { selector: {}, template: {}, revisionHistoryLimit },
    status: {},
  };
}

function replicaSet(revision: number, size = 0, pods = 0): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `r${revision}`, generation: 1, annotations: { [REVISION]: String(revision) } },
    spec: { replicas: size, selector: {} },
    status: { replicas: pods, observedGeneration: 1 },
  };
}

test('the new ReplicaSet gets the Deployment annotations but for its own bookkeeping', () => {
  const own = {
    'kubernetes.io/change-cause': 'first',
    [REVISION]: '7',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
  };
  expect(newReplicaSetAnnotations(deployment(own), undefined, 1)).toEqual({
    'kubernetes.io/change-cause': 'first',
    [REVISION]: '1',
  });
});

test('nothing to change gives the very same annotations', () => {
  const present = { [REVISION]: '3', 'kubernetes.io/change-cause': 'x' };
  expect(newReplicaSetAnnotations(deployment({ 'kubernetes.io/change-cause': 'x' }), present, 2)).toBe(present);
});

test.each([
  [undefined, '1', '1'],
  ['1', '3', '1,3'],
  ['1,3', '5', '1,3,5'],
])('a revision that comes back: history %s and revision %s become %s', (history, revision, then) => {
  const present = { [REVISION]: revision, ...(history ? { [REVISION_HISTORY]: history } : {}) };
  expect(newReplicaSetAnnotations(deployment({}), present, 9)).toEqual({ [REVISION]: '9', [REVISION_HISTORY]: then });
});

test('a history of 2000 characters forgets its oldest revisions', () => {
  const history = Array.from({ length: 400 }, (_, index) => String(1000 + index)).join(',');
  const present = { [REVISION]: '5000', [REVISION_HISTORY]: history };
  const after = newReplicaSetAnnotations(deployment({}), present, 5001)?.[REVISION_HISTORY] ?? '';
  expect(after.length).toBeLessThanOrEqual(2000);
  expect(after.startsWith('1001,')).toBe(true);
  expect(after.endsWith(',1399,5000')).toBe(true);
});

test('a revision that is no number is left alone', () => {
  const present = { [REVISION]: 'x' };
  expect(newReplicaSetAnnotations(deployment({}), present, 2)).toBe(present);
  expect(revisionOf(replicaSet(4))).toBe(4);
});

test.each([
  [undefined, [1, 2, 3], []],
  [3, [1, 2, 3], []],
  [1, [3, 1, 2], ['r1', 'r2']],
  [0, [1], ['r1']],
  [2_147_483_647, [1, 2], []],
])('with a history limit of %s, %j leaves out %j', (limit, revisions, names) => {
  const old = revisions.map((revision) => replicaSet(revision));
  expect(planCleanup(deployment({}, limit), old).map(({ metadata }) => metadata.name)).toEqual(names);
});

test('a ReplicaSet with Pods is kept, and none is deleted in its stead', () => {
  expect(planCleanup(deployment({}, 1), [replicaSet(1, 0, 2), replicaSet(2), replicaSet(3)]).map(revisionOf)).toEqual([
    2,
  ]);
  expect(planCleanup(deployment({}, 1), [replicaSet(1, 1), replicaSet(2)]).map(revisionOf)).toEqual([]);
});
