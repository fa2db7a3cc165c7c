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
