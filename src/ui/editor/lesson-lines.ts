/** Where in a text its lesson stands: the answers are there, too, so it is not shown while the lesson is played. */

/** Lines, from 1, the last one included. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

const KIND = /^kind: *["']?Lesson["']?\s*(#.*)?$/;
const SEPARATOR = /^---\s*(#.*)?$/;

/** The lines of the Lesson document, with the separator after it; undefined where there is none. */
export function lessonLines(text: string): Lines | undefined {
  if (!text.includes('Lesson')) return undefined;
  const lines = text.split('\n');
  const kind = lines.findIndex((line) => KIND.test(line));
  if (kind === -1) return undefined;
  const before = lines.findLastIndex((line, index) => index < kind && SEPARATOR.test(line));
  const after = lines.findIndex((line, index) => index > kind && SEPARATOR.test(line));
  return { from: before + 2, to: after === -1 ? lines.length : after + 1 };
}

/** The line from which a new text is begun to be read: that of its first manifest where a lesson stands before it. */
export function firstLineShown(text: string): number {
  const lesson = lessonLines(text);
  return lesson && lesson.to < text.split('\n').length ? lesson.to + 1 : 1;
}

/** A text without its lesson. */
export function withoutLesson(text: string): string {
  const lesson = lessonLines(text);
  return lesson
    ? text
        .split('\n')
        .filter((_line, index) => index + 1 < lesson.from || index + 1 > lesson.to)
        .join('\n')
    : text;
}
