/** How long a change takes from the API server to who watches it. */
export const WATCH_LATENCY_MS = 10;
