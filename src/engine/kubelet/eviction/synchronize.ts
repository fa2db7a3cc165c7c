/**
 * What one look of the eviction manager comes to: which thresholds are met for long enough, and which conditions the node has. Pure.
 * Follows synchronize in pkg/kubelet/eviction/eviction_manager.go up to where it reclaims.
 */
import { type Observations, thresholdsMet } from './observations';
import { keyOfThreshold, PRESSURES, type Pressure, SIGNALS, type Threshold } from './thresholds';

/** What a manager remembers from one look to the next. Values are replaced, never changed. */
export interface EvictionMemory {
  /** It looks again by itself. */
  readonly isActive: boolean;
  readonly pressures: readonly Pressure[];
  /** By {@link keyOfThreshold}: since when thresholds have been met. */
  readonly firstObservedMs: Readonly<Record<string, number>>;
  /** Of these the grace period was over. */
  readonly met: readonly string[];
  /** When a condition was last observed. */
  readonly lastObservedMs: { readonly [pressure in Pressure]?: number };
  /** Whose end it waits for, and how long at most. */
  readonly evicting?: { readonly uids: readonly string[]; readonly untilMs: number };
}

/** Of a kubelet that has just begun. */
export const NO_PRESSURE: EvictionMemory = {
  isActive: false,
  pressures: [],
  firstObservedMs: {},
  met: [],
  lastObservedMs: {},
};

/** What follows from one look. */
export interface Look {
  readonly memory: EvictionMemory;
  /** Thresholds to act on, those of memory first. */
  readonly due: readonly Threshold[];
}

function observedAt(
  before: EvictionMemory['lastObservedMs'],
  thresholds: readonly Threshold[],
  nowMs: number,
): EvictionMemory['lastObservedMs'] {
  const observed: { [pressure in Pressure]?: number } = { ...before };
  for (const { signal } of thresholds) {
    const pressure = SIGNALS.get(signal)?.pressure;
    if (pressure) observed[pressure] = nowMs;
  }
  return observed;
}

/** Looks at what is observed. `transitionMs`: how long a condition stays after it was last observed. */
export function look(
  before: EvictionMemory,
  thresholds: readonly Threshold[],
  observations: Observations,
  { nowMs, transitionMs }: { readonly nowMs: number; readonly transitionMs: number },
): Look {
  const stillMet = thresholds.filter((threshold) => before.met.includes(keyOfThreshold(threshold)));
  const found = new Set([
    ...thresholdsMet(thresholds, observations, false),
    ...thresholdsMet(stillMet, observations, true),
  ]);
  const met = thresholds.filter((threshold) => found.has(threshold));
  const firstObservedMs = Object.fromEntries(
    met.map(keyOfThreshold).map((key) => [key, before.firstObservedMs[key] ?? nowMs]),
  );
  const lastObservedMs = observedAt(before.lastObservedMs, met, nowMs);
  const pressures = PRESSURES.filter((pressure) => {
    const atMs = lastObservedMs[pressure];
    return atMs !== undefined && nowMs - atMs < transitionMs;
  });
  const due = met.filter((threshold) => {
    const sinceMs = firstObservedMs[keyOfThreshold(threshold)] ?? nowMs;
    return nowMs - sinceMs >= threshold.gracePeriodMs;
  });
  return {
    memory: { ...before, pressures, firstObservedMs, lastObservedMs, met: due.map(keyOfThreshold) },
    due: [...due].sort((a, b) => Number(isMemory(b)) - Number(isMemory(a)) || placeOf(due, a) - placeOf(due, b)),
  };
}

const placeOf = (list: readonly Threshold[], threshold: Threshold): number => list.indexOf(threshold);

const isMemory = ({ signal }: Threshold): boolean => SIGNALS.get(signal)?.resource === 'memory';
