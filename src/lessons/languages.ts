/** Whether everything that a lesson says is there in every language. */
import type { Lesson, LessonText } from '../scenario/lesson';

/** The languages that a lesson is in. */
export const LANGUAGES = ['en', 'zh'] as const;

/** A value such as `4` or `Pending` is the same everywhere. */
const IS_SAME = /^[\p{ASCII}]{1,40}$/u;

/** All texts of a lesson, each with its place. */
function textsOf({ title, summary, chapters }: Lesson): readonly (readonly [string, LessonText])[] {
  const texts: [string, LessonText | undefined][] = [
    ['title', title],
    ['summary', summary],
  ];
  chapters.forEach(({ title: own, text, predict, task }, index) => {
    const place = `chapter ${index + 1}`;
    texts.push([`${place} title`, own], [`${place} text`, text]);
    texts.push([`${place} question`, predict?.question], [`${place} why`, predict?.why]);
    for (const hint of task?.hints ?? []) texts.push([`${place} hint`, hint]);
    for (const remark of task?.remarks ?? []) texts.push([`${place} remark`, remark.text]);
    texts.push([`${place} done`, task?.done]);
  });
  return texts.filter((entry): entry is [string, LessonText] => entry[1] !== undefined);
}

/** The places of texts that are not in both languages. Options that are plain values are the same in both. */
export function untranslated(lesson: Lesson): readonly string[] {
  const places = textsOf(lesson)
    .filter(([, text]) => typeof text === 'string' || !text.en.trim() || !text.zh?.trim())
    .map(([place]) => place);
  lesson.chapters.forEach(({ predict }, index) => {
    for (const { value, text } of predict?.options ?? []) {
      const isIn = typeof text === 'object' ? text.zh : text === value && IS_SAME.test(text);
      if (!isIn) places.push(`chapter ${index + 1} option ${value}`);
    }
  });
  return places;
}
