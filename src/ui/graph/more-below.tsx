/** Where a drawing goes on below what is in sight, this says so and leads there; so do the keys that scroll, and what is focused below the edge. */
import { useReactFlow, useStoreApi, useViewport } from '@xyflow/react';
import { useEffect } from 'react';
import { t } from '../../i18n/translate';
import './more-below.css';

/** So little out of sight is the margin of a card. */
const MARGIN_PX = 16;
/** What was lowest stays in sight. */
const STEP = 0.8;

interface Props {
  /** Where the drawing ends, in its own measure. */
  readonly bottom: number;
  /** How much of the page is the drawing's. */
  readonly height: number;
  readonly onMoved: () => void;
}

/** A drawing does not scroll, it is moved: what a browser would scroll it by, it is moved by. */
function useScrolling(onMoved: () => void): void {
  const { getViewport, setViewport } = useReactFlow();
  const { domNode } = useStoreApi().getState();
  useEffect(() => {
    if (!domNode) return;
    const move = () => {
      const scrolled = domNode.scrollTop;
      if (scrolled === 0) return;
      onMoved();
      const { x, y, zoom } = getViewport();
      void setViewport({ x, y: y - scrolled, zoom });
    };
    // React Flow scrolls back as soon as it hears of it.
    domNode.addEventListener('scroll', move, { capture: true });
    // To assistive technology, too, what is cut off is then to be come to.
    domNode.style.overflow = 'hidden auto';
    return () => {
      domNode.removeEventListener('scroll', move, { capture: true });
      domNode.style.overflow = 'hidden';
    };
  }, [domNode, getViewport, setViewport, onMoved]);
}

/** See the header. */
export default function MoreBelow({ bottom, height, onMoved }: Props) {
  const { x, y, zoom } = useViewport();
  const { setViewport } = useReactFlow();
  useScrolling(onMoved);
  const below = bottom * zoom + y - height;
  if (below <= MARGIN_PX) return null;
  return (
    <button
      type="button"
      className="button small more-below nodrag nopan"
      onClick={() => {
        onMoved();
        void setViewport({ x, y: y - Math.min(below + MARGIN_PX, STEP * height), zoom });
      }}
    >
      <span aria-hidden="true">↓</span> <span>{t('graph.below')}</span>
    </button>
  );
}
