/** A namespace, or an application within one: its name, how it is as a whole, and a button that opens or closes it. */
import { t } from '../../i18n/translate';
import type { Card } from '../../view/cards';
import { CutName } from '../shell/cut-name';
import { Icon } from '../shell/icons';
import { toggleFrame } from './frames';
import { PodGlyph } from './pod-glyph';
import { LOOKS } from './pod-look';
import { StorageLooks } from './storage-looks';
import { useLooks } from './tile-card';

/** See the header. */
export function FrameCard({ card }: { card: Extract<Card, { type: 'frame' }> }) {
  const { id, namespace, app, open, workloads, services, pods, claims } = card;
  const name = app ? t('frame.app', { namespace, app }) : t('frame.namespace', { namespace });
  return (
    <section className="frame-card" aria-label={name}>
      <header>
        <button
          type="button"
          className="frame-toggle nodrag"
          aria-expanded={open}
          title={name}
          onClick={() => toggleFrame(id)}
        >
          <Icon name="chevron" size={15} />
          <span className="frame-name">
            <CutName name={namespace} />
            {app && (
              <span className="frame-app">
                {' / '}
                <CutName name={app} />
              </span>
            )}
          </span>
        </button>
        <p className="frame-counts">
          {t('frame.workloads', { count: workloads })}
          {claims
            ? `, ${t('storage.count', { count: claims.length })}`
            : services > 0 && `, ${t('frame.services', { count: services })}`}
        </p>
        {claims ? <StorageLooks members={claims} /> : <PodLooks pods={pods} />}
      </header>
    </section>
  );
}

function PodLooks({ pods }: { pods: readonly string[] }) {
  const looks = useLooks(pods);
  return (
    <ul className="frame-looks">
      {looks.map(([look, count]) => (
        <li key={look} data-look={look} title={t(LOOKS[look].name)}>
          <PodGlyph look={look} size={12} /> {count}
          <span className="visually-hidden"> {t(LOOKS[look].name)}</span>
        </li>
      ))}
    </ul>
  );
}
