/** A ResourceQuota: what of each resource is used up in its namespace. */

import { t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import type { QuotaRow } from '../../view/rows';
import { useSession } from '../state/session';
import { useRow } from '../state/world';
import { ObjectButton } from './object-button';

/** The state in words. */
export function describeQuota({ lines }: QuotaRow): string {
  return lines.map(({ resource, used, hard }) => `${resource} ${used}/${hard}`).join(', ');
}

/** See the header. */
export default function QuotaCard({ card }: { card: Extract<Card, { type: 'quota' }> }) {
  const row = useRow<QuotaRow>(card.id);
  const selected = useSession((session) => session.selected === card.id);
  if (!row) return null;
  return (
    <article className="card quota-card" data-selected={selected || undefined}>
      <p className="card-kind">{t('quota.of', { namespace: row.namespace })}</p>
      <ObjectButton id={row.id} kind="ResourceQuota" name={row.name} description={describeQuota(row)} />
      <dl className="quota-lines">
        {row.lines.map(({ resource, used, hard, share }) => (
          <div key={resource} className="quota-line" data-full={share >= 1 || undefined}>
            <dt title={resource}>{resource}</dt>
            <dd>
              {used} / {hard}
            </dd>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${100 * share}%` }} />
            </span>
          </div>
        ))}
      </dl>
    </article>
  );
}
