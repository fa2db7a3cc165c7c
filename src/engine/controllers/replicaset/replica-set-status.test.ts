import { expect, test } from 'vitest';
import type { ReplicaSet, ReplicaSetStatus } from '../../api/types';
import type { PodCounts } from '../../client/pod-counters';
import { calculateStatus, isStatusCurrent } from './replica-set-status';

const NOW = '2026-01-01T00:01:00Z';
const none: PodCounts = { active: 0, ready: 0, available: 0, fullyLabeled: 0, terminating: 0 };

function replicaSet(replicas: number, status: Partial<ReplicaSetStatus> = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web', generation: 2 },
    spec: { replicas, selector: {} },
    status: { replicas: 0, ...status },
  };
}

test('counts of zero are left out, but not replicas and terminatingReplicas', () => {
  expect(calculateStatus(replicaSet(3), none, undefined, NOW)).toEqual({
    replicas: 0,
    terminatingReplicas: 0,
    observedGeneration: 2,
  });
});

test.each([
  [1, 'FailedCreate'],
  [5, 'FailedDelete'],
])('with %d of 3 Pods a failure is %s', (active, reason) => {
  const { conditions } = calculateStatus(replicaSet(3), { ...none, active }, 'no quota', NOW);
  expect(conditions).toEqual([
    { type: 'ReplicaFailure', status: 'True', lastTransitionTime: NOW, reason, message: 'no quota' },
  ]);
});

test('a failure that is known stays as it was first told, and goes when there is none any more', () => {
  const known = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'first' } as const;
  const failing = replicaSet(3, { conditions: [known] });
  expect(calculateStatus(failing, none, 'second', NOW).conditions).toEqual([known]);
  expect(calculateStatus(failing, none, undefined, NOW).conditions).toBeUndefined();
});

test('a status is current when nothing but its form differs', () => {
  const counts = { ...none, active: 3, fullyLabeled: 3 };
  const stored = {
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 0,
    terminatingReplicas: 0,
    observedGeneration: 2,
  };
  const next = calculateStatus(replicaSet(3, stored), counts, undefined, NOW);
  expect(isStatusCurrent(replicaSet(3, stored), next)).toBe(true);
  expect(isStatusCurrent(replicaSet(3, { ...stored, observedGeneration: 1 }), next)).toBe(false);
  expect(isStatusCurrent(replicaSet(3, { ...stored, terminatingReplicas: undefined }), next)).toBe(false);
});
