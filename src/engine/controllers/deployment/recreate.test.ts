import { expect, test } from 'vitest';
import type { Pod, ReplicaSet } from '../../api/types';
import { oldPodsRunning, planRecreateDown, planRecreateUp } from './recreate';

function replicaSet(name: string, replicas: number, actual: number): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name },
    spec: { replicas, selector: {} },
    status: { replicas: actual },
  };
}

const pod = (phase: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: phase },
  spec: { containers: [] },
  status: { phase },
});

test('all old ReplicaSets go to zero at once, and the new one gets its full size at once', () => {
  const steps = planRecreateDown([replicaSet('a', 2, 2), replicaSet('b', 0, 0), replicaSet('c', 1, 1)]);
  expect(steps.map(({ replicaSet: { metadata }, to }) => `${metadata.name}->${to}`)).toEqual(['a->0', 'c->0']);
  expect(planRecreateUp(replicaSet('d', 0, 0), 3).map(({ from, to }) => [from, to])).toEqual([[0, 3]]);
  expect(planRecreateUp(replicaSet('d', 3, 0), 3)).toEqual([]);
});

test.each<[string, number, string[], boolean]>([
  ['a ReplicaSet still counts Pods', 1, [], true],
  ['a Pod is still terminating', 0, ['Running'], true],
  ['only finished Pods are left', 0, ['Failed', 'Succeeded'], false],
  ['nothing is left', 0, [], false],
])('%s', (_what, actual, phases, isRunning) => {
  expect(oldPodsRunning([replicaSet('a', 0, actual)], () => phases.map(pod))).toBe(isRunning);
});
