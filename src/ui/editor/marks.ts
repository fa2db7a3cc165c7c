/** Asks how the documents in the editor stand to the cluster, whenever the text or the moment has changed. */
import { useEffect, useRef } from 'react';
import type { DocumentMark } from '../../session/drift';
import { markName, useDocument } from '../state/document';
import { conductor } from '../state/page';
import { useSession } from '../state/session';

/** While somebody types or time plays, it is asked at most so often. */
const REFRESH_MS = 250;

const stillThere = (marks: readonly DocumentMark[], opened: string | null): string | null =>
  marks.some((mark) => markName(mark) === opened) ? opened : null;

/** See the header. */
export function useMarks(): void {
  const text = useDocument((document) => document.text);
  const cursor = useSession((session) => session.cursor);
  const branch = useSession((session) => session.branch);
  const run = useSession((session) => session.run);
  const askedAtMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch or run has another cluster
  useEffect(() => {
    if (run === 0) return;
    let stale = false;
    const waitMs = Math.max(0, askedAtMs.current + REFRESH_MS - performance.now());
    const timer = setTimeout(async () => {
      askedAtMs.current = performance.now();
      const marks = await conductor.query('marks', { text, at: cursor });
      // A mark that has come to say something else is read before it is opened again.
      if (marks && !stale) useDocument.setState(({ opened }) => ({ marks, opened: stillThere(marks, opened) }));
    }, waitMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text, cursor, branch, run]);
}
