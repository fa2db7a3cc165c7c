/** Where a drawing goes on below what is in sight, this says so and leads there. */
import { useReactFlow, useViewport } from '@xyflow/react';
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

/** See the header. */
export default function MoreBelow({ bottom, height, onMoved }: Props) {
  const { x, y, zoom } = useViewport();
  const { setViewport } = useReactFlow();
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
      <span>{t('graph.below')}</span> <span aria-hidden="true">↓</span>
    </button>
  );
}
