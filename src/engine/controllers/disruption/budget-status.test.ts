import { expect, test } from 'vitest';
import { goSelector } from '../../api/selector';
import type { IntOrString, PodDisruptionBudget } from '../../api/types';
import { budgetStatus, desiredHealthyOf, failedStatus, isBudgetCurrent, reviewDisruptedPods } from './budget-status';

const NOW = '2026-01-01T00:01:00Z';

function budget(spec: PodDisruptionBudget['spec'], status: PodDisruptionBudget['status'] = {}): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', generation: 1 },
    spec,
    status,
  };
}

test.each<[string, IntOrString, number, number]>([
  ['minAvailable', 2, 3, 2],
  ['minAvailable', '50%', 3, 2],
  ['minAvailable', '50%', 0, 0],
  ['maxUnavailable', 1, 3, 2],
  ['maxUnavailable', '30%', 3, 2],
  ['maxUnavailable', '34%', 3, 1],
  ['maxUnavailable', 5, 3, 0],
  ['maxUnavailable', '100%', 1, 0],
])('%s %s of %d Pods: %d must stay healthy', (field, value, expected, desired) => {
  expect(desiredHealthyOf(budget({ [field]: value }), expected)).toBe(desired);
});

test.each([
  // expected, desired, healthy → allowed
  [3, 2, 3, 1, 'SufficientPods'],
  [3, 2, 2, 0, 'InsufficientPods'],
  [3, 2, 0, 0, 'InsufficientPods'],
  [0, 0, 2, 0, 'InsufficientPods'],
])(
  '%d expected, %d desired, %d healthy: %d allowed (%s)',
  (expectedPods, desiredHealthy, currentHealthy, allowed, reason) => {
    const counts = { expectedPods, desiredHealthy, currentHealthy, disruptedPods: {} };
    const status = budgetStatus(budget({ minAvailable: 2 }), counts, NOW);
    expect(status).toEqual({
      expectedPods,
      desiredHealthy,
      currentHealthy,
      disruptionsAllowed: allowed,
      observedGeneration: 1,
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: allowed > 0 ? 'True' : 'False',
          observedGeneration: 1,
          reason,
          message: '',
          lastTransitionTime: NOW,
        },
      ],
    });
    expect(isBudgetCurrent(budget({ minAvailable: 2 }, status), status)).toBe(true);
  },
);

test('a budget that cannot be computed allows nothing and says why', () => {
  const before = budget({ minAvailable: '50%' }, { disruptionsAllowed: 2, currentHealthy: 3, observedGeneration: 1 });
  expect(failedStatus(before, 'jobs.batch does not implement the scale subresource', NOW)).toMatchObject({
    disruptionsAllowed: 0,
    currentHealthy: 3,
    conditions: [
      { status: 'False', reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' },
    ],
  });
});

test.each([
  // approved s ago, there → kept, overdue, going, recheck
  [10, true, ['a'], [], ['a'], 110_000],
  [120, true, ['a'], [], [], 0],
  [121, true, [], ['a'], [], undefined],
  [10, false, [], [], [], undefined],
])('an eviction approved %d s ago of a Pod that is there: %s', (ago, isThere, kept, overdue, going, recheckInMs) => {
  const clock = { nowMs: 1_000_000, timeOf: (text: string) => Number(text) };
  const review = reviewDisruptedPods({ a: String(1_000_000 - ago * 1000) }, () => isThere, clock);
  expect(Object.keys(review.kept)).toEqual(kept);
  expect(review).toMatchObject({ overdue, going });
  expect(review.recheckInMs).toBe(recheckInMs);
});

test('selectors are printed as Go does', () => {
  expect(goSelector({ matchLabels: { b: '2', a: '1' } })).toBe(
    '&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},MatchExpressions:[]LabelSelectorRequirement{},}',
  );
  expect(goSelector({ matchExpressions: [{ key: 'tier', operator: 'In', values: ['x', 'y'] }] })).toBe(
    '&LabelSelector{MatchLabels:map[string]string{},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:tier,Operator:In,Values:[x y],},},}',
  );
});
