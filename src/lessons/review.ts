/**
 * What somebody handed in, done again chapter by chapter: which question was answered how, and where the goal of each task is met. Grading counts it, and
 * the page shows it.
 */
import type { Simulation, TimedInput } from '../engine/simulation';
import type { LinkAnswer } from '../scenario/hand-in';
import type { Lesson, Question, Task } from '../scenario/lesson';
import type { Cursor } from '../session/cursor';
import { firstHeld, momentAt } from './acts';
import { type KnownAnswer, taskBefore } from './agreement';
import { isRight } from './answers';
import { hasStatusByHand, isLikeSolution } from './by-hand';
import { answerAfter, told } from './known-answer';
import { runAnew, walk } from './walk';

/** What of a lesson has to be worked out once, however many hand it in. */
export interface Key {
  readonly text: string;
  readonly lesson: Lesson;
  readonly durationMs: number;
  /** From when on the goal of each chapter counts. */
  readonly fromMs: readonly number[];
  /** What the run answers to the question of each chapter. */
  readonly values: readonly ({ readonly value: unknown } | undefined)[];
}

/** What was handed in. */
export interface HandedIn {
  readonly inputs: readonly TimedInput[];
  readonly answers: readonly LinkAnswer[];
}

/** What came of a question. */
export interface ReviewedQuestion {
  /** Undefined: it was not answered. */
  readonly given: string | undefined;
  readonly isRight: boolean;
  /** What the run answers in which earlier tasks were done as they were. */
  readonly known: KnownAnswer;
}

/** What came of a task. */
export interface ReviewedTask {
  readonly met: Cursor | undefined;
  /** What was done for it. */
  readonly acts: readonly TimedInput[];
  /** Its solution was shown. */
  readonly shown: boolean;
  /** What was done is what the solution does, act by act, though it was not shown. */
  readonly alike: boolean;
  /** The goal is met only where a status had been written by hand. */
  readonly byHand: boolean;
}

/** What came of a chapter. */
export interface Reviewed {
  readonly question: ReviewedQuestion | undefined;
  readonly task: ReviewedTask | undefined;
}

/** Nobody waits longer than so for a goal after the end of the scenario. */
const MOST_AFTER_MS = 3_600_000;

/** See {@link Key}. Throws what {@link walk} throws. */
export function keyOf(text: string, { lesson, durationMs }: Pick<Key, 'lesson' | 'durationMs'>): Key {
  const stops = [...walk(text, lesson, durationMs)];
  return {
    text,
    lesson,
    durationMs,
    fromMs: stops.map(({ at }) => at.timeMs),
    values: stops.map(({ answered }) => (answered && 'value' in answered ? answered : undefined)),
  };
}

/** Runs what was done by hand, once for all tasks for which the same was done. */
function runner(text: string): (inputs: readonly TimedInput[]) => Simulation {
  const runs = new Map<string, Simulation>();
  return (inputs) => {
    const name = JSON.stringify(inputs);
    const simulation = runs.get(name) ?? runAnew(text, { inputs });
    runs.set(name, simulation);
    return simulation;
  };
}

function lastOf(inputs: readonly TimedInput[]): number {
  return inputs.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
}

/** See the header: every chapter, one after the other. Throws what {@link firstHeld} throws. */
export function* reviewed(key: Key, { inputs, answers }: HandedIn): Generator<Reviewed> {
  const { text, lesson, values } = key;
  const run = runner(text);
  /** What was done for the tasks whose goal was met, by chapter. */
  const metBy = new Map<number, readonly TimedInput[]>();
  for (const [index, { predict, task }] of lesson.chapters.entries()) {
    const answer = answers.find(({ chapter }) => chapter === index);
    const own = metBy.get(taskBefore(lesson.chapters, index) ?? -1);
    const value = predict && ((own && answerAfter(text, predict, own)) ?? values[index]);
    const question = predict && reviewedQuestion(predict, answer?.given, value);
    const done = { acts: answer?.inputs ?? inputs, shown: answer?.shown === true, run };
    const found = task && reviewedTask(key, index, task, done);
    if (found?.met) metBy.set(index, found.acts);
    yield { question, task: found };
  }
}

function reviewedQuestion(
  predict: Question,
  given: string | undefined,
  found: { readonly value: unknown } | undefined,
): ReviewedQuestion {
  if (!found) return { given, isRight: false, known: { text: '', within: 0, error: 'the run gives no answer' } };
  const known = told(predict, found.value);
  return { given, isRight: given !== undefined && isRight(predict, given, found.value), known };
}

interface Done {
  readonly acts: readonly TimedInput[];
  readonly shown: boolean;
  readonly run: (inputs: readonly TimedInput[]) => Simulation;
}

function reviewedTask(key: Key, index: number, task: Task, { acts, shown, run }: Done): ReviewedTask {
  const { durationMs } = key;
  const fromMs = key.fromMs[index] ?? 0;
  const simulation = run(acts);
  const untilMs = Math.min(Math.max(durationMs, lastOf(acts) + durationMs), durationMs + MOST_AFTER_MS);
  const found = firstHeld(simulation, task.goal, momentAt(simulation, fromMs), untilMs);
  const byHand = found !== undefined && hasStatusByHand(simulation, found.step);
  const met = byHand ? undefined : found;
  const own = acts.filter(({ atMs }) => atMs >= fromMs);
  return { met, acts, shown, alike: met !== undefined && !shown && isLikeSolution(own, task), byHand };
}
