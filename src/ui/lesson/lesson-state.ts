/** The lesson of the present text as its reader stands to it: which chapter is open, what was answered, which goals are met. */
import { create } from 'zustand';
import type { Reviewed } from '../../lessons/review';
import type { LessonSheet } from '../../lessons/sheet';
import type { LessonKnown } from '../../worker/lesson-shapes';
import type { Moment } from '../../worker/protocol';
import type { OpenedHandIn } from '../state/session';
import type { LessonProgress } from './progress';

/** How far its reader is. Chapters by their number from 0. */
export interface LessonState {
  readonly sheet: LessonSheet | null;
  readonly chapter: number;
  /** From when on a goal counts. */
  readonly fromMs: number;
  readonly given: Readonly<Record<number, string>>;
  readonly skipped: readonly number[];
  readonly known: Readonly<Record<number, LessonKnown>>;
  /** Questions whose answer is shown. */
  readonly told: readonly number[];
  readonly met: Readonly<Record<number, Moment | { readonly step: number }>>;
  readonly shown: readonly number[];
  /** What had been done by hand when a goal was met. */
  readonly acts: LessonProgress['acts'];
  /** How many hints of a task are open. */
  readonly hints: Readonly<Record<number, number>>;
  /** The goal would be met in the present branch, but a status was written by hand. */
  readonly byHand: boolean;
  /** Which remarks hold, in the branch and chapter that are present. */
  readonly remarks: readonly (Moment | null)[];
  /** The branch in which the present chapter begins. */
  readonly home: number;
  /** Somebody wanted to go on, and was led to the question of the present chapter. */
  readonly isLed: boolean;
  /** Whose hand-in is looked at, in place of the reader's own progress; null for none. */
  readonly handIn: OpenedHandIn | null;
  /** What came of each of its chapters; null until it has run again. */
  readonly review: readonly Reviewed[] | null;
  /** What was handed in could not be run again. */
  readonly isLost: boolean;
  /** How often the page is on its way to where a chapter begins: nothing counts for it then. */
  readonly moving: number;
}

/** A lesson in which nothing was done. */
export const FRESH = {
  chapter: 0,
  fromMs: 0,
  given: {},
  skipped: [],
  known: {},
  told: [],
  met: {},
  shown: [],
  acts: {},
  hints: {},
  byHand: false,
  remarks: [],
  isLed: false,
  home: 0,
  handIn: null,
  review: null,
  isLost: false,
};

export const useLesson = create<LessonState>(() => ({ ...FRESH, sheet: null, moving: 0 }));

/** Whether what was handed in for a chapter is right. */
function isRightIn(reviewed: Reviewed | undefined): boolean {
  const { question, task } = reviewed ?? {};
  if (task) return task.met !== undefined;
  return question === undefined || question.isRight;
}

/** Whether a chapter asks nothing more of its reader. */
export function isDone({ sheet, given, skipped, met, handIn, review }: LessonState, chapter: number): boolean {
  // As long as it runs again nothing is known.
  if (handIn) return review !== null && isRightIn(review[chapter]);
  const { predict, task } = sheet?.chapters[chapter] ?? {};
  if (task) return met[chapter] !== undefined;
  return !predict || given[chapter] !== undefined || skipped.includes(chapter);
}
