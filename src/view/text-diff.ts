/** The lines that differ between two texts, with some of what stands around them. */
import { diffArrays } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

const CONTEXT_LINES = 3;
/** Texts that differ in more lines are shown as replaced outright: a picture, not a proof. */
const MAX_CHANGES = 4_000;

/** A line diff; long equal stretches become one `gap` line whose text is their length. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = before.split('\n');
  const now = after.split('\n');
  const changes = diffArrays(old, now, { maxEditLength: MAX_CHANGES }) ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  return fold(
    changes.flatMap(({ value, removed, added }) =>
      value.map((text): DiffLine => ({ kind: removed ? 'removed' : added ? 'added' : 'same', text })),
    ),
  );
}

/** Keeps what is near a change. */
function fold(lines: readonly DiffLine[]): DiffLine[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    near.fill(1, Math.max(0, index - CONTEXT_LINES), Math.min(lines.length, index + CONTEXT_LINES + 1));
  });
  const folded: DiffLine[] = [];
  let skipped = 0;
  lines.forEach((line, index) => {
    if (near[index]) {
      if (skipped > 0) folded.push({ kind: 'gap', text: String(skipped) });
      skipped = 0;
      folded.push(line);
    } else skipped += 1;
  });
  if (skipped > 0 && folded.length > 0) folded.push({ kind: 'gap', text: String(skipped) });
  return folded;
}
