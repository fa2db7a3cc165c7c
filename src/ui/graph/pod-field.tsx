/** The Pods of a card: lines, cells, or a picture, by how many there are and how closely one looks. */
import { memo, Suspense, useContext, useDeferredValue } from 'react';
import { podField } from '../../view/card-size';
import { late } from '../shell/late';
import { useScrubbing } from '../state/scrubbing';
import { Near, Simplified } from './closeness';
import { PodCanvas } from './pod-canvas';
import { Pods } from './pods';

const PodsInSight = late(() => import('./pods-in-sight'));

interface Props {
  readonly pods: readonly string[];
  readonly within: 'workload' | 'node';
  /** As cells, so many in a row, however few they are. */
  readonly cells?: number;
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
