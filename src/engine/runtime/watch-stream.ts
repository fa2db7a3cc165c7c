/**
 * How changes reach a component: one stream for all kinds it watches, ordered by revision. A change arrives 10 ms after it was
 * made, together with whatever was made meanwhile.
 */

/** The timer kind that hands over what is in a component's inbox. */
export const DELIVER = '@deliver';

/** How long a change takes from the API server to a watcher. */
export const WATCH_LATENCY_MS = 10;

/** The timer kind that starts a component. */
export const START = '@start';
