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
  ['at the start', 0, 0, 5, 50],
  ['growing', 10_000, 0, 5, 60],
  ['under load', 10_000, 10, 85, 60],
  ['from a step on', 30_000, 0, 400, 900],
  ['after the latest step, in whatever order they are written', 90_000, 1, 908, 900],
])('%s', (_what, ageMs, requests, cpuMilli, mebibytes) => {
  expect(usageAt(profile, ageMs, requests)).toEqual({ cpuMilli, memoryBytes: mebibytes * MIB });
});

it('is next to nothing when nothing is said', () => {
  expect(usageAt(DEFAULT_USAGE, 3_600_000, 1000)).toEqual({ cpuMilli: 1, memoryBytes: 8 * MIB });
});
