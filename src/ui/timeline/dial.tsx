/** The dial around the play button: sixty seconds to a turn, and a hand where the cluster's clock is. */
import { memo } from 'react';
import { useSession } from '../state/session';

const Ticks = memo(function Ticks() {
  return (
    <g className="dial-ticks">
      {Array.from({ length: 60 }, (_, second) => (
        <line
          // biome-ignore lint/suspicious/noArrayIndexKey: sixty ticks that never change
          key={second}
          x1="50"
          x2="50"
          y1="3.5"
          y2={second % 5 === 0 ? 9.5 : 6}
          className={second % 5 === 0 ? 'long' : undefined}
          transform={`rotate(${second * 6} 50 50)`}
        />
      ))}
    </g>
  );
});

/** Decoration: the clock beside it says the same in numbers. */
export function Dial() {
  const playheadMs = useSession((session) => session.playheadMs);
  const angle = (playheadMs / 1000) * 6;
  return (
    <svg className="dial" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="49" className="dial-face" />
      <Ticks />
      <circle cx="50" cy="50" r="29" className="dial-button-face" />
      <g transform={`rotate(${angle % 360} 50 50)`}>
        <path d="M50 4 L52.6 21 H47.4 Z" className="dial-hand" />
      </g>
    </svg>
  );
}
