/** Asks how the documents in the editor stand to the cluster, whenever the text or the moment has changed. */
import { useEffect } from 'react';
import type { DocumentMark } from '../../session/drift';
import { markName, useDocument } from '../state/document';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';

/** While somebody types or time plays, it is asked at most so often. */
const REFRESH_MS = 250;

const stillThere = (marks: readonly DocumentMark[], opened: string | null): string | null =>
  marks.some((mark) => markName(mark) === opened) ? opened : null;

/** See the header. */
export function useMarks(): void {
  const text = useDocument((document) => document.text);
  const at = useSession((session) => session.cursor);
  const marks = useAnswer('marks', { text, at }, { about: [text, at], refreshMs: REFRESH_MS });
  useEffect(() => {
    // A mark that has come to say something else is read before it is opened again.
    if (marks) useDocument.setState(({ opened }) => ({ marks, opened: stillThere(marks, opened) }));
  }, [marks]);
}
