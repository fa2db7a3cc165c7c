/** What the run answers to a question of a lesson, for the page and for grading. */
import type { TimedInput } from '../engine/simulation';
import type { Lesson, Question } from '../scenario/lesson';
import type { KnownAnswer } from './agreement';
import { answerText, isRight, numberOf, questionProblem } from './answers';
import { answerOf, walk } from './walk';

/**
 * What a run answers in which earlier tasks were done by these acts; undefined where it answers in no way that can be chosen, or in more than one.
 */
export function answerAfter(
  text: string,
  question: Question,
  inputs: readonly TimedInput[],
): { readonly value: unknown } | undefined {
  const answered = answerOf(text, { inputs }, question);
  return 'value' in answered && questionProblem(question, answered.value) === undefined ? answered : undefined;
}

/** See the header. `inputs` is what the reader did for the tasks before; where nothing can be said of that, it is as after their solutions. */
export function knownAnswer(
  text: string,
  lesson: Lesson,
  untilMs: number,
  chapter: number,
  inputs?: readonly TimedInput[],
): KnownAnswer {
  const nothing = { text: '', within: 0 };
  const asked = lesson.chapters[chapter]?.predict;
  if (!asked) return { ...nothing, error: 'nothing is asked there' };
  const own = inputs && answerAfter(text, asked, inputs);
  if (own) return told(asked, own.value);
  for (const stop of walk(text, lesson, untilMs, { asks: (index) => index === chapter })) {
    if (stop.index !== chapter || !stop.answered) continue;
    if ('error' in stop.answered) return { ...nothing, error: stop.answered.error };
    return told(asked, stop.answered.value);
  }
  return { ...nothing, error: 'the run did not get there' };
}

/** A value that the run gives, as it is shown. */
export function told(asked: Question, value: unknown): KnownAnswer {
  const right = asked.options.find((option) => isRight(asked, option.value, value))?.value;
  return {
    text: answerText(value),
    within: asked.within,
    ...(asked.options.length === 0 ? { number: numberOf(value) } : { right }),
  };
}
