/**
 * A rate-limited, de-duplicating work queue as plain data: what is waiting, why it was put there, and how often it failed in a row.
 * The one place where back-off is decided. Follows client-go/util/workqueue (default controller limiter: 5 ms doubled per
 * failure up to 1000 s; the overall token bucket of 10 per second is left out).
 */

/** Memory of a queue; checkpointed as it is. */
export interface WorkQueue {
  /** Keys waiting for work, in order, each with the step that caused it. */
  readonly waiting: Map<string, number | null>;
  /** Consecutive failures by key. */
  readonly failures: Map<string, number>;
  /** Keys that were put off, each with the virtual ms at which it is due; of several wishes the earliest counts. */
  readonly delayed: Map<string, number>;
}

/** How long failures put a key off: `baseMs` doubled per failure, up to `maxMs`. */
export interface BackoffLimits {
  readonly baseMs: number;
  readonly maxMs: number;
}

const DEFAULT_LIMITS: BackoffLimits = { baseMs: 5, maxMs: 1_000_000 };

/** An empty queue. */
export function newWorkQueue(): WorkQueue {
  return { waiting: new Map(), failures: new Map(), delayed: new Map() };
}

/** Adds a key; one that is waiting already keeps its place and its first cause. Returns whether it was new. */
export function enqueue(queue: WorkQueue, key: string, cause: number | null): boolean {
  if (queue.waiting.has(key)) return false;
  queue.waiting.set(key, cause);
  return true;
}

/** Takes the oldest key out, with its cause. */
export function dequeue(queue: WorkQueue): { key: string; cause: number | null } | undefined {
  for (const [key, cause] of queue.waiting) {
    queue.waiting.delete(key);
    return { key, cause };
  }
  return undefined;
}

/** Notes a failure and returns after how many ms the key should be tried again. */
export function backoffMs(queue: WorkQueue, key: string, { baseMs, maxMs } = DEFAULT_LIMITS): number {
  const failures = queue.failures.get(key) ?? 0;
  queue.failures.set(key, failures + 1);
  return failures >= 18 ? maxMs : Math.min(maxMs, baseMs * 2 ** failures);
}

/** Forgets a key's failures after success. */
export function forget(queue: WorkQueue, key: string): void {
  queue.failures.delete(key);
}

/** Puts a key off until `dueMs` (`AddAfter`). Returns false when it is due earlier anyway, and no timer is needed. */
export function putOff(queue: WorkQueue, key: string, dueMs: number): boolean {
  const pending = queue.delayed.get(key);
  if (pending !== undefined && pending <= dueMs) return false;
  queue.delayed.set(key, dueMs);
  return true;
}

/** Whether a key that was put off is due now; a timer that an earlier one has made needless finds nothing. */
export function takeDue(queue: WorkQueue, key: string, nowMs: number): boolean {
  const pending = queue.delayed.get(key);
  if (pending === undefined || pending > nowMs) return false;
  queue.delayed.delete(key);
  return true;
}
