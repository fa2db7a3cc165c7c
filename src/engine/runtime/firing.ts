/** What one timer that fires does, collected while it does it: writes, further timers, words for the trace. */
import type { KubeObject } from '../api/meta';
import type { ObjectReference, WatchEvent } from '../client/component';

/** A timer asked for during a firing. `cause` undefined = the step this firing becomes. */
export interface TimerRequest {
  readonly atMs: number;
  readonly to: string;
  readonly kind: string;
  readonly key: string;
  readonly cause: number | null | undefined;
}

/** What one firing did. */
export interface Firing {
  said: { verb: string; object: KubeObject | ObjectReference | undefined; message: string } | undefined;
  firstWrite: { verb: string; event: WatchEvent } | undefined;
  writes: number;
  detail: unknown;
  /** The step that led to it: what woke it, unless it says otherwise. */
  cause: number | null;
  /** How long its requests have taken so far (latency.ts). */
  elapsedMs: number;
  readonly timers: TimerRequest[];
}

/** A firing that did nothing yet. */
export function newFiring(cause: number | null = null): Firing {
  return { said: undefined, firstWrite: undefined, writes: 0, detail: undefined, cause, elapsedMs: 0, timers: [] };
}
