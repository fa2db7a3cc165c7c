/** An autoscaler: within the card of what it scales, or alone while that is not there. */
import { listed, type MessageKey, t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { type AutoscalerRow, parseRowId } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow } from '../state/world';
import { Namespace } from './namespace';
import { ObjectButton } from './object-button';

/** What upstream's reasons of ScalingLimited come to, in as few words as a card has room for. */
const LIMITS: Readonly<Record<string, MessageKey>> = {
  TooManyReplicas: 'autoscaler.atMax',
  TooFewReplicas: 'autoscaler.atMin',
  ScaleUpLimit: 'autoscaler.slowed',
  ScaleDownLimit: 'autoscaler.slowed',
};

/** The state in words. */
export function describeAutoscaler(row: AutoscalerRow): string {
  const { targets, min, max, current, desired, trouble, limit } = row;
  const counts = t('autoscaler.counts', { targets, current, desired, min, max });
  return listed(counts, trouble, limit);
}

/** See the header. */
export function AutoscalerStrip({ id }: { id: string }) {
  const row = useRow<AutoscalerRow>(id);
  const selected = useSession((session) => session.selected === id);
  if (!row) return null;
  const { min, max, current, desired, targets, trouble, limit } = row;
  const share = (count: number) => `${(100 * Math.min(count, max)) / Math.max(1, max)}%`;
  return (
    <div className="autoscaler" data-selected={selected || undefined}>
      <p className="autoscaler-head">
        <span className="quiet">HPA</span>
        <ObjectButton
          id={id}
          kind="HorizontalPodAutoscaler"
          name={row.name}
          description={describeAutoscaler(row)}
          className="object-name autoscaler-name"
        />
        <span className="autoscaler-bounds">{t('autoscaler.bounds', { min, max })}</span>
      </p>
      <p className={trouble ? 'autoscaler-targets bad' : 'autoscaler-targets'} title={trouble ?? targets}>
        <span>{trouble ?? targets}</span>
        {desired !== current && !trouble && <span className="autoscaler-move">{`${current} → ${desired}`}</span>}
        {desired === current && limit && LIMITS[limit] && (
          <span className="autoscaler-move" title={limit}>
            {t(LIMITS[limit])}
          </span>
        )}
      </p>
      <div className="gauge autoscaler-gauge" aria-hidden="true">
        <div className="autoscaler-range" style={{ left: share(min), right: 0 }} />
        <div className="gauge-ready" style={{ width: share(current) }} />
        <div className="gauge-desired" style={{ left: share(desired) }} />
      </div>
    </div>
  );
}

/** Alone: it says what is missing. */
export function AutoscalerCard({ card }: { card: Extract<Card, { type: 'autoscaler' }> }) {
  const row = useRow<AutoscalerRow>(card.id);
  if (!row) return null;
  const { kind, name } = parseRowId(row.target);
  return (
    <article className="card autoscaler-card">
      <p className="card-kind">
        {t('autoscaler.noTarget', { kind, name })} <Namespace name={row.namespace} />
      </p>
      <AutoscalerStrip id={card.id} />
    </article>
  );
}
