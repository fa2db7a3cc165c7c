/** A number of Pods that says which ones it counts: pointed at or focused, it lists them, and they are marked in the drawing. */
import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../i18n/translate';
import { isPod, isWorkload, type PodRow, parseRowId, type Row } from '../../view/rows';
import { useRows } from '../state/world';
import './counted.css';
import { PodGlyph } from './pod-glyph';

/** So many are named. */
const NAMED = 12;

/** The Pods of a workload, or of those it owns, which its number of ready ones (of a Job: succeeded ones) counts. */
function countedBy(rows: ReadonlyMap<string, Row>, id: string): PodRow[] {
  const row = rows.get(id);
  const look = row && isWorkload(row) && row.job ? 'succeeded' : 'ready';
  return [...rows.values()].filter((pod): pod is PodRow => {
    if (!isPod(pod) || pod.look !== look || !pod.owner) return false;
    return pod.owner === id || rows.get(pod.owner)?.owner === id;
  });
}

function mark(pods: readonly PodRow[], on: boolean): void {
  for (const { id } of pods) {
    const name = CSS.escape(id);
    for (const element of document.querySelectorAll(`[data-pod="${name}"]`))
      element.toggleAttribute('data-counted', on);
  }
}

/** Drawings are scaled, and cut what is too wide; still the tip belongs to what is on the page. */
const pageOf = (): Element => document.querySelector('main') ?? document.body;

interface Place {
  readonly left: number;
  readonly top: number;
}

/** See the header. */
export function Counted({ id, children }: { id: string; children: ReactNode }) {
  const [place, setPlace] = useState<Place>();
  const tip = useId();
  const show = ({ currentTarget }: PointerEvent<HTMLElement> | FocusEvent<HTMLElement>) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    setPlace({ left: Math.min(left, innerWidth - 280), top: Math.min(bottom + 4, innerHeight - 240) });
  };
  const hide = () => setPlace(undefined);
  return (
    <button
      type="button"
      className="counted nodrag"
      aria-label={t('counted.label', { name: parseRowId(id).name })}
      aria-describedby={place ? tip : undefined}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
    >
      {children}
      {place && createPortal(<Tip id={tip} of={id} place={place} />, pageOf())}
    </button>
  );
}

/** What is counted changes with the moment. */
function Tip({ id, of, place }: { id: string; of: string; place: Place }) {
  const world = useRows('version', 0);
  const pods = useMemo(() => countedBy(world.rows, of), [world, of]);
  useEffect(() => {
    mark(pods, true);
    return () => mark(pods, false);
  }, [pods]);
  return (
    <div role="tooltip" id={id} className="counted-tip" data-front="true" style={{ ...place, height: 'auto' }}>
      <p>{t('counted.pods', { count: pods.length })}</p>
      <ul className="mono">
        {pods.slice(0, NAMED).map(({ id: pod, name, look }) => (
          <li key={pod}>
            <PodGlyph look={look} size={11} /> {name}
          </li>
        ))}
        {pods.length > NAMED && <li className="quiet">{t('plane.more', { count: pods.length - NAMED })}</li>}
      </ul>
    </div>
  );
}
