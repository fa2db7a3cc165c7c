/**
 * When the scheduler takes the next Pod: one attempt after the other, each of which takes a while. Binding cycles run beside it
 * and wait for nobody. That requests take time is the runtime's business (runtime/latency.ts).
 */
import type { Worker } from '../client/component';
import type { SchedulerContext } from './memory';
import { peekQueued } from './scheduling-queue';

/** An attempt takes 1 ms: what bounds the number of attempts while many Pods wait in vain. */
export const SCHEDULING_WORKERS: Readonly<Record<string, Worker>> = { schedule: { name: 'schedule', costMs: 1 } };

/** Notes that an attempt begins. */
export function beginAttempt({ memory }: SchedulerContext): void {
  memory.isAttemptSet = false;
}

/** Has the next attempt made as soon as the latest is over, if a Pod is ready for one and no timer is set. */
export function armAttempt(context: SchedulerContext): void {
  const { memory, nowMs } = context;
  if (memory.isAttemptSet) return;
  const next = peekQueued(memory, nowMs);
  if (!next) return;
  memory.isAttemptSet = true;
  context.afterBecause(0, 'schedule', '', next.cause);
}
