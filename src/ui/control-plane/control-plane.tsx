/**
 * The control plane at the moment shown: the store's revision, what fires next, one write followed to the last reconcile it led to, and each
 * component: its informers and how far they are behind, its queue, what it did last. Read anew as time goes, not with every step: what
 * components remember has to be worked out.
 */
import { sentence, t } from '../../i18n/translate';
import type { ComponentRow, ControlPlane as Plane, QueuedKey } from '../../view/control-plane';
import type { LastAct } from '../../view/followed';
import { visit } from '../inspector/step-list';
import { HeldFaults } from '../menus/heal';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { momentText } from '../timeline/time-text';
import './control-plane.css';
import { FollowedWrite } from './followed-write';
import { pin, usePinnedStep } from './pinned';
import { planeText } from './plane-words';
import { Reads } from './reads';
import { Wrote } from './wrote';

/** How often it is asked for, at rest and while time plays. */
const REFRESH_MS = { rest: 60, playing: 600 };

function usePlane(pinned: number | undefined): Plane | null {
  const { step, timeMs } = useSession((session) => session.cursor);
  const present = useSession((session) => session.current?.step ?? 0);
  const refreshMs = useSession((session) => (session.playing ? REFRESH_MS.playing : REFRESH_MS.rest));
  const follow = pinned ?? present;
  return useAnswer('controlPlane', { step, timeMs, follow }, { about: [step, timeMs, follow], refreshMs });
}

/** See the header. */
export default function ControlPlane() {
  const pinned = usePinnedStep();
  const plane = usePlane(pinned);
  if (!plane) return null;
  const { components, next, revision, step, faults, followed } = plane;
  return (
    <section className="control-plane" aria-label={planeText('plane.region')}>
      <header className="plane-store">
        <p>
          <strong>etcd</strong> {planeText('plane.revision', { revision })}
        </p>
        <ol aria-label={planeText('plane.next')}>
          {next.map(({ atMs, to, what }) => (
            <li key={`${atMs} ${to} ${what}`}>
              <span className="mono">{momentText(atMs)}</span> {to} <span className="quiet">{sentence(what)}</span>
            </li>
          ))}
        </ol>
      </header>
      <HeldFaults faults={faults} />
      {followed && <FollowedWrite followed={followed} now={step} isPinned={pinned !== undefined} onPin={pin} />}
      <ul className="plane-components">
        {components.map((row) => (
          <Component key={row.name} row={row} revision={revision} step={step} />
        ))}
      </ul>
    </section>
  );
}

function Component({ row, revision, step }: { row: ComponentRow; revision: number; step: number }) {
  const { name, standing, deltaCount, seenRevision, deltas, last, isScheduler, counts } = row;
  const acts = last?.link.step === step;
  const busy = deltaCount > 0 || counts.length > 0 || standing !== 'running' || acts;
  const classes = ['plane-component', busy && 'busy', acts && 'acts', isScheduler && 'scheduler'];
  return (
    <li className={classes.filter(Boolean).join(' ')} aria-label={name}>
      <h2>
        {name} {acts && <span className="plane-acts">{planeText('plane.acts')}</span>}
      </h2>
      {standing !== 'running' && (
        <p className="plane-standing" title={planeText('plane.relistHint')}>
          {planeText(`plane.${standing}`)}
        </p>
      )}
      <Informers row={row} />
      <p className={deltaCount > 0 ? 'plane-behind' : 'quiet'}>
        {deltaCount > 0
          ? planeText('plane.behind', { count: deltaCount, seen: seenRevision, revision })
          : planeText('plane.upToDate', { revision: seenRevision })}
      </p>
      {deltas.length > 0 && standing === 'cut-off' && <p className="quiet">{planeText('plane.whenBack')}</p>}
      {deltas.length > 0 && (
        <ol className="plane-list mono" aria-label={planeText('plane.deltas')}>
          {deltas.map(({ revision: at, type, kind, key, relisted }) => (
            <li key={`${at} ${key}`}>
              {at} {relisted ? planeText(`plane.relisted.${type}`) : type} {kind} {key}
            </li>
          ))}
        </ol>
      )}
      {(isScheduler || counts.length > 0) && <Queues row={row} />}
      {last && <Last last={last} />}
    </li>
  );
}

/** Each kind a component keeps a cache of, with how many objects there are and how many changes are on their way. */
function Informers({ row: { informers } }: { row: ComponentRow }) {
  return (
    <ul className="plane-informers" aria-label={planeText('plane.informers')}>
      {informers.map(({ kind, stored, pending }) => (
        <li
          key={kind}
          data-behind={pending > 0 || undefined}
          title={planeText('plane.informer', { kind: sentence(kind), stored, pending })}
        >
          {sentence(kind)} <span className="mono">{stored}</span>
          {pending > 0 && <span className="mono"> +{pending}</span>}
        </li>
      ))}
    </ul>
  );
}

const PLACES = {
  scheduler: ['active', 'backoff', 'unschedulable', 'gated', 'assumed'],
  controller: ['waiting', 'backoff', 'delayed'],
} as const satisfies Record<string, readonly QueuedKey['place'][]>;

/** What waits, place by place. The scheduler's three queues are there when they are empty, too. */
function Queues({ row: { queue, counts, isScheduler } }: { row: ComponentRow }) {
  const countOf = new Map(counts);
  const places = (isScheduler ? PLACES.scheduler : PLACES.controller).filter(
    (place) => countOf.has(place) || (isScheduler && place !== 'gated'),
  );
  return (
    <div className="plane-queues">
      {places.map((place) => {
        const count = countOf.get(place) ?? 0;
        const shown = queue.filter((each) => each.place === place);
        return (
          <section key={place} data-place={place} aria-label={planeText(`plane.place.${place}`)}>
            <h3>
              {planeText(`plane.place.${place}`)} <span className="mono">{count}</span>
            </h3>
            <ol className="mono">
              {shown.map((each) => (
                <li key={each.key}>
                  <QueueEntry waiting={each} />
                </li>
              ))}
              {count > shown.length && <li className="quiet">{t('plane.more', { count: count - shown.length })}</li>}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

function QueueEntry({ waiting: { key, dueMs, attempts = 0, note } }: { waiting: QueuedKey }) {
  return (
    <>
      {key}
      {dueMs !== undefined && <span className="quiet"> {planeText('plane.due', { time: momentText(dueMs) })}</span>}
      {attempts > 0 && <span className="quiet"> {planeText('plane.attempts', { count: attempts })}</span>}
      {note && <span className="quiet"> {note}</span>}
    </>
  );
}

/** What it did last, and what that wrote. */
function Last({ last: { link, wrote } }: { last: LastAct }) {
  return (
    <div className="plane-last">
      <p>
        <button type="button" className="link-button" onClick={() => visit(link.step)}>
          {planeText('plane.last', { step: link.step, time: momentText(link.timeMs) })}
        </button>{' '}
        {sentence(link.message)}
      </p>
      <Reads step={link.step} />
      <Wrote wrote={wrote} />
    </div>
  );
}
