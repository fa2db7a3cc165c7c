/** Words in braces: `{a,b}`, `{1..9}`. Follows bash; steps, letters and braces within braces are left as they stand. */
import type { Word } from './syntax';

const MAX_WORDS = 1_000;
const BRACES = /\{([^{}\s]*,[^{}\s]*)\}|\{(-?\d+)\.\.(-?\d+)\}/;

function choices([, list, from, to]: RegExpExecArray): readonly string[] | undefined {
  if (list !== undefined) return list.split(',');
  const [first, last] = [Number(from), Number(to)];
  const count = Math.abs(last - first) + 1;
  if (count > MAX_WORDS) return undefined;
  return Array.from({ length: count }, (_, index) => String(first < last ? first + index : first - index));
}

/** The words that a word with braces stands for, itself when it has none. */
export function unfolded(word: Word, left = MAX_WORDS): readonly Word[] {
  for (const [at, part] of word.entries()) {
    const found = part.kind === 'text' && !part.quoted ? BRACES.exec(part.text) : null;
    const texts = found && choices(found);
    if (part.kind !== 'text' || !found || !texts || texts.length > left) continue;
    const before = { ...part, text: part.text.slice(0, found.index) };
    const after = { ...part, text: part.text.slice(found.index + found[0].length) };
    const rest = unfolded([after, ...word.slice(at + 1)], Math.floor(left / texts.length));
    return texts.flatMap((text) =>
      rest.map((end) => [...word.slice(0, at), { ...part, text: before.text + text }, ...end]),
    );
  }
  return [word];
}
