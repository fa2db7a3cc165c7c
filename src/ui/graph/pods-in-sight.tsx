/** Over a picture of Pods that is looked at closely: those in sight as the elements that they are elsewhere, with their names. */
import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import { CELL_PITCH, podField } from '../../view/card-size';
import { Pods } from './pods';

/** Which places of the field are in sight: from a column and a row, up to others. */
interface Sight {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const NOTHING: Sight = { left: 0, right: 0, top: 0, bottom: 0 };
/** In steps of so many places, so that not every movement puts up others. */
const STEP = 4;

/** From where to where a field is in sight in one direction, in places. */
function between(from: number, to: number, pitch: number, count: number): readonly [number, number] {
  const first = Math.floor(from / pitch / STEP) * STEP;
  const last = Math.ceil(to / pitch / STEP) * STEP;
  return [Math.max(0, Math.min(count, first)), Math.max(0, Math.min(count, last))];
}

/** See the header. */
export default function PodsInSight({ pods, within }: { pods: readonly string[]; within: 'workload' | 'node' }) {
  const field = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  const [sight, setSight] = useState(NOTHING);
  const { columns, width, height } = podField(pods.length);
  useLayoutEffect(() => {
    const look = () => {
      const own = field.current?.getBoundingClientRect();
      const pane = field.current?.closest('.react-flow')?.getBoundingClientRect();
      if (!own || !pane || own.width === 0) return;
      const pitch = (own.width / width) * CELL_PITCH;
      const [left, right] = between(pane.left - own.left, pane.right - own.left, pitch, columns);
      const [top, bottom] = between(pane.top - own.top, pane.bottom - own.top, pitch, height / CELL_PITCH);
      setSight((known) =>
        known.left === left && known.right === right && known.top === top && known.bottom === bottom
          ? known
          : { left, right, top, bottom },
      );
    };
    look();
    // The drawing is where the camera puts it once the page has followed the camera.
    return store.subscribe(() => requestAnimationFrame(look));
  }, [store, columns, width, height]);
  const shown: string[] = [];
  for (let row = sight.top; row < sight.bottom; row += 1)
    shown.push(...pods.slice(row * columns + sight.left, Math.min((row + 1) * columns, row * columns + sight.right)));
  const place = { left: sight.left * CELL_PITCH, top: sight.top * CELL_PITCH };
  return (
    <div ref={field} className="pods-in-sight">
      {shown.length > 0 && (
        <div style={place}>
          <Pods pods={shown} within={within} mode="cells" columns={sight.right - sight.left} isStop />
        </div>
      )}
    </div>
  );
}
