/**
 * When the scheduler takes the next Pod: one attempt after the other, each of which takes a while. This is the only place
 * that knows how long; the latency of requests to the API server is not the scheduler's business.
 */
import type { SchedulerContext } from './memory';
import { peekQueued } from './scheduling-queue';

/** How long an attempt takes: what bounds the number of attempts while many Pods wait in vain. */
const ATTEMPT_MS = 1;

/** Notes that an attempt begins. */
export function beginAttempt({ memory, nowMs }: SchedulerContext): void {
  memory.attemptAtMs = null;
  memory.busyUntilMs = nowMs + ATTEMPT_MS;
}

/** Sets the timer for the next attempt, if a Pod is ready for one and no timer is set. */
export function armAttempt(context: SchedulerContext): void {
  const { memory, nowMs } = context;
  const isSet = memory.attemptAtMs !== null && memory.attemptAtMs >= nowMs;
  if (isSet) return;
  const next = peekQueued(memory, nowMs);
  if (!next) return;
  memory.attemptAtMs = Math.max(nowMs, memory.busyUntilMs);
  context.afterBecause(memory.attemptAtMs - nowMs, 'schedule', '', next.cause);
}
