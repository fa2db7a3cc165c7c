/**
 * An amount that a process holds, memory say, as a function of time: where it begins, how it grows, and what holds from given times on instead.
 * Closed form: its value at any moment, the most it will come to, and when a sum of such amounts passes a limit are computed, never sampled.
 */

/** A value from some virtual time on, for all that run then. */
export interface UsageStep {
  readonly fromMs: number;
  /** Thousandths of a CPU, bytes, or processes. */
  readonly usage: number;
}

/** See the header. */
export interface Amount {
  readonly base: number;
  readonly growthPerSecond: number;
  readonly steps: readonly UsageStep[];
}

/** An amount of something that began at a time. */
export interface Held {
  readonly amount: Amount;
  readonly sinceMs: number;
}

/** The step that a moment lies in: the one that began last. */
export function stepAt(steps: readonly UsageStep[], atMs: number): UsageStep | undefined {
  let latest: UsageStep | undefined;
  for (const step of steps) {
    if (step.fromMs <= atMs && step.fromMs >= (latest?.fromMs ?? 0)) latest = step;
  }
  return latest;
}

/** What is held at a moment, in whole units. */
export function amountAt({ amount, sinceMs }: Held, atMs: number): number {
  const { base, growthPerSecond, steps } = amount;
  return Math.round(stepAt(steps, atMs)?.usage ?? base + (growthPerSecond * (atMs - sinceMs)) / 1000);
}

/** The most that it comes to from its beginning on; infinite when it grows for ever. */
export function ceilingOf({ amount, sinceMs }: Held): number {
  const { base, growthPerSecond, steps } = amount;
  if (steps.length === 0) return growthPerSecond > 0 ? Number.POSITIVE_INFINITY : base;
  const later = steps.filter(({ fromMs }) => fromMs > sinceMs);
  const beginning = amountAt({ amount, sinceMs }, sinceMs);
  const begunBySteps = later.length < steps.length;
  const grown = begunBySteps ? beginning : grownUntil(amount, sinceMs, later[0] ? earliest(later) : sinceMs);
  return Math.max(beginning, grown, ...later.map(({ usage }) => usage));
}

const earliest = (steps: readonly UsageStep[]): number => Math.min(...steps.map(({ fromMs }) => fromMs));

const grownUntil = ({ base, growthPerSecond }: Amount, sinceMs: number, untilMs: number): number =>
  Math.round(base + (growthPerSecond * (untilMs - sinceMs)) / 1000);

/** How fast it grows at a moment, per second. */
function growthAt({ amount }: Held, atMs: number): number {
  return stepAt(amount.steps, atMs) ? 0 : amount.growthPerSecond;
}

/**
 * The first ms from `fromMs` on at which the amounts together are more than a limit, or have reached it while they grow; infinite if never.
 * `more` is held beside them.
 */
export function crossingMs(held: readonly Held[], fromMs: number, limit: number, more: number = 0): number {
  const turns = new Set<number>([fromMs]);
  for (const { amount } of held) for (const step of amount.steps) if (step.fromMs > fromMs) turns.add(step.fromMs);
  const times = [...turns].sort((a, b) => a - b);
  for (const [index, startMs] of times.entries()) {
    let total = more;
    let growth = 0;
    for (const one of held) {
      total += amountAt(one, startMs);
      growth += growthAt(one, startMs);
    }
    if (total > limit || (total === limit && growth > 0)) return startMs;
    if (growth <= 0) continue;
    const reachedMs = startMs + Math.ceil(((limit - total) * 1000) / growth);
    if (reachedMs < (times[index + 1] ?? Number.POSITIVE_INFINITY)) return reachedMs;
  }
  return Number.POSITIVE_INFINITY;
}
