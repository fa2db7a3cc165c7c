/** A row of bars, one per bucket in which anything happened, higher for more. */
export function Strip({
  counts,
  heightPx,
  className,
}: {
  counts: readonly number[];
  heightPx: number;
  className: string;
}) {
  const top = Math.max(1, ...counts);
  let path = '';
  counts.forEach((count, bucket) => {
    if (count === 0) return;
    // The root keeps single steps visible beside bursts.
    const height = 3 + Math.sqrt(count / top) * (heightPx - 5);
    path += `M${bucket + 0.5} ${heightPx - 1}V${(heightPx - 1 - height).toFixed(1)}`;
  });
  return <path className={className} d={path} vectorEffect="non-scaling-stroke" />;
}
