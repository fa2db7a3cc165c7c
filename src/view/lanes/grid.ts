/** A window of time as buckets, and how changes over time become one value for each. Pure. */
import type { Series, SeriesName, TrackWindow } from './lane-shapes';
import { type Change, countBelow, type Moments } from './track-index';

/** So many buckets from a time on, each of `spanMs`; of those after `head` nothing is known yet. */
export interface Grid extends TrackWindow {
  readonly spanMs: number;
  readonly head: number;
}

/** The grid of a window of a run that has come as far as `nowMs`. */
export function gridOf({ fromMs, toMs, buckets }: TrackWindow, nowMs: number): Grid {
  const spanMs = Math.max(1, toMs - fromMs) / buckets;
  return { fromMs, toMs, buckets, spanMs, head: Math.floor((nowMs - fromMs) / spanMs) };
}

/** The bucket of a time of the window; its very end is in the last. */
export function bucketOf({ fromMs, spanMs, buckets }: Grid, timeMs: number): number {
  return Math.max(0, Math.min(buckets - 1, Math.floor((timeMs - fromMs) / spanMs)));
}

/** Which of ascending times lie in a window, both ends included. */
export function within(times: readonly number[], { fromMs, toMs }: TrackWindow): { first: number; end: number } {
  return { first: countBelow(times, fromMs), end: countBelow(times, toMs + 1) };
}

/** How many steps there are in each bucket. */
export function countsOf({ times }: Moments, grid: Grid): { counts: Series; total: number } {
  const counts = new Array<number>(grid.buckets).fill(0);
  const { first, end } = within(times, grid);
  for (let at = first; at < end; at += 1) counts[bucketOf(grid, times[at]!)]! += 1;
  return { counts, total: end - first };
}

/** What held at the end of each bucket, as the last change before that said it. */
export function valuesOf<Name extends string = SeriesName>(
  changes: readonly Change[],
  times: readonly number[],
  grid: Grid,
  read: (value: NonNullable<Change['value']>) => Readonly<Partial<Record<Name, number>>>,
): Partial<Record<Name, number[]>> {
  const series: Partial<Record<Name, number[]>> = {};
  let next = countBelow(times, grid.fromMs);
  let present = next > 0 ? changes[next - 1] : undefined;
  let values = present?.value && read(present.value);
  for (let bucket = 0; bucket < grid.buckets && bucket <= grid.head; bucket += 1) {
    const endMs = grid.fromMs + (bucket + 1) * grid.spanMs;
    const before = present;
    while (next < changes.length && times[next]! < endMs) present = changes[next++];
    if (present !== before) values = present?.value && read(present.value);
    if (!values) continue;
    for (const name of Object.keys(values) as Name[]) {
      const numbers = series[name] ?? new Array<number>(grid.buckets).fill(-1);
      numbers[bucket] = values[name]!;
      series[name] = numbers;
    }
  }
  return series;
}
