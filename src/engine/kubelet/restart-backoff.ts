/**
 * Back-off of restarts and image pulls: 10 s, doubled up to five minutes, forgotten after ten quiet minutes.
 * Follows client-go/util/flowcontrol/backoff.go as the kubelet uses it. The pod worker adds up to half of a wait by
 * chance (wait.Jitter in pkg/kubelet/pod_workers.go); here it always adds a quarter.
 */
import type { Backoff } from './records';

/** Shortest and longest wait; `maxContainerRestartPeriod` may lower the longest. */
export interface BackoffLimits {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** The defaults of 1.36: the gentler decay (1 s to 60 s) is still off. */
const DEFAULT_BACKOFF: BackoffLimits = { baseMs: 10_000, maxMs: 300_000 };

function expired(backoff: Backoff, eventMs: number, limits: BackoffLimits): boolean {
  return eventMs - backoff.sinceMs > limits.maxMs * 2;
}

/** How long is still to wait, given when the thing last happened; 0 when nothing holds it back. */
export function remainingBackoffMs(
  backoff: Backoff | undefined,
  eventMs: number,
  nowMs: number,
  limits: BackoffLimits = DEFAULT_BACKOFF,
): number {
  if (!backoff || expired(backoff, eventMs, limits)) return 0;
  return Math.max(0, eventMs + backoff.delayMs - nowMs);
}

/** The back-off after one more try. */
export function nextBackoff(
  backoff: Backoff | undefined,
  eventMs: number,
  nowMs: number,
  limits: BackoffLimits = DEFAULT_BACKOFF,
): Backoff {
  if (!backoff || expired(backoff, eventMs, limits)) return { delayMs: limits.baseMs, sinceMs: nowMs };
  return { delayMs: Math.min(backoff.delayMs * 2, limits.maxMs), sinceMs: nowMs };
}

/** How long the pod worker waits when it means to wait so long. */
export function withJitter(ms: number): number {
  return Math.ceil(ms * 1.25);
}
