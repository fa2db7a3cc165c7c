/** A lesson as the page needs it: what is shown and where it is, without what only the run can tell. Plain data. */
import type { Chapter, Lesson, LessonText, Option } from '../scenario/lesson';

/** A question as it is asked. */
export interface SheetQuestion {
  readonly question: LessonText;
  readonly options: readonly Option[];
  readonly knownMs: number;
  readonly why: LessonText | undefined;
}

/** A task as it is set. */
export interface SheetTask {
  readonly hints: readonly LessonText[];
  readonly remarks: readonly LessonText[];
  readonly done: LessonText | undefined;
  /** The acts of its solution, as they are shown. */
  readonly solution: readonly string[];
}

/** A chapter as it is shown. */
export interface SheetChapter extends Pick<Chapter, 'title' | 'text' | 'atMs' | 'view' | 'select'> {
  readonly predict: SheetQuestion | undefined;
  readonly task: SheetTask | undefined;
}

/** See the header. */
export interface LessonSheet extends Pick<Lesson, 'name' | 'title'> {
  readonly chapters: readonly SheetChapter[];
}

function chapterSheet({ title, text, atMs, view, select, predict, task }: Chapter): SheetChapter {
  return {
    title,
    text,
    atMs,
    view,
    select,
    predict: predict && {
      question: predict.question,
      options: predict.options,
      knownMs: predict.knownMs,
      why: predict.why,
    },
    task: task && {
      hints: task.hints,
      remarks: task.remarks.map((remark) => remark.text),
      done: task.done,
      solution: task.solution.map((act) => act.title),
    },
  };
}

/** The sheet of a lesson. */
export function sheetOf({ name, title, chapters }: Lesson): LessonSheet {
  return { name, title, chapters: chapters.map(chapterSheet) };
}
