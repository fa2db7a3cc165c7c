/** Every recorded case that differs is among the limits with its reason, and none that agrees. */
import { expect, test } from 'vitest';
import { RECORDED_LIMITS } from '../../engine/simplifications/recorded';
import agreement from './agreement.json' with { type: 'json' };

/** Cases of parts that are being built: they go from here when they agree. */
const COMING: readonly string[] = [
  'kubelet/debug-container',
  'kubelet/env-config-map-missing',
  'kubelet/resize-in-place',
];

test('what differs from a real cluster is listed with its reason', () => {
  const differing = Object.entries(agreement).flatMap(([name, [same, total]]) => (same === total ? [] : [name]));
  const listed = RECORDED_LIMITS.flatMap(({ what }) => what.split(', '));
  expect(differing.filter((name) => !listed.includes(name) && !COMING.includes(name))).toEqual([]);
  expect(listed.filter((name) => !differing.includes(name))).toEqual([]);
});
