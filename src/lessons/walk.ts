/**
 * Goes through a lesson as somebody does who does what its solutions say. Where a chapter is: at its own moment, else where the chapter before
 * left the page: a text at its moment, a prediction when its answer is known, a task when its goal was met. What was done for tasks stays
 * done, except that going to an earlier moment is going to a branch in which later acts have not happened.
 */

import { predict } from '../conditions/prediction';
import type { Simulation } from '../engine/simulation';
import type { Chapter, Lesson, Question } from '../scenario/lesson';
import { createSession } from '../session/create-session';
import type { Cursor } from '../session/cursor';
import type { SessionOptions } from '../session/open-session';
import { LessonError, momentAt, withActs } from './acts';
import { firstMet } from './by-hand';
import { type FailedAct, failuresOf } from './mistakes';

/** Where a chapter is, and in which run. */
export interface Stop {
  readonly index: number;
  readonly chapter: Chapter;
  /** The run with the acts of earlier tasks, and none of its own. */
  readonly simulation: Simulation;
  readonly at: Cursor;
  /** What the run answers, where something is asked. */
  readonly answered?: { readonly value: unknown } | { readonly error: string };
  /** The run in which the solution was done, where there is one, and the moment at which its goal was met. */
  readonly solved?: {
    readonly simulation: Simulation;
    readonly met: Cursor | undefined;
    readonly error?: string;
    /** Acts of it that ended with an error. */
    readonly failed: readonly FailedAct[];
  };
}

/** A line of time with the acts done from a moment on. */
interface Line {
  readonly fromMs: number;
  readonly simulation: Simulation;
}

/** A run of a text from its beginning. */
export function runAnew(text: string, run: SessionOptions): Simulation {
  const { session } = createSession(text, run);
  if (!session) throw new LessonError('the text can not be read');
  return session.simulation;
}

/** What a run answers to a question. */
export function answerOf(
  text: string,
  run: SessionOptions,
  { answer, knownMs }: Question,
): { readonly value: unknown } | { readonly error: string } {
  return predict(runAnew(text, run), answer, knownMs);
}

function solve({ simulation, at, chapter }: Stop, untilMs: number): Stop['solved'] {
  const { task } = chapter;
  if (!task) return undefined;
  const failed: FailedAct[] = [];
  const solved = withActs(simulation, at, task.solution, untilMs, failuresOf(failed));
  try {
    return { simulation: solved, met: firstMet(solved, task.goal, at, untilMs), failed };
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    return { simulation: solved, met: undefined, error: error.message, failed };
  }
}

/**
 * The stops of a lesson, in order, with the answers to the questions of those chapters that `asks` names (default: all). `seed` is drawn
 * from instead of the text's; at the beginning of the chapter `last` it ends. Throws {@link LessonError} when the run itself can't go on.
 */
export function* walk(
  text: string,
  lesson: Lesson,
  untilMs: number,
  { asks = () => true, seed, last }: { asks?: (index: number) => boolean; seed?: number; last?: number } = {},
): Generator<Stop> {
  const base = runAnew(text, { seed });
  let lines: readonly Line[] = [{ fromMs: 0, simulation: base }];
  let at: Cursor = momentAt(base, 0);
  for (const [index, chapter] of lesson.chapters.entries()) {
    if (chapter.atMs !== undefined) {
      const { atMs } = chapter;
      lines = lines.filter(({ fromMs }, place) => place === 0 || fromMs <= atMs);
      at = momentAt((lines.at(-1) as Line).simulation, atMs);
    }
    const { simulation } = lines.at(-1) as Line;
    const stop: Stop = { index, chapter, simulation, at };
    if (index === last) {
      yield stop;
      return;
    }
    if (chapter.predict) {
      const { predict: question } = chapter;
      const { config, inputs } = simulation;
      const answered = asks(index) ? answerOf(text, { seed: config.seed, inputs }, question) : undefined;
      yield { ...stop, answered };
      if (question.knownMs > at.timeMs) at = momentAt(simulation, question.knownMs);
    } else if (chapter.task) {
      const solved = solve(stop, untilMs) as NonNullable<Stop['solved']>;
      yield { ...stop, solved };
      lines = [...lines, { fromMs: at.timeMs, simulation: solved.simulation }];
      at = solved.met ?? at;
    } else yield stop;
  }
}
