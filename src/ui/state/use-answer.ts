/** What the worker answers to a question that only looks, asked anew whenever what it is about has changed. */
import { useEffect, useRef, useState } from 'react';
import type { Requests } from '../../worker/protocol';
import type { Query } from './conductor-ports';
import { conductor } from './page';
import { useSession } from './session';

/** When a question is asked anew. */
interface Asking {
  /** What its parameters are made of. Of another branch or run, or when more of it is shown, it is always another question. */
  readonly about: readonly unknown[];
  /** It is asked at most so often, while what it is about changes faster. */
  readonly refreshMs: number;
}

/** The latest answer; null before the first. */
export function useAnswer<N extends Query>(
  name: N,
  params: Requests[N]['params'],
  { about, refreshMs }: Asking,
): Requests[N]['answer'] | null {
  const [answer, setAnswer] = useState<Requests[N]['answer'] | null>(null);
  const branch = useSession((session) => session.branch);
  const run = useSession((session) => session.run);
  const heldMs = useSession((session) => session.heldMs);
  const askedAtMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parameters are new with every drawing; `about` says what they are made of
  useEffect(() => {
    if (run === 0) return;
    let stale = false;
    const waitMs = Math.max(0, askedAtMs.current + refreshMs - performance.now());
    const timer = setTimeout(async () => {
      askedAtMs.current = performance.now();
      const found: Requests[N]['answer'] | undefined = await conductor.query(name, params);
      if (found !== undefined && !stale) setAnswer(found);
    }, waitMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [...about, branch, run, heldMs, refreshMs]);
  return answer;
}
