/** Which lines of a text a difference changed, and what stood there before. Pure. */
import type { DiffLine } from './text-diff';

const keyOf = (line: string): string => line.slice(0, line.indexOf(':') + 1);

/** Line numbers from 0 → what the line was before; '' where there was none like it. */
export function changedLines(diff: readonly DiffLine[]): ReadonlyMap<number, string> {
  const changed = new Map<number, string>();
  let line = 0;
  let removed: string[] = [];
  for (const { kind, text } of diff) {
    if (kind === 'removed') {
      removed.push(text);
      continue;
    }
    if (kind === 'added') {
      const key = keyOf(text);
      const old = key === '' ? undefined : removed.find((each) => keyOf(each) === key);
      changed.set(line, old === undefined ? '' : old.slice(key.length).trim());
    } else removed = [];
    line += kind === 'gap' ? Number(text) : 1;
  }
  return changed;
}
