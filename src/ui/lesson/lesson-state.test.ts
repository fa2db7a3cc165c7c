import { expect, it } from 'vitest';
import type { SheetChapter } from '../../lessons/sheet';
import { FRESH, isDone, type LessonState } from './lesson-state';

const chapter = { predict: {} } as SheetChapter;
const sheet = { name: 'a', title: '', chapters: [chapter] } as unknown as LessonState['sheet'];
const handIn = { who: 'Ana', answers: [], inputs: [] };
const state: LessonState = { ...FRESH, moving: 0, sheet, handIn };
const question = { given: '4', isRight: true, known: { text: '4', within: 0 } };

it('a chapter of a hand-in is right only once it has run again', () => {
  expect(isDone(state, 0)).toBe(false);
  expect(isDone({ ...state, review: [{ question, task: undefined }] }, 0)).toBe(true);
  expect(isDone({ ...state, review: [{ question: { ...question, isRight: false }, task: undefined }] }, 0)).toBe(false);
});
