/**
 * The control plane at the moment shown: the store's revision, how far each component's caches are behind it, what waits in its queue,
 * and what fires next. Read anew as time goes, not with every step: what components remember has to be worked out.
 */
import { t } from '../../i18n/translate';
import type { ComponentRow, ControlPlane as Plane, QueuedKey } from '../../view/control-plane';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { momentText } from '../timeline/time-text';
import './control-plane.css';

/** How often it is asked for, at rest and while time plays. */
const REFRESH_MS = { rest: 60, playing: 600 };

function usePlane(): Plane | null {
  const { step, timeMs } = useSession((session) => session.cursor);
  const refreshMs = useSession((session) => (session.playing ? REFRESH_MS.playing : REFRESH_MS.rest));
  return useAnswer('controlPlane', { step, timeMs }, { about: [step, timeMs], refreshMs });
}

/** See the header. */
export default function ControlPlane() {
  const plane = usePlane();
  if (!plane) return null;
  const { components, next, revision } = plane;
  return (
    <section className="control-plane" aria-label={t('plane.region')}>
      <header className="plane-store">
        <p>
          <strong>etcd</strong> {t('plane.revision', { revision })}
        </p>
        <ol aria-label={t('plane.next')}>
          {next.map(({ atMs, to, what }) => (
            <li key={`${atMs} ${to} ${what}`}>
              <span className="mono">{momentText(atMs)}</span> {to} <span className="quiet">{what}</span>
            </li>
          ))}
        </ol>
      </header>
      <ul className="plane-components">
        {components.map((row) => (
          <Component key={row.name} row={row} revision={revision} />
        ))}
      </ul>
    </section>
  );
}

function Component({ row, revision }: { row: ComponentRow; revision: number }) {
  const { name, watches, standing, deltaCount, seenRevision, queue, queueCount } = row;
  const busy = deltaCount > 0 || queueCount > 0 || standing !== 'running';
  return (
    <li className={busy ? 'plane-component busy' : 'plane-component'} aria-label={name}>
      <h3>{name}</h3>
      <p className="quiet plane-watches" title={watches.join(', ')}>
        {t('plane.watches', { kinds: watches.join(', ') })}
      </p>
      {standing !== 'running' && <p className="plane-standing">{t(`plane.${standing}`)}</p>}
      <p className={deltaCount > 0 ? 'plane-behind' : 'quiet'}>
        {deltaCount > 0
          ? t('plane.behind', { count: deltaCount, seen: seenRevision, revision })
          : t('plane.upToDate', { revision: seenRevision })}
      </p>
      {row.deltas.length > 0 && (
        <ol className="plane-list mono" aria-label={t('plane.deltas')}>
          {row.deltas.map(({ revision: at, type, kind, key }) => (
            <li key={at}>
              {at} {type} {kind} {key}
            </li>
          ))}
        </ol>
      )}
      {queue.length > 0 && (
        <ol className="plane-list mono" aria-label={t('plane.queue')}>
          {queue.map((waiting) => (
            <li key={`${waiting.place} ${waiting.key}`} data-place={waiting.place}>
              <QueueEntry waiting={waiting} />
            </li>
          ))}
          {queueCount > queue.length && <li>{t('plane.more', { count: queueCount - queue.length })}</li>}
        </ol>
      )}
    </li>
  );
}

function QueueEntry({ waiting }: { waiting: QueuedKey }) {
  const { key, place, dueMs, attempts = 0, note } = waiting;
  return (
    <>
      <span className="plane-place">{t(`plane.place.${place}`)}</span> {key}
      {dueMs !== undefined && <span className="quiet"> {t('plane.due', { time: momentText(dueMs) })}</span>}
      {attempts > 0 && <span className="quiet"> {t('plane.attempts', { count: attempts })}</span>}
      {note && <span className="quiet"> {note}</span>}
    </>
  );
}
