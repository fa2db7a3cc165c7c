/** Virtual times as text. */

/** `1:02.340`, `12.340` below a minute, `47:00:20.000` after an hour: the hand's position, to the ms. */
export function clockText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const fraction = ((Math.floor(ms) % 60_000) / 1000).toFixed(3);
  if (minutes === 0) return fraction;
  const hours = Math.floor(minutes / 60);
  const before = hours > 0 ? `${hours}:${String(minutes % 60).padStart(2, '0')}` : `${minutes}`;
  return `${before}:${fraction.padStart(6, '0')}`;
}

/** `12.340 s` or `1:02.340`: a moment in a sentence. */
export function momentText(ms: number): string {
  return ms < 60_000 ? `${clockText(ms)} s` : clockText(ms);
}

/** `0:30`, `2:00`: a mark on the ruler. */
export function markText(ms: number): string {
  const seconds = ms / 1000;
  if (ms < 60_000 && !Number.isInteger(seconds)) return `${seconds.toFixed(1)}s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = String(Math.floor(seconds % 60)).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

const NICE_MS = [
  100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000,
];

/** How far apart numbered marks stand so that about `count` of them fit. */
export function markSpacing(spanMs: number, count: number): number {
  const wanted = spanMs / Math.max(1, count);
  return NICE_MS.find((nice) => nice >= wanted) ?? Math.ceil(wanted / 3_600_000) * 3_600_000;
}
