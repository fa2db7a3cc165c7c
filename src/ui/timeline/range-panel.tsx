/** What the marked range comes to, in numbers. */
import { t } from '../../i18n/translate';
import { parseRowId } from '../../view/rows';
import type { StretchTotals } from '../../worker/timeline-shapes';
import { closeRange } from '../shell/closing';
import { Icon } from '../shell/icons';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import './range-panel.css';
import { zoomToRange } from './sight';
import { momentText } from './time-text';
import type { Span } from './window-math';

const REFRESH_MS = 150;

const nameIn = (id: string): string => parseRowId(id).name;

/** Totals as pairs of what and how much. */
export function factsOf(totals: Omit<StretchTotals, 'of'>): readonly (readonly [what: string, value: string])[] {
  const { podsCreated, podsRemoved, restarts, lowest, unavailable, short, requests } = totals;
  const lasted = (longest: StretchTotals['short']) =>
    longest ? t('range.lasted', { time: momentText(longest.ms), name: nameIn(longest.id) }) : t('range.never');
  return [
    [t('range.created'), String(podsCreated)],
    [t('range.removed'), String(podsRemoved)],
    [t('range.restarts'), String(restarts)],
    [
      t('range.lowest'),
      lowest ? t('range.of', { available: lowest.available, desired: lowest.desired, name: nameIn(lowest.id) }) : '–',
    ],
    [t('range.unavailable'), lasted(unavailable)],
    [t('range.short'), lasted(short)],
    [t('range.sent'), String(requests.sent)],
    [t('range.failed'), String(requests.failed)],
  ];
}

/** See the header. */
export default function RangePanel({ range }: { range: Span }) {
  const selected = useSession((session) => session.selected);
  const headStep = useSession((session) => session.head.step);
  const params = { fromMs: Math.round(range.fromMs), toMs: Math.round(range.toMs), selected };
  const about = [params.fromMs, params.toMs, selected, headStep];
  const totals = useAnswer('totals', params, { about, refreshMs: REFRESH_MS });
  return (
    <section className="range-panel" aria-label={t('range.region')}>
      <header>
        <p>
          <strong>{momentText(params.toMs - params.fromMs)}</strong>{' '}
          <span className="quiet">
            {t('range.stretch', { from: momentText(params.fromMs), to: momentText(params.toMs) })}
            {totals?.of && ` · ${nameIn(totals.of)}`}
          </span>
        </p>
        <button type="button" className="link-button" onClick={zoomToRange}>
          {t('range.zoom')}
        </button>
        <button type="button" className="icon-button tool" aria-label={t('range.close')} onClick={closeRange}>
          <Icon name="close" size={15} />
        </button>
      </header>
      {totals && (
        <dl>
          {factsOf(totals).map(([what, value]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
