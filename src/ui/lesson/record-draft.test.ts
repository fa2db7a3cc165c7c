import { expect, test } from 'vitest';
import type { TimedInput } from '../../engine/simulation';
import { type Draft, optionsOf, recordedOf, useDraft } from './record-draft';

const act = (atMs: number, command: string): TimedInput => ({
  to: 'user',
  kind: 'kubectl',
  payload: { command },
  atMs,
});
const [scale, stray] = [act(5_000, 'scale deployment web --replicas=3'), act(6_000, 'delete pod stray')];
const done = { inputs: [scale, stray], others: [{ id: 2, label: 'x', inputs: [stray] }] };
const both = (en: string, zh = '') => ({ en, zh });

const FORM: Draft = {
  ...useDraft.getInitialState(),
  title: both('Three of them!'),
  text: both('Make it three.'),
  goal: ' true ',
  hints: both('first\nsecond', '一'),
};

test('a form becomes chapters: what is left out is no act, of no answer', () => {
  expect(recordedOf({ ...FORM, left: [JSON.stringify(stray)], wrong: [2] }, done, 9)).toEqual({
    name: 'three-of-them',
    title: both('Three of them!'),
    atMs: 9,
    question: undefined,
    happens: [],
    task: {
      text: both('Make it three.'),
      goal: 'true',
      hints: [both('first', '一'), both('second')],
      solution: [scale],
      wrong: [],
    },
  });
  expect(recordedOf({ ...FORM, wrong: [2] }, done, 9)?.task?.wrong).toEqual([[stray]]);
});

test.each([
  ['without a title', { title: both(' ') }, false],
  ['without a goal', { goal: '' }, false],
  ['nothing was done', { left: [scale, stray].map((input) => JSON.stringify(input)) }, false],
  ['a question that is not written yet', { asks: true }, false],
  [
    'a question alone',
    { text: both(''), goal: '', asks: true, told: both('t'), question: both('q'), answer: '1 + 1' },
    true,
  ],
] as const)('%s', (_, changed, isComplete) => {
  expect(recordedOf({ ...FORM, ...changed }, done, 0) !== undefined).toBe(isComplete);
});

test('what was done is in force where its question is answered: as the task before it, or by itself', () => {
  const asking: Draft = { ...FORM, asks: true, told: both('t'), question: both('q'), answer: '1 + 1' };
  expect(recordedOf(asking, done, 9)).toMatchObject({ question: { isAfter: true }, happens: [] });
  expect(recordedOf({ ...asking, isFirst: true }, done, 9)).toMatchObject({ question: { isAfter: false } });
  const alone = recordedOf({ ...asking, text: both(''), goal: '' }, done, 9);
  expect(alone).toMatchObject({ question: { isAfter: false }, task: undefined, happens: [scale, stray] });
});

test('an option is a value, with words for it in one language or two', () => {
  expect(optionsOf('3\n\npending | it waits | 等待\n4 | four')).toEqual([
    { value: '3', en: '', zh: '' },
    { value: 'pending', en: 'it waits', zh: '等待' },
    { value: '4', en: 'four', zh: '' },
  ]);
});
