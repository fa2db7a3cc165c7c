/** States that each keep the one they replaced, for as long as somebody may ask how things stood a moment ago. Plain data, replaced and never mutated. */

/** A state from a moment on. */
export interface Dated<T> {
  readonly fromMs: number;
  /** What it replaced. */
  readonly previous?: T;
}

/** What a state is kept as that is being replaced: without those that no moment after `sinceMs` needs. */
export function remembered<T extends Dated<T>>(state: T | undefined, sinceMs: number): T | undefined {
  if (!state) return undefined;
  const previous = state.fromMs <= sinceMs ? undefined : remembered(state.previous, sinceMs);
  if (previous === state.previous) return state;
  const { previous: _replaced, ...rest } = state;
  return (previous ? { ...rest, previous } : rest) as T;
}

/** The state that held at a moment. */
export function stateAt<T extends Dated<T>>(latest: T | undefined, atMs: number): T | undefined {
  let state = latest;
  while (state && state.fromMs > atMs) state = state.previous;
  return state;
}
