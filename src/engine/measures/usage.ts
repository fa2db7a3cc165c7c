/**
 * What a process uses of CPU, memory, disk and process ids while it runs, as its program says. Pure and closed: its use at any moment is
 * computed from how long it has run and what time it is, so nothing has to be sampled or stored. Of CPU it gets no more than its limit.
 */
import { type Amount, amountAt, stepAt, type UsageStep } from './amount';

export type { UsageStep } from './amount';

/** What a program uses. */
export interface UsageProfile {
  readonly idleMilli: number;
  /** Thousandths of a CPU for each request per second. */
  readonly perRequestMilli: number;
  readonly cpuSteps: readonly UsageStep[];
  readonly baseBytes: number;
  readonly growthBytesPerSecond: number;
  readonly memorySteps: readonly UsageStep[];
  /** Bytes that it writes to its container's file system; default: none. */
  readonly disk?: Amount;
  /** How many processes it is; default: as many as it has. */
  readonly processes?: Amount;
}

/** The memory of a profile. */
export const memoryOf = ({ baseBytes, growthBytesPerSecond, memorySteps }: UsageProfile): Amount => ({
  base: baseBytes,
  growthPerSecond: growthBytesPerSecond,
  steps: memorySteps,
});

/** What is used at one moment. */
export interface Usage {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** What a program uses of which nothing is said: next to nothing. */
export const DEFAULT_USAGE: UsageProfile = {
  idleMilli: 1,
  perRequestMilli: 0,
  cpuSteps: [],
  baseBytes: 8 * 1024 * 1024,
  growthBytesPerSecond: 0,
  memorySteps: [],
};

/** What a process was at one moment. */
export interface Running {
  /** Virtual ms. */
  readonly atMs: number;
  readonly startedAtMs: number;
  readonly requestsPerSecond?: number;
  /** The most it may have, in thousandths of a CPU; default: no limit. */
  readonly cpuLimitMilli?: number;
}

/** The use of a process at a moment. */
export function usageAt(profile: UsageProfile, running: Running): Usage {
  const { atMs, startedAtMs, requestsPerSecond = 0, cpuLimitMilli = Number.POSITIVE_INFINITY } = running;
  const resting = stepAt(profile.cpuSteps, atMs)?.usage ?? profile.idleMilli;
  return {
    cpuMilli: Math.min(resting + profile.perRequestMilli * requestsPerSecond, cpuLimitMilli),
    memoryBytes: amountAt({ amount: memoryOf(profile), sinceMs: startedAtMs }, atMs),
  };
}
