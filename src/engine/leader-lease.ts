/**
 * When a component that leads by a Lease loses it, and when one that began anew has it again. Pure.
 * Follows client-go/tools/leaderelection/leaderelection.go (renew, tryAcquireOrRenew), resourcelock/interface.go (a request may take half the
 * renew deadline), the defaults of component-base/config and the kubelet's back-off of containers.
 */

/** A process's own settings, in ms. */
export interface LeaseSettings {
  readonly leaseMs: number;
  readonly deadlineMs: number;
  readonly retryMs: number;
}

/** The defaults: 15 s, 10 s, 2 s. */
export const LEASE_DEFAULTS: LeaseSettings = { leaseMs: 15_000, deadlineMs: 10_000, retryMs: 2000 };

/** How the API server can be reached: how long etcd takes longer, or not at all. */
export interface Reach {
  readonly isDown: boolean;
  readonly latencyMs: number;
}

/** A process that starts reads its configuration first, and gives up on it after so long. */
const CONFIGURATION_TIMEOUT_MS = 10_000;
const FIRST_BACKOFF_MS = 10_000;
const LAST_BACKOFF_MS = 300_000;
/** Between two tries lie a retry period and up to 1.2 more. */
const JITTER = 1.2;

/** So long the elector waits for one answer. */
export const requestLimitMs = ({ deadlineMs }: LeaseSettings): number => Math.max(1000, deadlineMs / 2);

/** Whether a Lease can be renewed or taken in time. */
export function canRenew({ isDown, latencyMs }: Reach, settings: LeaseSettings): boolean {
  return !isDown && latencyMs < requestLimitMs(settings);
}

/** Whether a process that starts gets as far as asking for its Lease. */
export function canStart({ isDown, latencyMs }: Reach): boolean {
  return !isDown && latencyMs < CONFIGURATION_TIMEOUT_MS;
}

/**
 * When a leader gives up whose requests fail from now on: its deadline after the next renewal begins. One that lets go of its Lease before it
 * ends waits for that request too.
 */
export function lostAtMs(nowMs: number, { isDown }: Reach, settings: LeaseSettings, releases: boolean): number {
  const { retryMs, deadlineMs } = settings;
  const renewalMs = (Math.floor(nowMs / retryMs) + 1) * retryMs;
  return renewalMs + deadlineMs + (releases && !isDown ? requestLimitMs(settings) : 0);
}

/**
 * When a process that ended is up, the API server being what it was in `reach` until now: the kubelet starts it at once, then with a back-off
 * that doubles. Not before now.
 */
export function upAtMs(endedAtMs: number, nowMs: number, reach: Reach): number {
  if (canStart(reach)) return nowMs;
  const triesMs = reach.isDown ? 0 : CONFIGURATION_TIMEOUT_MS;
  let startMs = endedAtMs;
  for (
    let backoffMs = FIRST_BACKOFF_MS;
    startMs + triesMs < nowMs;
    backoffMs = Math.min(LAST_BACKOFF_MS, 2 * backoffMs)
  )
    startMs += triesMs + backoffMs;
  return Math.max(startMs, nowMs);
}

/** A wait between two tries; `draw` in [0, 1). */
export function retryWaitMs({ retryMs }: LeaseSettings, draw: number): number {
  return Math.round(retryMs * (1 + JITTER * draw));
}

/** When a process that has seen the Lease of the one before takes it: at the first try after it has run out. */
export function takenAtMs(seenAtMs: number, nowMs: number, settings: LeaseSettings, draw: () => number): number {
  let atMs = nowMs;
  while (atMs < seenAtMs + settings.leaseMs) atMs += retryWaitMs(settings, draw());
  return atMs;
}
