import { expect, it } from 'vitest';
import { DEFAULT_USAGE, type UsageProfile, usageAt } from './usage';

const MIB = 1024 * 1024;
const profile: UsageProfile = {
  idleMilli: 5,
  perRequestMilli: 8,
  cpuSteps: [
    { fromMs: 60_000, usage: 900 },
    { fromMs: 30_000, usage: 400 },
  ],
  baseBytes: 50 * MIB,
  growthBytesPerSecond: MIB,
  memorySteps: [{ fromMs: 30_000, usage: 900 * MIB }],
};

it.each([
  ['at the start', 5000, 5000, 0, 5, 50],
  ['growing since its start', 15_000, 5000, 0, 5, 60],
  ['under load', 15_000, 5000, 10, 85, 60],
  ['from a time on, whenever it started', 30_000, 29_000, 0, 400, 900],
  ['after the latest step, in whatever order they are written', 90_000, 0, 1, 908, 900],
])('%s', (_what, atMs, startedAtMs, requestsPerSecond, cpuMilli, mebibytes) => {
  expect(usageAt(profile, { atMs, startedAtMs, requestsPerSecond })).toEqual({
    cpuMilli,
    memoryBytes: mebibytes * MIB,
  });
});

it('is throttled at its limit', () => {
  const running = { atMs: 60_000, startedAtMs: 0, cpuLimitMilli: 250 };
  expect(usageAt(profile, running).cpuMilli).toBe(250);
});

it('is next to nothing when nothing is said', () => {
  const running = { atMs: 3_600_000, startedAtMs: 0, requestsPerSecond: 1000 };
  expect(usageAt(DEFAULT_USAGE, running)).toEqual({ cpuMilli: 1, memoryBytes: 8 * MIB });
});
