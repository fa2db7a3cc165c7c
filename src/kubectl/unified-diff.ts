/** The difference of two texts as `diff -u` prints it: three lines of context, hunks that touch made one. Follows GNU diffutils. */

interface Edit {
  readonly mark: ' ' | '-' | '+';
  readonly line: string;
}

const CONTEXT = 3;
/** Longer texts are compared as a whole. */
const MAX_CELLS = 16_000_000;

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** The shortest way from one list of lines to another, by the longest common subsequence; deletions before additions. */
function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  const same = (lines: readonly string[]): Edit[] => lines.map((line) => ({ mark: ' ', line }));
  const middle = left.length * right.length > MAX_CELLS ? replaced(left, right) : between(left, right);
  return [...same(before.slice(0, start)), ...middle, ...same(before.slice(before.length - end))];
}

const replaced = (left: readonly string[], right: readonly string[]): Edit[] => [
  ...left.map((line): Edit => ({ mark: '-', line })),
  ...right.map((line): Edit => ({ mark: '+', line })),
];

function between(left: readonly string[], right: readonly string[]): Edit[] {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const below = lengths[(i + 1) * width + j] as number;
      const beside = lengths[i * width + j + 1] as number;
      lengths[i * width + j] =
        left[i] === right[j] ? (lengths[(i + 1) * width + j + 1] as number) + 1 : Math.max(below, beside);
    }
  }
  const edits: Edit[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    if (i < left.length && left[i] === right[j]) {
      edits.push({ mark: ' ', line: left[i] as string });
      i++;
      j++;
    } else if (
      i < left.length &&
      (j === right.length || (lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number))
    ) {
      edits.push({ mark: '-', line: left[i++] as string });
    } else edits.push({ mark: '+', line: right[j++] as string });
  }
  return edits;
}

/** `3,7`, `3` for one line, `2,0` for none. */
function rangeText(start: number, count: number): string {
  if (count === 1) return String(start);
  return `${count === 0 ? start - 1 : start},${count}`;
}

function hunk(edits: readonly Edit[], from: number, to: number): string {
  const linesBefore = edits.slice(0, from).filter(({ mark }) => mark !== '+').length;
  const linesAfter = edits.slice(0, from).filter(({ mark }) => mark !== '-').length;
  const shown = edits.slice(from, to);
  const removed = shown.filter(({ mark }) => mark !== '+').length;
  const added = shown.filter(({ mark }) => mark !== '-').length;
  const head = `@@ -${rangeText(linesBefore + 1, removed)} +${rangeText(linesAfter + 1, added)} @@\n`;
  return head + shown.map(({ mark, line }) => `${mark}${line}\n`).join('');
}

/** The hunks; '' when the texts are equal. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsOf(linesOf(before), linesOf(after));
  const changed = edits.flatMap(({ mark }, at) => (mark === ' ' ? [] : [at]));
  const hunks: string[] = [];
  for (let at = 0; at < changed.length; ) {
    const first = changed[at] as number;
    let last = first;
    while (at < changed.length && (changed[at] as number) - last <= 2 * CONTEXT + 1) last = changed[at++] as number;
    hunks.push(hunk(edits, Math.max(0, first - CONTEXT), Math.min(edits.length, last + CONTEXT + 1)));
  }
  return hunks.join('');
}
