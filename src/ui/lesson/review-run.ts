/** Leads through a hand-in that was opened: each chapter is looked at in the run that was handed in, and nothing of it is taken for the reader's own. */
import { taskBefore } from '../../lessons/agreement';
import type { LessonSheet } from '../../lessons/sheet';
import { conductor, handIns, slots } from '../state/page';
import { type OpenedHandIn, useSession } from '../state/session';
import { FRESH, useLesson } from './lesson-state';

/** Takes what was handed in, and has it run again; the answer is the chapter to begin with. */
export function beginReview(sheet: LessonSheet, handIn: OpenedHandIn): number {
  useLesson.setState({ ...FRESH, sheet, handIn });
  useSession.setState({ phoneTab: 'lesson', playing: false });
  void runAgain(handIn);
  const last = handIn.answers.reduce((latest, { chapter }) => Math.max(latest, chapter), 0);
  return Math.min(handIns.chapterOf(slots.current) ?? last, sheet.chapters.length - 1);
}

/** A worker that dies of it, or meanwhile, is replaced and asked once more; one that dies again is not. */
async function runAgain(handIn: OpenedHandIn): Promise<void> {
  const { answers, inputs } = handIn;
  const isOpen = () => useLesson.getState().handIn === handIn;
  const ask = () => conductor.query('review', { answers, inputs });
  let review = await ask();
  if (!review && isOpen()) {
    await conductor.turns.take(async () => undefined);
    if (isOpen()) review = await ask();
  }
  if (isOpen()) useLesson.setState(review ? { review } : { isLost: true });
}

/** The chapter that is looked at is the one to come back to. */
export function keepReviewed(chapter: number): void {
  if (useLesson.getState().handIn) handIns.keepChapter(slots.current, chapter);
}

/** What had been done where a chapter is: for its own task, or for the one before. */
function actsAt(sheet: LessonSheet, { answers, inputs }: OpenedHandIn, chapter: number): OpenedHandIn['inputs'] {
  const task = sheet.chapters[chapter]?.task ? chapter : taskBefore(sheet.chapters, chapter);
  return answers.find((answer) => answer.chapter === task)?.inputs ?? inputs;
}

/** Goes to where a chapter is in what was handed in: to the step that met its goal, where one did. */
export async function lookAtReviewed(handIn: OpenedHandIn, chapter: number): Promise<void> {
  const { sheet, review } = useLesson.getState();
  const atMs = sheet?.chapters[chapter]?.atMs;
  const met = review?.[chapter]?.task?.met;
  if (!sheet || (atMs === undefined && !met)) return;
  useSession.setState({ playing: false });
  const at = met ? { step: met.step } : { timeMs: atMs ?? 0 };
  await conductor.beginChapter({ chapter, fromMs: atMs ?? 0, inputs: actsAt(sheet, handIn, chapter), at });
}
