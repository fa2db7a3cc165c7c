/**
 * From what the metrics ask for to what is done: stabilization windows, rate limits, minimum and maximum. Pure.
 * Follows normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors and what they call in pkg/controller/podautoscaler/horizontal.go.
 */
import type { HorizontalPodAutoscalerBehavior, HPAScalingRules } from '../../api/types';

/** What was asked for at an earlier moment, before it was stabilized. */
export interface Recommendation {
  readonly replicas: number;
  readonly atMs: number;
}

/** By how much the size was changed at an earlier moment. */
export interface ScaleEvent {
  readonly change: number;
  readonly atMs: number;
}

/** What is remembered of one autoscaler. */
export interface ScalingHistory {
  readonly recommendations: readonly Recommendation[];
  readonly ups: readonly ScaleEvent[];
  readonly downs: readonly ScaleEvent[];
}

/** What is to be normalized. */
export interface Wish {
  readonly current: number;
  /** What the metrics ask for. */
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly nowMs: number;
  /** `--horizontal-pod-autoscaler-downscale-stabilization`. */
  readonly downscaleStabilizationMs: number;
}

/** A reason with its message, as conditions carry them. */
export interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What is to be done, and the words for it. */
export interface Normalized {
  readonly replicas: number;
  /** What the stabilization window let through. */
  readonly stabilized: number;
  readonly ableToScale: Verdict;
  readonly scalingLimited: Verdict;
  readonly recommendations: readonly Recommendation[];
}

/** Words for each bound. */
const LIMITS = {
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
} as const;

interface Bounded {
  readonly replicas: number;
  readonly limit?: keyof typeof LIMITS;
}

/** An entry in place of the last one that is past use, or at the end: the list doesn't grow for ever. */
function remembered<T>(list: readonly T[], isPast: (entry: T) => boolean, entry: T): readonly T[] {
  let place = -1;
  list.forEach((each, index) => {
    if (isPast(each)) place = index;
  });
  return place < 0 ? [...list, entry] : list.map((each, index) => (index === place ? entry : each));
}

/** Normalizes a wish. */
export function normalize(
  wish: Wish,
  behavior: HorizontalPodAutoscalerBehavior | undefined,
  history: ScalingHistory,
): Normalized {
  const up = behavior?.scaleUp;
  const down = behavior?.scaleDown;
  const { stabilized, recommendations } =
    up && down ? stabilizeBoth(wish, up, down, history) : stabilizeDown(wish, history);
  const { replicas, limit } =
    up && down ? boundByRules({ ...wish, desired: stabilized }, up, down, history) : bound(wish, stabilized);
  const ableToScale =
    stabilized === wish.desired
      ? { reason: 'ReadyForNewScale', message: 'recommended size matches current size' }
      : stabilizedWords(up !== undefined && wish.desired >= wish.current);
  const limited = limit
    ? { reason: limit, message: LIMITS[limit] }
    : { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };
  return {
    replicas,
    stabilized,
    ableToScale: { status: 'True', ...ableToScale },
    scalingLimited: { status: replicas === stabilized ? 'False' : 'True', ...limited },
    recommendations,
  };
}

function stabilizedWords(isUp: boolean): { reason: string; message: string } {
  return isUp
    ? {
        reason: 'ScaleUpStabilized',
        message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
      }
    : {
        reason: 'ScaleDownStabilized',
        message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
      };
}

type Stabilized = Pick<Normalized, 'stabilized' | 'recommendations'>;

/** Without behavior only shrinking waits. */
function stabilizeDown({ desired, nowMs, downscaleStabilizationMs }: Wish, history: ScalingHistory): Stabilized {
  const cutoff = nowMs - downscaleStabilizationMs;
  const recent = history.recommendations.filter(({ atMs }) => atMs >= cutoff).map(({ replicas }) => replicas);
  const entry = { replicas: desired, atMs: nowMs };
  const recommendations = remembered(history.recommendations, ({ atMs }) => atMs < cutoff, entry);
  return { stabilized: Math.max(desired, ...recent), recommendations };
}

function stabilizeBoth(wish: Wish, up: HPAScalingRules, down: HPAScalingRules, history: ScalingHistory): Stabilized {
  const { current, desired, nowMs, downscaleStabilizationMs } = wish;
  const upCutoff = nowMs - (up.stabilizationWindowSeconds ?? 0) * 1000;
  const { stabilizationWindowSeconds: window } = down;
  const downCutoff = nowMs - (window === undefined ? downscaleStabilizationMs : window * 1000);
  let lowest = desired;
  let highest = desired;
  for (const { replicas, atMs } of history.recommendations) {
    if (atMs > upCutoff) lowest = Math.min(lowest, replicas);
    if (atMs > downCutoff) highest = Math.max(highest, replicas);
  }
  const isPast = ({ atMs }: Recommendation) => atMs < upCutoff && atMs < downCutoff;
  const recommendations = remembered(history.recommendations, isPast, { replicas: desired, atMs: nowMs });
  return { stabilized: Math.min(Math.max(current, lowest), highest), recommendations };
}

/** Twice the size at once, or 4. */
function bound({ current, min, max }: Wish, stabilized: number): Bounded {
  const fastest = Math.max(2 * current, 4);
  if (stabilized < min) return { replicas: min, limit: 'TooFewReplicas' };
  if (max > fastest)
    return stabilized > fastest ? { replicas: fastest, limit: 'ScaleUpLimit' } : { replicas: stabilized };
  return stabilized > max ? { replicas: max, limit: 'TooManyReplicas' } : { replicas: stabilized };
}

function boundByRules(wish: Wish, up: HPAScalingRules, down: HPAScalingRules, history: ScalingHistory): Bounded {
  const { current, desired, min, max } = wish;
  if (desired > current) {
    const fastest = Math.max(current, limitOf(wish, up, history, 1));
    const most = Math.min(max, fastest);
    if (desired > most) return { replicas: most, limit: max > fastest ? 'ScaleUpLimit' : 'TooManyReplicas' };
  } else if (desired < current) {
    const fastest = Math.min(current, limitOf(wish, down, history, -1));
    const least = Math.max(min, fastest);
    if (desired < least) return { replicas: least, limit: min < fastest ? 'ScaleDownLimit' : 'TooFewReplicas' };
  }
  return { replicas: desired };
}

function changesSince(events: readonly ScaleEvent[], cutoff: number): number {
  return events.reduce((sum, { change, atMs }) => (atMs > cutoff ? sum + change : sum), 0);
}

/** How far the policies let the size go, upwards (1) or downwards (-1). */
function limitOf(
  { current, nowMs }: Wish,
  { selectPolicy, policies = [] }: HPAScalingRules,
  { ups, downs }: ScalingHistory,
  sign: 1 | -1,
): number {
  if (selectPolicy === 'Disabled') return current;
  const proposals = policies.map(({ type, value, periodSeconds }) => {
    const cutoff = nowMs - periodSeconds * 1000;
    const start = current - changesSince(ups, cutoff) + changesSince(downs, cutoff);
    if (type === 'Pods') return start + sign * value;
    const share = start * (1 + (sign * value) / 100);
    return sign > 0 ? Math.ceil(share) : Math.trunc(share);
  });
  const isFurthest = (selectPolicy !== 'Min') === sign > 0;
  return isFurthest ? Math.max(...proposals) : Math.min(...proposals);
}

/** The history after a change of size; without behavior nobody asks for it. */
export function afterRescale(
  history: ScalingHistory,
  behavior: HorizontalPodAutoscalerBehavior | undefined,
  previous: number,
  next: number,
  nowMs: number,
): ScalingHistory {
  if (!behavior) return history;
  const isUp = next > previous;
  const { policies = [] } = (isUp ? behavior.scaleUp : behavior.scaleDown) ?? {};
  const cutoff = nowMs - Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds)) * 1000;
  const entry = { change: Math.abs(next - previous), atMs: nowMs };
  const grown = (events: readonly ScaleEvent[]) => remembered(events, ({ atMs }) => atMs < cutoff, entry);
  return isUp ? { ...history, ups: grown(history.ups) } : { ...history, downs: grown(history.downs) };
}
