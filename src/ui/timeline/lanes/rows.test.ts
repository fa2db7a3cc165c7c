import { expect, test } from 'vitest';
import { HEAD_HEIGHT, LANE_HEIGHTS, placed, slicesIn } from './rows';

const TOTALS = { happenings: 2, workloads: 1, pods: 5_000, controllers: 3 };

test('every lane has a place, and folded groups only their head', () => {
  const { groups, heightPx } = placed(TOTALS, ['controllers'], 10);
  expect(groups.map(({ group, headPx, lanesPx }) => [group, headPx, lanesPx])).toEqual([
    ['happenings', undefined, 10],
    ['workloads', 50, 50 + HEAD_HEIGHT],
    ['pods', 84 + HEAD_HEIGHT, 84 + 2 * HEAD_HEIGHT],
    ['controllers', 84 + 2 * HEAD_HEIGHT + 5_000 * LANE_HEIGHTS.pods, 84 + 3 * HEAD_HEIGHT + 5_000 * LANE_HEIGHTS.pods],
  ]);
  expect(heightPx).toBe(84 + 3 * HEAD_HEIGHT + 5_000 * LANE_HEIGHTS.pods);
});

test('only what is in sight is asked for, wherever that is', () => {
  const { groups } = placed(TOTALS, [], 0);
  const top = slicesIn(groups, 0, 100);
  expect(top.map(({ group, first }) => [group, first])).toEqual([
    ['happenings', 0],
    ['workloads', 0],
    ['pods', 0],
  ]);
  const deep = slicesIn(groups, 40_000, 100);
  expect(deep).toHaveLength(1);
  expect(deep[0]?.count).toBeLessThan(16);
  expect(deep[0]?.first).toBeGreaterThan(2_000);
  expect(slicesIn(placed(TOTALS, ['pods'], 0).groups, 0, 300).map(({ group }) => group)).not.toContain('pods');
});
