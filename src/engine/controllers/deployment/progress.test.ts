import { expect, test } from 'vitest';
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../api/types';
import { calculateRolloutStatus, nextProgressCheckMs, pauseCondition } from './progress';

const clockAt = (seconds: number) => ({
  now: String(seconds),
  nowMs: seconds * 1000,
  timeOf: (text: string) => Number(text) * 1000,
});

function progressing(reason: string, at: number, status: 'True' | 'False' | 'Unknown' = 'True'): DeploymentCondition {
  return { type: 'Progressing', status, reason, lastUpdateTime: String(at), lastTransitionTime: '0', message: '' };
}

function deployment(replicas: number, status: DeploymentStatus, paused = false): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', generation: 1 },
    spec: { replicas, selector: {}, template: {}, progressDeadlineSeconds: 10, paused },
    status,
  };
}

function replicaSet(name: string, size: number, actual: number, ready: number): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name },
    spec: { replicas: size, selector: {} },
    status: {
      replicas: actual,
      readyReplicas: ready,
      availableReplicas: ready,
      terminatingReplicas: 0,
      observedGeneration: 1,
    },
  };
}

function statusOf(subject: Deployment, current: ReplicaSet, old: readonly ReplicaSet[], seconds: number) {
  return calculateRolloutStatus(subject, { current, old, all: [...old, current] }, clockAt(seconds));
}

function reasonOf(status: DeploymentStatus): string {
  const condition = status.conditions?.find(({ type }) => type === 'Progressing');
  return `${condition?.status} ${condition?.reason}: ${condition?.message}`;
}

test('the sums of a stuck rollout, zeros left out', () => {
  const before = deployment(4, { conditions: [progressing('NewReplicaSetCreated', 1)] });
  const status = statusOf(before, replicaSet('new', 2, 2, 0), [replicaSet('old', 3, 3, 3)], 2);
  const { conditions, ...counts } = status;
  expect(counts).toEqual({
    observedGeneration: 1,
    replicas: 5,
    updatedReplicas: 2,
    readyReplicas: 3,
    availableReplicas: 3,
    unavailableReplicas: 2,
    terminatingReplicas: 0,
  });
  expect(conditions?.map(({ type }) => type)).toEqual(['Available', 'Progressing']);
});

test.each<[string, number, DeploymentStatus, ReplicaSet, number, string]>([
  [
    'complete',
    2,
    { updatedReplicas: 2 },
    replicaSet('new', 2, 2, 2),
    5,
    'True NewReplicaSetAvailable: ReplicaSet "new" has successfully progressed.',
  ],
  [
    'more ready',
    2,
    { updatedReplicas: 2 },
    replicaSet('new', 2, 2, 1),
    5,
    'True ReplicaSetUpdated: ReplicaSet "new" is progressing.',
  ],
  [
    'no news before the deadline',
    2,
    { replicas: 2, updatedReplicas: 2 },
    replicaSet('new', 2, 2, 0),
    10,
    'True NewReplicaSetCreated: ',
  ],
  [
    'no news at the deadline',
    2,
    { replicas: 2, updatedReplicas: 2 },
    replicaSet('new', 2, 2, 0),
    11,
    'True NewReplicaSetCreated: ',
  ],
  [
    'no news after it',
    2,
    { replicas: 2, updatedReplicas: 2 },
    replicaSet('new', 2, 2, 0),
    12,
    'False ProgressDeadlineExceeded: ReplicaSet "new" has timed out progressing.',
  ],
])('%s', (_what, wanted, before, current, seconds, text) => {
  const subject = deployment(wanted, { ...before, conditions: [progressing('NewReplicaSetCreated', 1)] });
  expect(reasonOf(statusOf(subject, current, [], seconds))).toBe(text);
});

test('progress with the same reason moves only lastUpdateTime', () => {
  const subject = deployment(3, { updatedReplicas: 1, conditions: [progressing('ReplicaSetUpdated', 3)] });
  const status = statusOf(subject, replicaSet('new', 2, 2, 0), [], 7);
  expect(status.conditions?.find(({ type }) => type === 'Progressing')).toMatchObject({
    lastUpdateTime: '7',
    lastTransitionTime: '0',
  });
});

test('Available follows minimum availability, with the words of Kubernetes', () => {
  const message = (ready: number) =>
    statusOf(deployment(2, {}), replicaSet('new', 2, 2, ready), [], 1).conditions?.find(
      ({ type }) => type === 'Available',
    );
  expect(message(2)).toMatchObject({
    status: 'True',
    reason: 'MinimumReplicasAvailable',
    message: 'Deployment has minimum availability.',
  });
  expect(message(0)).toMatchObject({
    status: 'False',
    reason: 'MinimumReplicasUnavailable',
    message: 'Deployment does not have minimum availability.',
  });
});

test('a failure of a ReplicaSet shows on the Deployment and goes with it', () => {
  const failure = {
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message: 'no',
    lastTransitionTime: '4',
  } as const;
  const failing = replicaSet('new', 2, 0, 0);
  const status = statusOf(
    deployment(2, {}),
    { ...failing, status: { ...failing.status, conditions: [failure] } },
    [],
    5,
  );
  expect(status.conditions?.at(-1)).toEqual({ ...failure, lastUpdateTime: '4' });
  const after = statusOf(deployment(2, status), failing, [], 6);
  expect(after.conditions?.some(({ type }) => type === 'ReplicaFailure')).toBe(false);
});

test.each([
  ['NewReplicaSetCreated', 3, 9000],
  ['NewReplicaSetCreated', 10.5, 501],
  ['ProgressDeadlineExceeded', 3, undefined],
  ['NewReplicaSetAvailable', 3, undefined],
])('after %s the next look at %d s is in %s ms', (reason, seconds, inMs) => {
  const subject = deployment(2, { conditions: [progressing(reason, 1)] });
  expect(nextProgressCheckMs(subject, {}, clockAt(seconds))).toBe(inMs);
});

test.each([
  [true, 'ReplicaSetUpdated', 'DeploymentPaused'],
  [true, 'DeploymentPaused', undefined],
  [false, 'DeploymentPaused', 'DeploymentResumed'],
  [false, 'ReplicaSetUpdated', undefined],
  [true, 'ProgressDeadlineExceeded', undefined],
])('paused %s after %s: %s', (paused, before, reason) => {
  const subject = deployment(2, { conditions: [progressing(before, 1)] }, paused);
  expect(pauseCondition(subject, '5')?.reason).toBe(reason);
});
