/** The ruler with the slider on it: a minute track as on a watch, grey where time has not run yet. */
import { memo } from 'react';
import { t } from '../../i18n/translate';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { markSpacing, markText, momentText } from './time-text';
import { useWidth } from './use-width';

const MARK_EVERY_PX = 92;

/** See the header. */
export function Scrubber() {
  const playheadMs = useSession((session) => session.playheadMs);
  const horizonMs = useSession((session) => session.horizonMs);
  const headMs = useSession((session) => session.head.timeMs);
  const step = useSession((session) => session.cursor.step);
  const shownMs = useSession((session) => session.cursor.timeMs);
  const { element, width } = useWidth();
  const share = (ms: number) => `${Math.min(100, (100 * ms) / horizonMs)}%`;
  return (
    <div className="scrubber">
      <p className="track-label">{t('timeline.time')}</p>
      <div className="ruler" ref={element}>
        <Marks horizonMs={horizonMs} count={width / MARK_EVERY_PX} />
        <div className="ruler-unrun" style={{ left: share(headMs) }} />
        <div className="ruler-past" style={{ width: share(playheadMs) }} />
        <div className="ruler-hand" style={{ left: share(playheadMs) }} aria-hidden="true" />
        <input
          type="range"
          aria-label={t('timeline.slider')}
          data-shown-ms={shownMs}
          aria-valuetext={t('timeline.sliderValue', { time: momentText(playheadMs), step })}
          min={0}
          max={horizonMs}
          step={1}
          value={Math.round(playheadMs)}
          onChange={(event) => {
            useSession.setState({ playing: false });
            void conductor.look.seek({ timeMs: Number(event.target.value) });
          }}
        />
      </div>
    </div>
  );
}

const Marks = memo(function Marks({ horizonMs, count }: { horizonMs: number; count: number }) {
  const spacing = markSpacing(horizonMs, count);
  const marks = Array.from({ length: Math.floor(horizonMs / spacing) + 1 }, (_, index) => index * spacing);
  const minor = spacing / 5;
  const ticks = Array.from({ length: Math.floor(horizonMs / minor) + 1 }, (_, index) => index * minor);
  const percent = (ms: number) => `${(100 * ms) / horizonMs}%`;
  return (
    <div className="ruler-marks" aria-hidden="true">
      {ticks.map((ms) => (
        <i key={`t${ms}`} style={{ left: percent(ms) }} data-long={ms % spacing === 0 || undefined} />
      ))}
      {marks.map((ms) => (
        <span key={ms} style={{ left: percent(ms) }} data-last={ms > horizonMs * 0.96 || undefined}>
          {markText(ms)}
        </span>
      ))}
    </div>
  );
});
