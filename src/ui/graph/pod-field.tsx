/** The Pods of a card: lines, cells, or a picture, by how many there are and how closely one looks. */
import { type MouseEvent, memo, Suspense, useContext, useDeferredValue } from 'react';
import { podField } from '../../view/card-size';
import { late } from '../shell/late';
import { useRovingFocus } from '../shell/roving-focus';
import { useScrubbing } from '../state/scrubbing';
import { select, useSession } from '../state/session';
import { Near, Simplified } from './closeness';
import { PodCanvas } from './pod-canvas';
import { PodCell } from './pod-cell';

const PodsInSight = late(() => import('./pods-in-sight'));

interface Props {
  readonly pods: readonly string[];
  readonly within: 'workload' | 'node';
  /** As cells, so many in a row, however few they are. */
  readonly cells?: number;
}

function podAt(event: MouseEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-pod]') : null;
}

/** One listener for all: a thousand of them would be a thousand to set up. */
function onClick(event: MouseEvent): void {
  const id = podAt(event)?.dataset.pod;
  if (id) select(id, { reveal: true });
}

/** Tooltips are written when the pointer comes, not for each Pod at each change. */
function onPointerOver(event: MouseEvent): void {
  const pod = podAt(event);
  if (pod) pod.title = `${pod.ariaLabel ?? ''}\n${pod.getAttribute('aria-description') ?? ''}`;
}

/** More Pods than this are a picture at first. */
const MANY_AT_ONCE = 60;

/** See the header. */
export const PodField = memo(function PodField({ pods: wanted, within, cells }: Props) {
  const simplified = useContext(Simplified);
  const near = useContext(Near);
  // Many new Pods at once are put up in slices, between which the page stays responsive.
  const pods = useDeferredValue(wanted);
  // Whoever looks from moment to moment sees a picture of each: elements are put up when there is time for them.
  const scrubbing = useScrubbing((state) => state.scrubbing);
  const hasTime = useDeferredValue(!scrubbing, false) && !scrubbing;
  const own = podField(pods.length);
  const { mode, columns } = cells ? ({ mode: 'cells', columns: cells } as const) : own;
  const isPicture = simplified || (!hasTime && pods.length > MANY_AT_ONCE);
  if (own.mode === 'cells' && isPicture && !cells)
    return (
      <div className="pod-picture">
        <PodCanvas pods={pods} near={!simplified} />
        {near && simplified && (
          <Suspense fallback={null}>
            <PodsInSight pods={pods} within={within} />
          </Suspense>
        )}
      </div>
    );
  // In a tile seen from further away they are too small to be gone to one by one: the tile is, and its Pods in the tree and by looking closely.
  return <Pods pods={pods} within={within} mode={mode} columns={columns} isStop={near || !cells} />;
});

interface PodsProps extends Pick<Props, 'pods' | 'within'> {
  readonly mode: 'lines' | 'cells';
  readonly columns: number;
  readonly isStop: boolean;
}

/** One stop of the Tab key, however many they are. */
export function Pods({ pods, within, mode, columns, isStop }: PodsProps) {
  const selected = useSession((session) => session.selected);
  const list = useRovingFocus<HTMLDivElement>(isStop);
  const style = mode === 'cells' ? { gridTemplateColumns: `repeat(${columns}, 28px)` } : undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside turn keys into clicks
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for its buttons
    <div ref={list} className={`pod-field ${mode}`} style={style} onClick={onClick} onPointerOver={onPointerOver}>
      {pods.map((id) => (
        <PodCell key={id} id={id} mode={mode} within={within} selected={id === selected} />
      ))}
    </div>
  );
}
