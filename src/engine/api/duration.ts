/**
 * Go's duration texts, as flags take them and messages print them (`1m30s`, `500ms`). Follows Go's time package; resolution is one
 * millisecond here, so finer units are rounded.
 */

const UNIT_MS = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** The ms of a duration text, or why it is none, in Go's words. */
export function parseDuration(text: string): { ms: number } | { problem: string } {
  const bad = { problem: `time: invalid duration ${JSON.stringify(text)}` };
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return { ms: 0 };
  if (rest === '') return bad;
  let total = 0;
  while (rest !== '') {
    const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest);
    if (!match) return bad;
    const unit = match[2] ?? '';
    if (unit === '') return { problem: `time: missing unit in duration ${JSON.stringify(text)}` };
    const unitMs = UNIT_MS.get(unit);
    if (unitMs === undefined) {
      return { problem: `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}` };
    }
    total += Number(match[1]) * unitMs;
    rest = rest.slice(match[0].length);
  }
  return { ms: sign * Math.round(total) };
}

/** A duration as Go prints it: `2s`, `1m30s`, `1.5s`, `500ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < 1_000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1_000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
