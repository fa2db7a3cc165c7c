/** Staircases over buckets, as SVG paths. */

/** The height of a track that shows amounts. */
export const STAIRS_HEIGHT = 34;

/** A staircase over the buckets; buckets with -1 (nothing yet) are left out. */
export function stairs(values: readonly number[], top: number, close: boolean): string {
  const y = (value: number) => (STAIRS_HEIGHT - 2 - (value / Math.max(1, top)) * (STAIRS_HEIGHT - 6)).toFixed(2);
  let path = '';
  let open = -1;
  values.forEach((value, bucket) => {
    if (value < 0) {
      if (open >= 0 && close) path += `V${STAIRS_HEIGHT - 2}H${open}Z`;
      open = -1;
      return;
    }
    if (open < 0) {
      open = bucket;
      path += close ? `M${bucket} ${STAIRS_HEIGHT - 2}V${y(value)}` : `M${bucket} ${y(value)}`;
    } else if (value !== values[bucket - 1]) path += `H${bucket}V${y(value)}`;
    if (bucket + 1 === values.length || values[bucket + 1]! < 0) path += `H${bucket + 1}`;
  });
  return open >= 0 && close ? `${path}V${STAIRS_HEIGHT - 2}H${open}Z` : path;
}

/** One layer of a stack: an area between what lies below it and that plus its own. Buckets without any of it are left out. */
export function stackPath(counts: readonly number[], below: readonly number[], top: number): string {
  const y = (value: number) => (STAIRS_HEIGHT - 2 - (value / Math.max(1, top)) * (STAIRS_HEIGHT - 6)).toFixed(2);
  let path = '';
  for (let from = 0; from < counts.length; ) {
    const [count = 0, ground = 0] = [counts[from], below[from]];
    let to = from + 1;
    while (to < counts.length && counts[to] === count && (below[to] ?? 0) === ground) to += 1;
    if (count > 0) path += `M${from} ${y(ground)}V${y(ground + count)}H${to}V${y(ground)}Z`;
    from = to;
  }
  return path;
}
