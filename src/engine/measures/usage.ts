/**
 * What a process uses of CPU and memory while it runs, as its program says. Pure and closed: its use at any moment is computed from how long
 * it has run, so nothing has to be sampled or stored. Nothing is throttled or killed for it yet.
 */

/** A value from some time after the start on. */
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
function stepAt(steps: readonly UsageStep[], ageMs: number): UsageStep | undefined {
  let latest: UsageStep | undefined;
  for (const step of steps) {
    if (step.fromMs <= ageMs && step.fromMs >= (latest?.fromMs ?? 0)) latest = step;
  }
  return latest;
}

/** The use of a process that has run for `ageMs` and answers so many requests per second. */
export function usageAt(profile: UsageProfile, ageMs: number, requestsPerSecond = 0): Usage {
  const resting = stepAt(profile.cpuSteps, ageMs)?.usage ?? profile.idleMilli;
  const grown = profile.baseBytes + (profile.growthBytesPerSecond * ageMs) / 1000;
  return {
    cpuMilli: resting + profile.perRequestMilli * requestsPerSecond,
    memoryBytes: Math.round(stepAt(profile.memorySteps, ageMs)?.usage ?? grown),
  };
}
