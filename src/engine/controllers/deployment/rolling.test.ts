import { expect, test } from 'vitest';
import { rolloutBounds } from '../../api/rollout-bounds';
import type { Deployment, IntOrString, ReplicaSet } from '../../api/types';
import type { ScaleStep } from './replica-set-order';
import { newReplicaSetSize, planRollingUpdate } from './rolling';

function deployment(replicas: number, maxSurge: IntOrString, maxUnavailable: IntOrString): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, selector: {}, template: {}, strategy: { rollingUpdate: { maxSurge, maxUnavailable } } },
    status: {},
  };
}

/** `5/3` is a ReplicaSet that wants 5 Pods, 3 of which are available. */
function replicaSet(name: string, text: string): ReplicaSet {
  const [replicas = 0, availableReplicas = 0] = text.split('/').map(Number);
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, creationTimestamp: name },
    spec: { replicas, selector: {} },
    status: { replicas, availableReplicas },
  };
}

function print(steps: readonly ScaleStep[]): string {
  return steps.map(({ replicaSet: { metadata }, from, to }) => `${metadata.name} ${from}->${to}`).join(', ');
}

test.each<[number, IntOrString, IntOrString, number, number]>([
  // wanted, maxSurge, maxUnavailable → surge, unavailable
  [4, '25%', '25%', 1, 1],
  [3, '10%', 0, 1, 0],
  [3, 0, '30%', 0, 1],
  [5, '50%', '50%', 3, 2],
  [10, '25%', '25%', 3, 2],
  [1, '1%', '0%', 1, 0],
  [2, '0%', '1%', 0, 1],
  [2, 5, 5, 5, 2],
  [0, '25%', '25%', 0, 0],
])('%d wanted, surge %s, unavailable %s: %d and %d', (replicas, maxSurge, maxUnavailable, surge, unavailable) => {
  const bounds = rolloutBounds(deployment(replicas, maxSurge, maxUnavailable));
  expect(bounds).toEqual({ desired: replicas, maxSurge: surge, maxUnavailable: unavailable });
});

test('Recreate has neither surge nor unavailable Pods', () => {
  const { spec, ...rest } = deployment(3, 1, 1);
  const bounds = rolloutBounds({ ...rest, spec: { ...spec, strategy: { type: 'Recreate' } } });
  expect(bounds).toEqual({ desired: 3, maxSurge: 0, maxUnavailable: 0 });
});

test.each([
  // wanted, surge, total, own → own then
  [3, 1, 3, 0, 1],
  [3, 1, 0, 0, 3],
  [3, 1, 4, 1, 1],
  [10, 3, 8, 5, 10],
  [10, 3, 20, 2, 2],
])('%d wanted + %d surge, %d there: the new one grows from %d to %d', (wanted, surge, total, own, then) => {
  expect(newReplicaSetSize(deployment(wanted, surge, 0), total, own)).toBe(then);
});

test.each<[string, number, number, number, string, string[], string]>([
  // what, wanted, surge, unavailable, new, old (a, b, …), steps
  ['grow first and alone', 3, 1, 1, '0/0', ['3/3'], 'new 0->1'],
  ['shrink the old when full', 3, 1, 1, '1/0', ['3/3'], 'a 3->2'],
  ['nothing while new Pods are not available', 3, 1, 0, '1/0', ['3/3'], ''],
  ['one goes for one that came', 3, 1, 0, '1/1', ['3/3'], 'a 3->2'],
  ['too large a new one shrinks', 3, 1, 1, '5/5', [], 'new 5->3'],
  ['finished', 3, 1, 1, '3/3', [], ''],
  ['unhealthy ones go first', 10, 0, 2, '0/0', ['10/8'], 'a 10->8'],
  ['unhealthy ones of a younger set before healthy ones', 10, 3, 2, '5/5', ['3/3', '5/3'], 'b 5->3, a 3->0'],
  ['roll over: the stuck old set makes room', 10, 3, 2, '0/0', ['8/8', '5/0'], 'b 5->0'],
  ['stuck: nothing more may go', 10, 3, 2, '5/0', ['8/8'], ''],
  ['outdated numbers: a set not yet shrunk', 4, 0, 1, '2/2', ['2/3'], ''],
  ['both steps on one set', 4, 2, 2, '2/2', ['4/3'], 'a 4->3, a 3->0'],
])('%s', (_what, wanted, surge, unavailable, current, old, steps) => {
  const olds = old.map((text, index) => replicaSet('abc'[index] as string, text));
  const plan = planRollingUpdate(deployment(wanted, surge, unavailable), replicaSet('new', current), olds);
  expect(print(plan)).toBe(steps);
});

test('every step says why, with numbers', () => {
  const [grow] = planRollingUpdate(deployment(3, 1, 1), replicaSet('new', '0/0'), [replicaSet('a', '3/3')]);
  expect(grow?.why).toBe('at most 4 Pods may exist (3 wanted + 1 surge), 3 do');
  const [shrink] = planRollingUpdate(deployment(3, 1, 1), replicaSet('new', '1/0'), [replicaSet('a', '3/3')]);
  expect(shrink?.why).toBe('at least 2 must stay available (3 wanted - 1), 3 are');
});
