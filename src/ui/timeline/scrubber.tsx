/**
 * The ruler with the slider on it: a minute track as on a watch, grey where time has not run yet. The ruler shows the window; the slider, which
 * keys and screen readers use, goes over all of time.
 */
import { memo, useLayoutEffect, useRef } from 'react';
import { t } from '../../i18n/translate';
import { shownStep, useSession } from '../state/session';
import { BranchChoice } from './branches';
import { seek } from './gestures';
import { useWindow } from './sight';
import { markSpacing, markText, momentText } from './time-text';
import { useWidth } from './use-width';
import { percentOf, shareOf } from './window-math';

const MARK_EVERY_PX = 92;

/**
 * The slider stands where the hand does, which may be held back from where it was put. Not by `value`: that would put it back for as long as the
 * world is on its way, and what comes next by key would be reckoned from there.
 */
function follow(slider: HTMLInputElement | null, playheadMs: number): void {
  if (slider) slider.value = String(Math.round(playheadMs));
}

/** See the header. */
export function Scrubber() {
  const playheadMs = useSession((session) => session.playheadMs);
  const horizonMs = useSession((session) => session.horizonMs);
  const headMs = useSession(({ head, heldMs }) => Math.min(head.timeMs, heldMs ?? Infinity));
  const step = useSession(shownStep);
  const shownMs = useSession((session) => session.cursor.timeMs);
  const window = useWindow();
  const { element, width } = useWidth();
  const handShare = shareOf(window, playheadMs);
  const slider = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => follow(slider.current, playheadMs), [playheadMs]);
  return (
    <div className="scrubber">
      <p className="track-label">{t('timeline.time')}</p>
      <BranchChoice />
      <div className="ruler" ref={element}>
        <Marks fromMs={window.fromMs} toMs={window.toMs} count={width / MARK_EVERY_PX} />
        <div className="ruler-unrun" style={{ left: percentOf(window, headMs) }} />
        <div className="ruler-past" style={{ width: percentOf(window, playheadMs) }} />
        {handShare >= 0 && handShare <= 1 && (
          <div className="ruler-hand" style={{ left: percentOf(window, playheadMs) }} aria-hidden="true" />
        )}
        <input
          ref={slider}
          type="range"
          aria-label={t('timeline.slider')}
          data-shown-ms={shownMs}
          aria-valuetext={t('timeline.sliderValue', { time: momentText(playheadMs), step })}
          min={0}
          max={horizonMs}
          step={1}
          defaultValue={0}
          onChange={({ target }) =>
            void seek(Number(target.value)).then(() => follow(target, useSession.getState().playheadMs))
          }
        />
      </div>
    </div>
  );
}

/** Ticks between two numbered marks. */
const TICKS = 5;

const Marks = memo(function Marks({ fromMs, toMs, count }: { fromMs: number; toMs: number; count: number }) {
  const window = { fromMs, toMs };
  const spacing = markSpacing(toMs - fromMs, count);
  const minor = spacing / TICKS;
  const first = Math.ceil(fromMs / minor);
  const ticks = Array.from({ length: Math.max(0, Math.floor(toMs / minor) - first + 1) }, (_, index) => first + index);
  const place = (ms: number) => `${(100 * shareOf(window, ms)).toFixed(3)}%`;
  return (
    <div className="ruler-marks" aria-hidden="true">
      {ticks.map((tick) => (
        <i key={`t${tick}`} style={{ left: place(tick * minor) }} data-long={tick % TICKS === 0 || undefined} />
      ))}
      {ticks
        .filter((tick) => tick % TICKS === 0)
        .map((tick) => {
          const share = shareOf(window, tick * minor);
          return (
            <span
              key={tick}
              style={{ left: place(tick * minor) }}
              data-first={share < 0.02 || undefined}
              data-last={share > 0.96 || undefined}
            >
              {markText(tick * minor)}
            </span>
          );
        })}
    </div>
  );
});
