/** Where the editor begins with a new text: at its first manifest where a lesson stands before it, whose answers are in the text too. */

/** A line, from 1. */
export function firstLineShown(text: string): number {
  const lines = text.split('\n');
  const lesson = lines.findIndex((line) => /^kind: *Lesson\s*$/.test(line));
  if (lesson === -1) return 1;
  const end = lines.findIndex((line, index) => index > lesson && /^---\s*$/.test(line));
  return end === -1 || end + 1 >= lines.length ? 1 : end + 2;
}
