/** A text without one of its documents. */
const MARK = /^---(?:\s|$)/;

/** The lines of the document that a line stands in: from its mark, or the beginning, up to the next mark or the end. Counted from 0. */
function documentAround(lines: readonly string[], line: number): { readonly first: number; readonly end: number } {
  let first = line - 1;
  while (first > 0 && !MARK.test(lines[first] ?? '')) first -= 1;
  let end = line;
  while (end < lines.length && !MARK.test(lines[end] ?? '')) end += 1;
  return { first, end };
}

/** The text without the document that a line (from 1) stands in; undefined where others of some lines stand in it too, such as those of a List. */
export function withoutDocument(text: string, line: number, others: readonly number[]): string | undefined {
  const lines = text.split('\n');
  const { first, end } = documentAround(lines, line);
  if (others.some((other) => other !== line && other > first && other <= end)) return undefined;
  const isMarked = MARK.test(lines[first] ?? '');
  const kept = [...lines.slice(0, first), ...lines.slice(isMarked ? end : end + 1)].join('\n');
  return kept === '' || kept.endsWith('\n') || !text.endsWith('\n') ? kept : `${kept}\n`;
}
