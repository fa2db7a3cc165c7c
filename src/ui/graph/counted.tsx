/** A number of Pods that says which ones it counts: pointed at or focused, it lists them, and they are marked in the drawing. */
import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../i18n/translate';
import { isPod, isWorkload, type PodRow, parseRowId } from '../../view/rows';
import { useWorld } from '../state/world';
import './counted.css';
import { PodGlyph } from './pod-glyph';

/** So many are named. */
const NAMED = 12;

/** The Pods of a workload, or of those it owns, which its number of ready ones (of a Job: succeeded ones) counts. */
function countedBy(id: string): PodRow[] {
  const { rows } = useWorld.getState();
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

interface Shown {
  readonly pods: readonly PodRow[];
  readonly left: number;
  readonly top: number;
}

/** See the header. */
export function Counted({ id, children }: { id: string; children: ReactNode }) {
  const [shown, setShown] = useState<Shown>();
  const version = useWorld((world) => (shown ? world.version : 0));
  const tip = useId();
  const show = ({ currentTarget }: PointerEvent<HTMLElement> | FocusEvent<HTMLElement>) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    setShown({
      pods: countedBy(id),
      left: Math.min(left, innerWidth - 280),
      top: Math.min(bottom + 4, innerHeight - 240),
    });
  };
  const hide = () => setShown(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is counted changes with the moment
  useEffect(() => setShown((before) => before && { ...before, pods: countedBy(id) }), [version, id]);
  useEffect(() => {
    if (!shown) return;
    mark(shown.pods, true);
    return () => mark(shown.pods, false);
  }, [shown]);
  return (
    <button
      type="button"
      className="counted nodrag"
      aria-label={t('counted.label', { name: parseRowId(id).name })}
      aria-describedby={shown ? tip : undefined}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
    >
      {children}
      {shown && createPortal(<Tip id={tip} shown={shown} />, document.body)}
    </button>
  );
}

function Tip({ id, shown: { pods, left, top } }: { id: string; shown: Shown }) {
  return (
    <div role="tooltip" id={id} className="counted-tip" style={{ left, top }}>
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
