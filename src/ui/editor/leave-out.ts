/** A text without one of its documents. */
import { documentParts, isMarked, withoutMark } from '../../scenario/document-parts';

/** The text without the document that a line (from 1) stands in; undefined where others of some lines stand in it too, such as those of a List. */
export function withoutDocument(text: string, line: number, others: readonly number[]): string | undefined {
  const parts = documentParts(text);
  let from = 1;
  for (const [place, part] of parts.entries()) {
    const next = from + part.split('\n').length - 1;
    const isIn = (each: number): boolean => each >= from && (each < next || place === parts.length - 1);
    if (!isIn(line)) {
      from = next;
      continue;
    }
    if (others.some((other) => other !== line && isIn(other))) return undefined;
    const after = parts.slice(place + 1);
    if (!isMarked(part) && after[0] !== undefined) after[0] = withoutMark(after[0]);
    return [...parts.slice(0, place), ...after].join('');
  }
  return text;
}
