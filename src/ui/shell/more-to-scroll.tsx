/** Where a box goes on below what is in sight, this says so and leads there. */
import { type RefObject, useEffect, useState } from 'react';
import { t } from '../../i18n/translate';

/** So little out of sight is a margin. */
const MARGIN_PX = 20;
/** What was lowest stays in sight. */
const STEP = 0.8;

interface Props {
  readonly box: RefObject<HTMLElement | null>;
  /** Where it stands. */
  readonly className: string;
}

/** See the header. */
export default function MoreToScroll({ box, className }: Props) {
  const [isMore, setMore] = useState(false);
  // What stands in the box, and how much of it, changes with every moment.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setMore(element.scrollTop + element.clientHeight < element.scrollHeight - MARGIN_PX);
    look();
    const observer = new ResizeObserver(look);
    for (const each of [element, ...element.children]) observer.observe(each);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  });
  if (!isMore) return null;
  return (
    <button
      type="button"
      className={`button small ${className}`}
      onClick={() => box.current?.scrollBy({ top: STEP * box.current.clientHeight })}
    >
      {t('graph.below')} <span aria-hidden="true">↓</span>
    </button>
  );
}
