/** What comes up in a lesson is brought in sight. */
import { type RefObject, useEffect, useRef } from 'react';
import { useSession } from '../state/session';

/**
 * The box of what comes up; it is scrolled to as often as `shown` becomes another thing after it was drawn. On a telephone that waits until the lesson
 * is in front.
 */
export function useInSight<T extends HTMLElement>(shown: unknown): RefObject<T | null> {
  const box = useRef<T>(null);
  const seen = useRef(shown);
  const tab = useSession((session) => session.phoneTab);
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another tab nothing is seen
  useEffect(() => {
    const isSeen = box.current !== null && box.current.offsetParent !== null;
    if (!isSeen) return;
    if (shown && shown !== seen.current) box.current?.scrollIntoView({ block: 'nearest' });
    seen.current = shown;
  }, [shown, tab]);
  return box;
}
