/**
 * Budgets of a run: what keeps a tab alive when someone asks for a million replicas, and what ends a loop in which time stands still.
 * Reaching one pauses with a message. The same ones hold in the page, in the terminal and in tests.
 */
import type { Limits } from '../simulation';

/** The budgets that hold unless a caller raises them. */
export const DEFAULT_LIMITS: Limits = {
  maxObjects: 100_000,
  maxStepsPerSecond: 20_000,
  maxRevisions: 400_000,
  // 10,000 Pods that roll out fire 3,500 in their busiest ms, and 50,000 in their busiest second.
  maxTimersPerMs: 50_000,
  maxTimersPerSecond: 1_000_000,
};

/** No budgets: for a replay of what has been within them before. */
export const UNLIMITED: Limits = {
  maxObjects: Infinity,
  maxStepsPerSecond: Infinity,
  maxRevisions: Infinity,
  maxTimersPerMs: Infinity,
  maxTimersPerSecond: Infinity,
};

/** The flag of the command line that sets each budget. */
export const LIMIT_FLAGS: Readonly<Record<keyof Limits, string>> = {
  maxObjects: '--max-objects',
  maxStepsPerSecond: '--max-steps-per-second',
  maxRevisions: '--max-revisions',
  maxTimersPerMs: '--max-timers-per-ms',
  maxTimersPerSecond: '--max-timers-per-second',
};

/** Every budget so many times as large. */
export function raisedLimits(limits: Limits, factor: number): Limits {
  return {
    maxObjects: limits.maxObjects * factor,
    maxStepsPerSecond: limits.maxStepsPerSecond * factor,
    maxRevisions: limits.maxRevisions * factor,
    maxTimersPerMs: limits.maxTimersPerMs * factor,
    maxTimersPerSecond: limits.maxTimersPerSecond * factor,
  };
}

/** How much of its budgets a run has used. */
export interface Use {
  readonly objects: number;
  readonly revisions: number;
  /** Steps in the virtual second of the latest step. */
  readonly steps: number;
  readonly second: number;
  /** Timers that fired in the virtual ms and second of the latest one, and the actor that most of them were of. */
  readonly timersInMs: number;
  readonly timersInSecond: number;
  readonly nowMs: number;
  readonly busiest: string;
}

function usedUp(limits: Limits, use: Use): [keyof Limits, string] | undefined {
  if (use.objects > limits.maxObjects)
    return ['maxObjects', `the cluster holds ${use.objects} objects, more than the budget of ${limits.maxObjects}`];
  if (use.steps > limits.maxStepsPerSecond)
    return [
      'maxStepsPerSecond',
      `more than ${limits.maxStepsPerSecond} steps happened in virtual second ${use.second}`,
    ];
  if (use.revisions > limits.maxRevisions)
    return [
      'maxRevisions',
      `the history holds ${use.revisions} revisions, more than the budget of ${limits.maxRevisions}`,
    ];
  const tooMany = (most: number, where: string) =>
    `${use.busiest} set too many timers: more than ${most} fired in virtual ${where}`;
  if (use.timersInMs > limits.maxTimersPerMs)
    return ['maxTimersPerMs', tooMany(limits.maxTimersPerMs, `millisecond ${use.nowMs}`)];
  if (use.timersInSecond > limits.maxTimersPerSecond)
    return ['maxTimersPerSecond', tooMany(limits.maxTimersPerSecond, `second ${Math.floor(use.nowMs / 1000)}`)];
  return undefined;
}

/** The message of the budget that is used up, or undefined. */
export function exceededLimit(limits: Limits, use: Use): string | undefined {
  const found = usedUp(limits, use);
  if (!found) return undefined;
  const [name, what] = found;
  return `Paused: ${what}. Raise the budget (${name}; ${LIMIT_FLAGS[name]} on the command line) to go on.`;
}

/** What a run counts as it goes. */
interface Counts {
  readonly objects: number;
  readonly nowMs: number;
  readonly store: { readonly revision: number };
  readonly rate: { readonly inMs: number; readonly inSecond: number; busiest(): string };
}

/** The same of a run; asked before every timer. */
export function exceededBy(
  limits: Limits,
  { objects, nowMs, store: { revision: revisions }, rate }: Counts,
  { stepsThisSecond: steps, second }: { readonly stepsThisSecond: number; readonly second: number },
): string | undefined {
  const isWithin =
    objects <= limits.maxObjects &&
    revisions <= limits.maxRevisions &&
    steps <= limits.maxStepsPerSecond &&
    rate.inMs <= limits.maxTimersPerMs &&
    rate.inSecond <= limits.maxTimersPerSecond;
  if (isWithin) return undefined;
  return exceededLimit(limits, {
    objects,
    revisions,
    steps,
    second,
    nowMs,
    timersInMs: rate.inMs,
    timersInSecond: rate.inSecond,
    busiest: rate.busiest(),
  });
}
