/**
 * Where a chapter begins, and what has been done by then: nothing but what was done for the tasks before. What else was tried is left, so that
 * what a chapter asks for can be done.
 */
import type { TimedInput } from '../engine/simulation';
import type { Lesson } from '../scenario/lesson';
import { forkAt } from '../session/cursor';
import { taskBefore } from './agreement';
import { walk } from './walk';

/** See the header. */
export interface Beginning {
  readonly timeMs: number;
  readonly inputs: readonly TimedInput[];
}

/** Which chapter of a lesson that lasts until `untilMs`. */
export interface BeginningOf {
  readonly untilMs: number;
  readonly chapter: number;
  /** When it begins, where it doesn't say. */
  readonly fromMs: number;
  /** What the reader did for the tasks before; missing where they are not done: it is as after their solutions. */
  readonly inputs?: readonly TimedInput[];
}

/** See the header. Works it out bit by bit: gives undefined until it is known, then it. Throws what {@link walk} throws. */
export function* beginningOf(
  text: string,
  lesson: Lesson,
  { untilMs, chapter, fromMs, inputs }: BeginningOf,
): Generator<Beginning | undefined, Beginning | undefined> {
  const timeMs = lesson.chapters[chapter]?.atMs ?? fromMs;
  const own = taskBefore(lesson.chapters, chapter) === undefined ? [] : inputs;
  if (own) return { timeMs, inputs: own.filter(({ atMs }) => atMs <= timeMs) };
  for (const { index, simulation, at } of walk(text, lesson, untilMs, { asks: () => false, last: chapter })) {
    if (index === chapter) return { timeMs: at.timeMs, inputs: forkAt(simulation, at).inputs };
    yield undefined;
  }
  return undefined;
}
