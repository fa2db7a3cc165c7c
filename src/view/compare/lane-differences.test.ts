import { expect, test } from 'vitest';
import type { Lane } from '../lanes/lane-shapes';
import { differingIn } from './lane-differences';

const base = { id: 'Deployment/default/web', name: 'web', namespace: 'default', kind: 'Deployment' };

const rollout = (total: readonly number[], counts: readonly number[], revisions: readonly number[]): Lane => ({
  ...base,
  type: 'rollout',
  series: { total },
  stacks: [
    { replicaSet: 'web-a', counts, revisions },
    { replicaSet: 'web-old', counts: [0, 0, 0, 0], revisions: counts },
  ],
});

test('a lane differs where it is drawn differently, and no longer', () => {
  const lane = rollout([-1, 2, 2, 2], [-1, 2, 2, 2], [-1, 1, 1, 1]);
  expect(differingIn(lane, lane, 4)).toEqual([0, 0, 0, 0]);
  expect(differingIn(lane, rollout([-1, 2, 3, 2], [-1, 2, 3, 2], [-1, 1, 1, 1]), 4)).toEqual([0, 0, 1, 0]);
  expect(differingIn(lane, rollout([-1, 2, 2, 2], [-1, 2, 2, 2], [-1, 1, 1, 3]), 4)).toEqual([0, 0, 0, 1]);
});

test('what only one branch has differs as long as it is there', () => {
  const lane = rollout([-1, 2, 2, -1], [-1, 2, 2, -1], [-1, 1, 1, -1]);
  expect(differingIn(lane, null, 4)).toEqual([0, 1, 1, 0]);
  expect(differingIn(null, lane, 4)).toEqual([0, 1, 1, 0]);
});

test('runs of a CronJob differ while one runs in one branch only, or ended otherwise', () => {
  const runs = (state: 'complete' | 'failed', to: number): Lane => ({
    ...base,
    type: 'runs',
    runs: [{ job: 'job-1', from: 1, to, state }],
  });
  expect(differingIn(runs('complete', 3), runs('complete', 4), 5)).toEqual([0, 0, 0, 1, 0]);
  expect(differingIn(runs('complete', 3), runs('failed', 3), 5)).toEqual([0, 1, 1, 0, 0]);
});
