/** What the run answers to a question, and whether an answer agrees with it. Pure and small: the page holds answers against it. */

/** What the run gives, as it is shown, and the value of the option that agrees; or what went wrong. */
export interface KnownAnswer {
  readonly text: string;
  /** Of a number that is asked for: what is right, give or take `within`. */
  readonly number?: number;
  readonly within: number;
  readonly right?: string;
  readonly error?: string;
}

/** What decides in which run a chapter is. */
interface Placed {
  readonly atMs?: number;
  readonly task?: unknown;
}

/** The last chapter with a task whose acts have happened where a chapter is; undefined where none has. */
export function taskBefore(chapters: readonly Placed[], chapter: number): number | undefined {
  const atMs = chapters[chapter]?.atMs;
  const found = chapters
    .slice(0, chapter)
    .findLastIndex((one) => one.task !== undefined && (atMs === undefined || (one.atMs ?? 0) <= atMs));
  return found < 0 ? undefined : found;
}

/** Whether a number that somebody wrote is the right one, give or take `within`. */
export function isNear(given: string, number: number, within: number): boolean {
  return given.trim() !== '' && Math.abs(Number(given) - number) <= within + 1e-9;
}

/** Whether an answer is what the run gives. */
export function agreesWith({ right, number, within }: KnownAnswer, given: string): boolean {
  if (number !== undefined) return isNear(given, number, within);
  return right !== undefined && given === right;
}
