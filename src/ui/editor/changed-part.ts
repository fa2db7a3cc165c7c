/** What of a text is otherwise in another: the one part between their common beginning and end. */
export function changedPart(before: string, after: string): { start: number; end: number; put: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, put: after.slice(start, after.length - tail) };
}
