/** What a probe's worker knows. Follows pkg/kubelet/prober/worker.go. */

/** What a probe is answered; `message` is what the Unhealthy Event says after the colon. */
export interface ProbeAnswer {
  readonly ok: boolean;
  readonly message: string;
  /** It could not be asked at all; then the rest says nothing. */
  readonly error?: string;
  /** So long it takes to come; missing: no time. */
  readonly tookMs?: number;
}

/** One probe's worker. */
export interface ProbeRecord {
  /** Timers with another sequence are stale. */
  readonly sequence: number;
  readonly lastOk?: boolean;
  /** How often the last result came in a row. */
  readonly run: number;
  /** What has been decided from the results; undefined before that. */
  readonly decided?: boolean;
  /** What is on its way, and whether a tick has come meanwhile: of several the ticker keeps one. */
  readonly awaited?: ProbeAnswer & { readonly isMissed?: true };
}
