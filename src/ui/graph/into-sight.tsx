/** What was looked for by its name is brought into sight where the drawing has it out of sight; no further than that takes. */
import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent } from 'react';
import type { Placed } from '../../view/card-size';
import { glide } from './glide';
import { spotOf } from './spots';

/** The inspector opens first, and takes of the drawing's room. */
const SETTLE_MS = 200;
/** So much is left free around it. */
const MARGIN_PX = 24;

interface Props {
  /** Anew with each wish. */
  readonly wanted: { readonly id: string };
  readonly root: HTMLElement | null;
  readonly placed: readonly Placed[];
  readonly onMoved: () => void;
}

/** How far a stretch has to be moved to lie within a room; its beginning where it is longer. */
function wayInto(from: number, length: number, room: number): number {
  const last = Math.max(MARGIN_PX, room - MARGIN_PX - length);
  return Math.min(Math.max(from, MARGIN_PX), last) - from;
}

/** See the header. */
export default function IntoSight({ wanted, root, placed, onMoved }: Props) {
  const { getViewport, setViewport } = useReactFlow();
  const bring = useEffectEvent((id: string) => {
    const spot = root && spotOf(root, placed, id);
    if (!spot) return;
    const { x, y, zoom } = getViewport();
    const byX = wayInto(spot.x * zoom + x, spot.width * zoom, root.clientWidth);
    const byY = wayInto(spot.y * zoom + y, spot.height * zoom, root.clientHeight);
    if (byX === 0 && byY === 0) return;
    onMoved();
    void setViewport({ x: x + byX, y: y + byY, zoom }, glide());
  });
  useEffect(() => {
    const timer = setTimeout(() => bring(wanted.id), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return null;
}
