/** What a storage driver remembers: what it is doing at the moment, and how often it failed. */
import type { Context } from '../../client/component';
import { backoffMs, type WorkQueue } from '../../client/workqueue';

/** Memory of a driver. */
export type DriverMemory = {
  /** For its count of failures only. */
  readonly queue: WorkQueue;
  /** What is under way, as `verb key`. */
  readonly busy: Map<string, true>;
};
export type DriverContext = Context<DriverMemory>;

const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 300_000;

/** Has something tried again: after a second, then after ever longer times. */
export function tryAgain(context: DriverContext, verb: string, key: string): void {
  const failures = context.memory.queue.failures.get(`${verb} ${key}`) ?? 0;
  backoffMs(context.memory.queue, `${verb} ${key}`);
  context.after(Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 9)), verb, key);
}

/** Begins something that takes a while, unless it is under way already. Its end is a timer. */
export function begin(context: DriverContext, verb: string, key: string, delayMs: number): boolean {
  const name = `${verb} ${key}`;
  if (context.memory.busy.has(name)) return false;
  context.memory.busy.set(name, true);
  context.after(delayMs, verb, key);
  return true;
}

/** Ends what {@link begin} began. */
export function end(context: DriverContext, verb: string, key: string): void {
  context.memory.busy.delete(`${verb} ${key}`);
  context.memory.queue.failures.delete(`${verb} ${key}`);
}
