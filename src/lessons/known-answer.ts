/** What the run answers to a question of a lesson, for the page and for grading. */
import type { Lesson } from '../scenario/lesson';
import type { KnownAnswer } from './agreement';
import { answerText, isRight, numberOf } from './answers';
import { walk } from './walk';

/** See the header. */
export function knownAnswer(text: string, lesson: Lesson, untilMs: number, chapter: number): KnownAnswer {
  const nothing = { text: '', within: 0 };
  const asked = lesson.chapters[chapter]?.predict;
  if (!asked) return { ...nothing, error: 'nothing is asked there' };
  for (const stop of walk(text, lesson, untilMs, (index) => index === chapter)) {
    if (stop.index !== chapter || !stop.answered) continue;
    if ('error' in stop.answered) return { ...nothing, error: stop.answered.error };
    const { value } = stop.answered;
    const right = asked.options.find((option) => isRight(asked, option.value, value))?.value;
    return {
      text: answerText(value),
      within: asked.within,
      ...(asked.options.length === 0 ? { number: numberOf(value) } : { right }),
    };
  }
  return { ...nothing, error: 'the run did not get there' };
}
