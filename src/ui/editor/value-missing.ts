/**
 * Whether the value that a text is being typed at is not there yet: a key or a list's dash without anything behind it is null in YAML, which
 * would be applied as "whatever the default is". Pure.
 */

/** What may stand behind the place of a value that is not there. */
const NOTHING = /^[ \t]*(?:[,}\]#\r\n]|$)/;
/** A key or a dash, at the end of what stands before the caret. */
const BEGUN = /(?:[^\s,{[]:|(?:^|[ \t])-)$/;

/** So many lines below the caret are looked through for what goes on with a key. */
const MAX_LOOK = 200;

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Whether a line goes on with the block that another begins. */
function isInside(line: string, opening: string): boolean {
  const [own, outer] = [indentOf(line), indentOf(opening)];
  return own > outer || (own === outer && line.startsWith('- ', own) && opening.endsWith(':'));
}

/** See the header. `caret`: so many characters stand before it. */
export function isValueMissing(text: string, caret: number): boolean {
  if (!NOTHING.test(text.slice(caret, text.indexOf('\n', caret) + 1 || undefined))) return false;
  const before = text.slice(0, caret).trimEnd();
  const opening = before.slice(before.lastIndexOf('\n') + 1);
  if (!BEGUN.test(opening) || opening.trimStart().startsWith('#')) return false;
  const below = text.slice(caret).split('\n', MAX_LOOK);
  const next = below.slice(1).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return next === undefined || !isInside(next, opening);
}
