/**
 * How many requests a source sends in a stretch of time, and when: the rate is linear between the points of its ramp, fractions of a
 * request are carried over, and what falls into a stretch is spread evenly over the part of it in which the source sends. Pure.
 */
import type { TrafficConfig } from '../simulation';

type Load = Pick<TrafficConfig, 'load' | 'fromMs' | 'toMs'>;

/** Sums of thousandths may miss a whole number by less than this. */
const ROUNDING = 1e-7;

/** How many requests are due up to a moment since the ramp's first point, with fractions. */
function dueBy({ load }: Load, atMs: number): number {
  let due = 0;
  for (const [index, { atMs: fromMs, perSecond }] of load.entries()) {
    if (fromMs >= atMs) break;
    const next = load[index + 1];
    const untilMs = Math.min(atMs, next?.atMs ?? atMs);
    const span = next ? next.atMs - fromMs : 0;
    const reached =
      next && span > 0 ? perSecond + ((next.perSecond - perSecond) * (untilMs - fromMs)) / span : perSecond;
    due += (((perSecond + reached) / 2) * (untilMs - fromMs)) / 1000;
  }
  return due;
}

/** The first and the last moment of a stretch at which a source sends. */
function sendingIn({ load, fromMs, toMs = Infinity }: Load, startMs: number, endMs: number) {
  const first = Math.max(fromMs, load[0]?.atMs ?? fromMs);
  return { startMs: Math.max(startMs, first), endMs: Math.min(endMs, toMs) };
}

/** When a source sends in `startMs <= ms < endMs`: how many requests, and from when to when. */
export interface Sending {
  readonly count: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** What a source sends in a stretch of time. */
export function sendingOf(source: Load, startMs: number, endMs: number): Sending {
  const stretch = sendingIn(source, startMs, endMs);
  if (stretch.startMs >= stretch.endMs) return { count: 0, startMs, endMs: startMs };
  // Counted from where it begins, so that a source which begins late owes nothing.
  const begun = dueBy(source, sendingIn(source, 0, Infinity).startMs);
  const upTo = (ms: number): number => Math.floor(dueBy(source, ms) - begun + ROUNDING);
  return { count: upTo(stretch.endMs) - upTo(stretch.startMs), startMs: stretch.startMs, endMs: stretch.endMs };
}

/** The moment of the request at a place (from 0) of those sent in a stretch, in whole ms. */
export function sendTime({ count, startMs, endMs }: Sending, place: number): number {
  return startMs + Math.floor(((2 * place + 1) * (endMs - startMs)) / (2 * count));
}

/** Whether a source sends at or after a moment. */
export function sendsAfter({ toMs = Infinity }: Load, atMs: number): boolean {
  return atMs < toMs;
}
