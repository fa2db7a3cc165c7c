import { expect, test } from 'vitest';
import type { DaemonSet, IntOrString, Pod } from '../../api/types';
import { planRolling, rollingBounds } from './rolling';

/** `old+`: a Pod of the old revision that is available; `-` is not, `x` is being deleted. */
function pod(text: string, node: string, index: number): Pod {
  const metadata = { name: `${node}.${index}`, labels: { is: text.slice(0, -1), so: text.at(-1) as string } };
  const going = text.endsWith('x') ? { deletionTimestamp: 'now' } : {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, ...going },
    spec: { containers: [] },
    status: {},
  } as Pod;
}

test.each<[IntOrString, IntOrString, number, number, number]>([
  // maxUnavailable, maxSurge, nodes → unavailable, surge
  [1, 0, 3, 1, 0],
  ['34%', 0, 3, 2, 0],
  [0, '10%', 3, 0, 1],
  [0, 0, 3, 1, 0],
  [0, 0, 0, 0, 0],
  ['100%', 0, 5, 5, 0],
])('bounds %s %s of %d', (maxUnavailable, maxSurge, desired, unavailable, surge) => {
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } };
  const bounds = rollingBounds({ spec: { updateStrategy } } as DaemonSet, desired);
  expect(bounds).toEqual({ desired, maxUnavailable: unavailable, maxSurge: surge });
});

test.each([
  // maxUnavailable, maxSurge, Pods of node a | b | c → deleted; nodes that get a Pod
  [1, 0, 'old+ | old+ | old+', 'a.0', ''],
  [2, 0, 'old+ | old+ | old+', 'a.0 b.0', ''],
  [1, 0, 'new- | old+ | old+', '', ''],
  [1, 0, 'new+ | old+ | old+', 'b.0', ''],
  [1, 0, 'oldx | old+ | old+', '', ''],
  [1, 0, 'old- | old+ | old-', 'a.0 c.0', ''],
  [1, 0, 'old+ | old- | old+', 'b.0', ''],
  [2, 0, 'old+ | old- | old+', 'b.0 a.0', ''],
  [1, 0, ' | old+ | old+', '', ''],
  [1, 0, 'new+ | new+ | new+', '', ''],
  [1, 0, 'old+ old+ | old+ | old+', '', ''],
  [0, 1, 'old+ | old+ | old+', '', 'a'],
  [0, 2, 'old+ | old+ | old+', '', 'a b'],
  [0, 1, 'old+ new- | old+ | old+', '', ''],
  [0, 1, 'old+ new+ | old+ | old+', 'a.0', 'b'],
  [0, 1, 'old- | old- | old+', '', 'a b c'],
  [0, 1, 'new+ | new+ | old+', '', 'c'],
])('maxUnavailable %d, maxSurge %d: %s', (maxUnavailable, maxSurge, text, deletions, creations) => {
  const nodes = text.split('|').map((pods, at) => {
    const name = 'abc'[at] as string;
    const texts = pods.trim().split(' ').filter(Boolean);
    return { name, shouldRun: true, pods: texts.map((each, index) => pod(each, name, index)) };
  });
  const plan = planRolling(nodes, {
    maxUnavailable,
    maxSurge,
    desired: 3,
    isUpdated: ({ metadata }) => metadata.labels?.is === 'new',
    isAvailable: ({ metadata }) => metadata.labels?.so === '+',
  });
  expect(plan.deletions.join(' ')).toBe(deletions);
  expect(plan.creations.join(' ')).toBe(creations);
});

test('surging, Pods of nodes that are not wanted any more go only while enough others are available', () => {
  const of = (name: string, shouldRun: boolean, text: string) => ({ name, shouldRun, pods: [pod(text, name, 0)] });
  const settings = { maxUnavailable: 0, maxSurge: 1, isUpdated: (one: Pod) => one.metadata.labels?.is === 'new' };
  const isAvailable = (one: Pod): boolean => one.metadata.labels?.so === '+';
  const nodes = [of('a', false, 'old+'), of('b', true, 'new+')];
  expect(planRolling(nodes, { ...settings, desired: 1, isAvailable }).deletions).toEqual(['a.0']);
  expect(planRolling(nodes, { ...settings, desired: 2, isAvailable }).deletions).toEqual([]);
});
