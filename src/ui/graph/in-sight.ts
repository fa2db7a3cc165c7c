/** A list that scrolls, of which only the lines in sight exist. */
import { type RefObject, type UIEvent, useEffect, useRef, useState } from 'react';

/** As the styles of such lists have it. */
export const LINE_PX = 28;
const SPARE_LINES = 8;

interface Sight<E extends HTMLElement> {
  readonly body: RefObject<E | null>;
  readonly onScroll: (event: UIEvent<E>) => void;
  /** Lines from here exist, up to `end`. */
  readonly start: number;
  readonly end: number;
}

/** The part of a list that is in sight, with some lines around it. */
export function useSight<E extends HTMLElement>(): Sight<E> {
  const body = useRef<E>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(240);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    if (body.current) observer.observe(body.current);
    return () => observer.disconnect();
  }, []);
  const start = Math.max(0, Math.floor(top / LINE_PX) - SPARE_LINES);
  const end = start + Math.ceil(height / LINE_PX) + 2 * SPARE_LINES;
  return { body, onScroll: ({ currentTarget }) => setTop(currentTarget.scrollTop), start, end };
}
