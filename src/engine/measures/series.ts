/**
 * A measure over time: one number per virtual second, only ever added to at its end. Load is written down here, so it is neither steps nor
 * timers. A series is plain data and never mutated: a prefix of it is its past, checkpoints keep a reference, and forks share what
 * they have in common. Seconds that nothing was said of count as 0.
 */

/** How many seconds a full chunk holds: what an append copies at most. */
const CHUNK_SECONDS = 60;

/** See the header. Seconds count from the start of virtual time. */
export interface Series {
  /** The second of the first number. */
  readonly from: number;
  /** Full chunks, shared by all later versions. */
  readonly chunks: readonly (readonly number[])[];
  /** What came after them. */
  readonly tail: readonly number[];
}

/** A series of which nothing is known yet. */
export const EMPTY_SERIES: Series = { from: 0, chunks: [], tail: [] };

/** The second after the last one that is known of. */
export function endOf({ from, chunks, tail }: Series): number {
  return from + chunks.length * CHUNK_SECONDS + tail.length;
}

const isEmpty = ({ chunks, tail }: Series): boolean => chunks.length === 0 && tail.length === 0;

function push({ from, chunks, tail }: Series, value: number): Series {
  const longer = [...tail, value];
  return longer.length < CHUNK_SECONDS
    ? { from, chunks, tail: longer }
    : { from, chunks: [...chunks, longer], tail: [] };
}

/** The last number replaced. */
function amend({ from, chunks, tail }: Series, value: number): Series {
  if (tail.length > 0) return { from, chunks, tail: [...tail.slice(0, -1), value] };
  const last = chunks[chunks.length - 1] ?? [];
  return { from, chunks: [...chunks.slice(0, -1), [...last.slice(0, -1), value]], tail };
}

/** The series with `amount` more in a second: its last one, or a later one. Throws for earlier ones: the past does not change. */
export function add(series: Series, second: number, amount: number): Series {
  if (isEmpty(series)) return { from: second, chunks: [], tail: [amount] };
  const end = endOf(series);
  if (second < end - 1) throw new Error(`second ${second} of a series is past: it stands at ${end - 1}`);
  if (second === end - 1) return amend(series, valueAt(series, second) + amount);
  let grown = series;
  for (let gap = end; gap < second; gap++) grown = push(grown, 0);
  return push(grown, amount);
}

/** The number of a second; 0 outside of what is known. */
export function valueAt({ from, chunks, tail }: Series, second: number): number {
  const position = second - from;
  if (position < 0) return 0;
  const inTail = position - chunks.length * CHUNK_SECONDS;
  if (inTail >= 0) return tail[inTail] ?? 0;
  return chunks[Math.floor(position / CHUNK_SECONDS)]?.[position % CHUNK_SECONDS] ?? 0;
}

/** The numbers of `first <= second < end`. */
export function range(series: Series, first: number, end: number): number[] {
  const values: number[] = [];
  for (let second = first; second < end; second++) values.push(valueAt(series, second));
  return values;
}

/** The mean over the `seconds` before a second, as metrics-server and `kubectl top` average over a window. */
export function meanBefore(series: Series, second: number, seconds: number): number {
  return range(series, second - seconds, second).reduce((sum, value) => sum + value, 0) / seconds;
}
