/** The part of time that is in sight: zooming, panning, following the hand. Pure. */

/** A stretch of virtual time, in ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** No closer than this. */
const LEAST_MS = 20;

/** What each press of a button or key does. */
export const ZOOM_STEP = 1.6;

/** A window of all of time is none: it grows with time. */
function fitted({ fromMs, toMs }: Span, wholeMs: number): Span | null {
  const lengthMs = toMs - fromMs;
  if (lengthMs >= wholeMs) return null;
  const from = Math.max(0, Math.min(wholeMs - lengthMs, fromMs));
  return { fromMs: from, toMs: from + lengthMs };
}

/** Closer (factors above 1) or further away, with the moment under the pointer staying where it is. */
export function zoomed({ fromMs, toMs }: Span, factor: number, aroundMs: number, wholeMs: number): Span | null {
  const lengthMs = Math.max(Math.min(LEAST_MS, wholeMs), (toMs - fromMs) / factor);
  const share = (aroundMs - fromMs) / (toMs - fromMs);
  const from = aroundMs - share * lengthMs;
  return fitted({ fromMs: from, toMs: from + lengthMs }, wholeMs);
}

/** Earlier or later, no further than time goes. */
export function panned({ fromMs, toMs }: Span, byMs: number, wholeMs: number): Span | null {
  return fitted({ fromMs: fromMs + byMs, toMs: toMs + byMs }, wholeMs);
}

/** A window of two moments in whatever order. */
export function spanOf(aMs: number, bMs: number, wholeMs: number): Span | null {
  const lengthMs = Math.max(LEAST_MS, Math.abs(bMs - aMs));
  const fromMs = Math.min(aMs, bMs);
  return fitted({ fromMs, toMs: fromMs + lengthMs }, wholeMs);
}

/** The window with a moment in it: as it is when the moment is in sight already, else so that there is room after it. */
export function following(window: Span, timeMs: number, wholeMs: number): Span | null {
  if (timeMs >= window.fromMs && timeMs <= window.toMs) return window;
  const lengthMs = window.toMs - window.fromMs;
  const fromMs = timeMs - lengthMs * 0.1;
  return fitted({ fromMs, toMs: fromMs + lengthMs }, wholeMs);
}

/** Where a moment lies in a window: 0 at its beginning, 1 at its end. */
export function shareOf({ fromMs, toMs }: Span, timeMs: number): number {
  return (timeMs - fromMs) / Math.max(1, toMs - fromMs);
}

/** As {@link shareOf}, as a length of CSS, kept within the window. */
export function percentOf(window: Span, timeMs: number): string {
  return `${(100 * Math.max(0, Math.min(1, shareOf(window, timeMs)))).toFixed(3)}%`;
}
