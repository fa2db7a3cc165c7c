/** All of time in one thin row: where how much happened, where people did something, and which part of it is in sight. */
import { memo } from 'react';
import { t } from '../../i18n/translate';
import type { Overview } from '../../view/lanes/lane-shapes';
import { useSession } from '../state/session';
import { useSight, useWindow } from './sight';

const HEIGHT = 14;

const Density = memo(function Density({ overview: { counts, acts } }: { overview: Overview }) {
  const top = Math.max(1, ...counts);
  let path = '';
  counts.forEach((count, at) => {
    if (count > 0) path += `M${at} ${HEIGHT}v${(-2 - Math.sqrt(count / top) * (HEIGHT - 4)).toFixed(1)}h1V${HEIGHT}z`;
  });
  const marks = acts.map((count, at) => (count > 0 ? `M${at + 0.5} 0v5` : '')).join('');
  return (
    <svg viewBox={`0 0 ${counts.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path className="minimap-steps" d={path} />
      <path className="minimap-acts" d={marks} vectorEffect="non-scaling-stroke" />
    </svg>
  );
});

/** Decoration and a handle for the pointer: buttons and keys do the same. */
export function Minimap() {
  const overview = useSight((sight) => sight.overview);
  const zoomed = useSight((sight) => sight.window !== null);
  const { fromMs, toMs } = useWindow();
  const horizonMs = useSession((session) => session.horizonMs);
  const handShare = useSession((session) => Math.min(1, session.playheadMs / session.horizonMs));
  const percent = (ms: number) => `${(100 * ms) / horizonMs}%`;
  return (
    <div className="minimap-row" aria-hidden="true">
      <p className="track-label">{t('window.overview')}</p>
      <div className="minimap" data-zoomed={zoomed || undefined}>
        {overview && <Density overview={overview} />}
        <i className="minimap-hand" style={{ left: `${100 * handShare}%` }} />
        <i className="minimap-window" style={{ left: percent(fromMs), width: percent(toMs - fromMs) }} />
      </div>
    </div>
  );
}
