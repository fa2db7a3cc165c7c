/**
 * The dial around the play button: sixty seconds to a turn, and a hand where the cluster's clock is. Points are turned here, not by a `transform`
 * each: every one of those costs the browser something in each frame of the page.
 */
import { useSession } from '../state/session';

const SECONDS = 60;

/** A point at a distance from the middle, so many seconds round. */
function pointAt(second: number, distance: number): string {
  const angle = (second / SECONDS) * 2 * Math.PI;
  return `${(50 + distance * Math.sin(angle)).toFixed(2)} ${(50 - distance * Math.cos(angle)).toFixed(2)}`;
}

/** Strokes from the rim inwards. */
const strokes = (seconds: readonly number[], inner: number): string =>
  seconds.map((second) => `M${pointAt(second, 46.5)}L${pointAt(second, inner)}`).join('');

const ALL = Array.from({ length: SECONDS }, (_, second) => second);
const LONG = strokes(
  ALL.filter((second) => second % 5 === 0),
  40.5,
);
const SHORT = strokes(
  ALL.filter((second) => second % 5 !== 0),
  44,
);

/** From the rim to the button's face, a few degrees wide there. */
const handAt = (second: number): string =>
  `M${pointAt(second, 46)}L${pointAt(second + 0.85, 29.1)}L${pointAt(second - 0.85, 29.1)}Z`;

/** Decoration: the clock beside it says the same in numbers. */
export function Dial() {
  const playheadMs = useSession((session) => session.playheadMs);
  return (
    <svg className="dial" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="49" className="dial-face" />
      <path d={SHORT} className="dial-tick" />
      <path d={LONG} className="dial-tick long" />
      <circle cx="50" cy="50" r="29" className="dial-button-face" />
      <path d={handAt((playheadMs / 1000) % SECONDS)} className="dial-hand" />
    </svg>
  );
}
