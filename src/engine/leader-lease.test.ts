import { expect, test } from 'vitest';
import { canRenew, LEASE_DEFAULTS, lostAtMs, takenAtMs, upAtMs } from './leader-lease';

const DOWN = { isDown: true, latencyMs: 0 };
const slow = (latencyMs: number) => ({ isDown: false, latencyMs });

test.each([
  [slow(0), true],
  [slow(4999), true],
  [slow(5000), false],
  [DOWN, false],
])('%j can be renewed: %s', (reach, can) => expect(canRenew(reach, LEASE_DEFAULTS)).toBe(can));

test.each([
  ['right after a renewal', 30_000, DOWN, false, 42_000],
  ['right before the next', 31_999, DOWN, false, 42_000],
  ['who lets go asks first, and is refused', 30_000, DOWN, true, 42_000],
  ['who lets go asks first, and waits', 30_000, slow(6000), true, 47_000],
])('a Lease is lost: %s', (_what, nowMs, reach, releases, atMs) =>
  expect(lostAtMs(nowMs, reach, LEASE_DEFAULTS, releases)).toBe(atMs),
);

test.each([
  ['it started at once', slow(6000), 50_000, 50_000],
  ['the kubelet was about to start it again', DOWN, 45_000, 52_000],
  ['third start', DOWN, 60_000, 72_000],
  ['it is at it', slow(20_000), 45_000, 45_000],
  ['first back-off', slow(20_000), 55_000, 62_000],
  ['the longest back-off', DOWN, 1_000_000, 42_000 + 10_000 + 20_000 + 40_000 + 80_000 + 160_000 + 3 * 300_000],
])('a process that ended at 42 s is up: %s', (_what, reach, nowMs, atMs) =>
  expect(upAtMs(42_000, nowMs, reach)).toBe(atMs),
);

test('a Lease is taken at the first try after it has run out', () => {
  expect(takenAtMs(50_000, 50_000, LEASE_DEFAULTS, () => 0)).toBe(66_000);
  expect(takenAtMs(50_000, 50_000, LEASE_DEFAULTS, () => 0.5)).toBe(50_000 + 5 * 3200);
  expect(takenAtMs(50_000, 90_000, LEASE_DEFAULTS, () => 0.5)).toBe(90_000);
});
