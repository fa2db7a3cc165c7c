/** Durations of the scenario format in ms. Their shape has been checked, so what can't be read here only stands for its default. */
import { parseDuration } from '../engine/api/duration';

/** The ms of a duration text, or the fallback when there is none. */
export function milliseconds(text: string | number | undefined, fallbackMs: number): number {
  if (text === undefined) return fallbackMs;
  const parsed = parseDuration(String(text));
  return 'ms' in parsed ? parsed.ms : fallbackMs;
}

/** The ms of a duration text; undefined when there is none. */
export function optionalMs(text: string | number | undefined): number | undefined {
  return text === undefined ? undefined : milliseconds(text, 0);
}
