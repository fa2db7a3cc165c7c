/** What stands below the drawing: what somebody wants there, and whether the drawing has to make way for it. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';

/** Less height than this is not shared: half of it is too little to read either. */
const SHARED_PX = 400;

/** Until somebody wants something, a simplified drawing has its table where there is room for both. */
export const useAsked = create<{ readonly asked?: 'table' | 'tree' | 'nothing' }>()(() => ({}));

/** See the header. */
export function useBelow(simplified: boolean) {
  const asked = useAsked((state) => state.asked);
  const panel = useRef<HTMLElement>(null);
  const isTight = useTight(panel);
  const below = asked ?? (simplified && !isTight ? 'table' : 'nothing');
  return { panel, below, isCovered: isTight && below !== 'nothing' } as const;
}

/** Whether what is below its head is too low for two. */
function useTight(panel: RefObject<HTMLElement | null>): boolean {
  const [isTight, setIsTight] = useState(false);
  useEffect(() => {
    const { current } = panel;
    if (!current) return;
    const observer = new ResizeObserver(() => {
      const head = current.firstElementChild?.clientHeight ?? 0;
      setIsTight(current.clientHeight - head < SHARED_PX);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [panel]);
  return isTight;
}
