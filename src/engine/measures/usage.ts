/**
 * What a process uses of CPU and memory while it runs, as its program says. Pure and closed: its use at any moment is computed from how long
 * it has run and what time it is, so nothing has to be sampled or stored. Of CPU it gets no more than its limit; nothing is killed for memory yet.
 */

/** A value from some virtual time on, for all that run then. */
export interface UsageStep {
  readonly fromMs: number;
  /** Thousandths of a CPU, or bytes. */
  readonly usage: number;
}

/** What a program uses. */
export interface UsageProfile {
  readonly idleMilli: number;
  /** Thousandths of a CPU for each request per second. */
  readonly perRequestMilli: number;
  readonly cpuSteps: readonly UsageStep[];
  readonly baseBytes: number;
  readonly growthBytesPerSecond: number;
  readonly memorySteps: readonly UsageStep[];
}

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

/** The step that a moment lies in: the one that began last. */
function stepAt(steps: readonly UsageStep[], atMs: number): UsageStep | undefined {
  let latest: UsageStep | undefined;
  for (const step of steps) {
    if (step.fromMs <= atMs && step.fromMs >= (latest?.fromMs ?? 0)) latest = step;
  }
  return latest;
}

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
  const grown = profile.baseBytes + (profile.growthBytesPerSecond * (atMs - startedAtMs)) / 1000;
  return {
    cpuMilli: Math.min(resting + profile.perRequestMilli * requestsPerSecond, cpuLimitMilli),
    memoryBytes: Math.round(stepAt(profile.memorySteps, atMs)?.usage ?? grown),
  };
}
