/** What comes up in a lesson is brought in sight. */
import { type RefObject, useEffect, useRef } from 'react';

/** The box of what comes up; it is scrolled to when `shown` becomes true after it was drawn, or as often as it is another thing. */
export function useInSight<T extends HTMLElement>(shown: unknown): RefObject<T | null> {
  const box = useRef<T>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (shown && shown !== before.current) box.current?.scrollIntoView({ block: 'nearest' });
    before.current = shown;
  }, [shown]);
  return box;
}
