/** A value that is taken over at most so often: for what is costly to draw and changes faster than anyone can see. */
import { useEffect, useRef, useState } from 'react';

/** With a wait of 0 the value as it is. The last value is never lost, only late. */
export function useThrottled<T>(value: T, waitMs: number): T {
  const [taken, setTaken] = useState(value);
  const takenAtMs = useRef(0);
  useEffect(() => {
    if (waitMs === 0) return;
    const leftMs = Math.max(0, takenAtMs.current + waitMs - performance.now());
    const timer = setTimeout(() => {
      takenAtMs.current = performance.now();
      setTaken(value);
    }, leftMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return waitMs === 0 ? value : taken;
}
