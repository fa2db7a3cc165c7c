/** Words in braces: `{a,b}`, `{1..9}`, `{01..10..3}`, `{a..e}`. Follows bash; braces within braces are left as they stand. */
import type { Word } from './syntax';

const MAX_WORDS = 1_000;
const BRACES = /\{([^{}\s]*,[^{}\s]*)\}|\{(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.-?(\d+))?\}/;

function choices([, list, from = '', to = '', step]: RegExpExecArray): readonly string[] | undefined {
  if (list !== undefined) return list.split(',');
  const isLetter = /\D$/.test(from);
  if (isLetter !== /\D$/.test(to)) return undefined;
  const [first = 0, last = 0] = [from, to].map((one) => (isLetter ? one.charCodeAt(0) : Number(one)));
  const by = Number(step) || 1;
  const count = Math.floor(Math.abs(last - first) / by) + 1;
  if (count > MAX_WORDS) return undefined;
  const width = /^-?0\d/m.test(`${from}\n${to}`) ? Math.max(from.length, to.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = first + (first < last ? by : -by) * index;
    const digits = String(Math.abs(value));
    if (isLetter) return String.fromCharCode(value);
    return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
  });
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
