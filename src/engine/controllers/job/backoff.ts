/**
 * How long a Job waits before it makes the next Pod after failures: 10 s, doubled per failure since the last success, at most 10 min.
 * Pure. Follows pkg/controller/job/backoff_utils.go.
 */
import type { Pod } from '../../api/types';
import { failuresBefore, finishedAt, type TimeOf } from './job-pods';

const FIRST_MS = 10_000;
const MAX_MS = 600_000;

/** What is remembered of a Job's failures. */
export interface BackoffRecord {
  readonly failuresAfterLastSuccess: number;
  readonly lastFailureMs: number | undefined;
}

const NONE: BackoffRecord = { failuresAfterLastSuccess: 0, lastFailureMs: undefined };

/** The record with Pods that have ended since. */
export function backoffAfter(
  record: BackoffRecord = NONE,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
  timeOf: TimeOf,
): BackoffRecord {
  const endMs = (pod: Pod): number => timeOf(finishedAt(pod));
  if (succeeded.length === 0 && failed.length === 0) return record;
  const lastSuccessMs = Math.max(Number.NEGATIVE_INFINITY, ...succeeded.map(endMs));
  const since = failed.map(endMs).filter((failureMs) => failureMs > lastSuccessMs);
  const before = succeeded.length === 0 ? record.failuresAfterLastSuccess : 0;
  if (since.length === 0) return NONE;
  return { failuresAfterLastSuccess: before + since.length, lastFailureMs: Math.max(...since) };
}

/** How long one waits after so many failures in a row, counted from the last. */
export function backoffOf(failures: number): number {
  return failures === 0 ? 0 : Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
}

/** What of that is left. */
export function remainingMs({ failuresAfterLastSuccess, lastFailureMs = 0 }: BackoffRecord, nowMs: number): number {
  return failuresAfterLastSuccess === 0
    ? 0
    : Math.max(0, backoffOf(failuresAfterLastSuccess) - (nowMs - lastFailureMs));
}

/** The same for one index, whose failures are noted on its last failed Pod. */
export function remainingMsOfIndex(lastFailed: Pod | undefined, timeOf: TimeOf, nowMs: number): number {
  if (!lastFailed) return 0;
  const { counted, ignored } = failuresBefore(lastFailed);
  const record = { failuresAfterLastSuccess: counted + ignored + 1, lastFailureMs: timeOf(finishedAt(lastFailed)) };
  return remainingMs(record, nowMs);
}
