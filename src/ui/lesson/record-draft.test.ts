import { expect, test } from 'vitest';
import type { TimedInput } from '../../engine/simulation';
import { type Draft, lookOf, NO_REMARK, optionsOf, recordedOf, useDraft } from './record-draft';

const act = (atMs: number, command: string): TimedInput => ({
  to: 'user',
  kind: 'kubectl',
  payload: { command },
  atMs,
});
const [scale, stray] = [act(5_000, 'scale deployment web --replicas=3'), act(6_000, 'delete pod stray')];
const done = { inputs: [scale, stray], others: [{ id: 2, label: 'x', inputs: [stray] }] };
const both = (en: string, zh = '') => ({ en, zh });

const PLACE = { atMs: 9, look: lookOf('nodes', 'Pod/shop/web-1') };

const FORM: Draft = {
  ...useDraft.getInitialState(),
  title: both('Three of them!'),
  text: both('Make it three.'),
  goal: ' true ',
  hints: both('first\nsecond', '一'),
};

test('a form becomes chapters: what is left out is no act, of no answer', () => {
  expect(recordedOf({ ...FORM, left: [JSON.stringify(stray)], wrong: [2] }, done, PLACE)).toEqual({
    name: 'three-of-them',
    title: both('Three of them!'),
    summary: both(''),
    ...PLACE,
    question: undefined,
    happens: [],
    task: {
      text: both('Make it three.'),
      goal: 'true',
      hints: [both('first', '一'), both('second')],
      solution: [scale],
      wrong: [],
      remarks: [],
      done: both(''),
    },
  });
  expect(recordedOf({ ...FORM, shows: false }, done, PLACE)?.look).toEqual({});
  expect(recordedOf({ ...FORM, wrong: [2] }, done, PLACE)?.task?.wrong).toEqual([[stray]]);
});

test('a remark says something of something, and one that is not written is none', () => {
  const remark = { when: 'true', text: both('so') };
  expect(recordedOf({ ...FORM, remarks: [NO_REMARK, remark] }, done, PLACE)?.task?.remarks).toEqual([remark]);
  expect(recordedOf({ ...FORM, remarks: [{ ...remark, when: ' ' }] }, done, PLACE)).toBeUndefined();
  expect(recordedOf({ ...FORM, remarks: [{ ...remark, text: both('') }] }, done, PLACE)).toBeUndefined();
});

test('what a page shows is named as chapters name it', () => {
  expect(PLACE.look).toEqual({ view: 'nodes', select: 'Pod shop/web-1' });
  expect(lookOf('workloads', 'Deployment/default/web')).toEqual({ view: 'workloads', select: 'Deployment web' });
  expect(lookOf('traffic', 'Node/node-1')).toEqual({ view: 'traffic', select: 'Node node-1' });
  expect(lookOf('storage', null)).toEqual({ view: 'storage' });
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
  expect(recordedOf({ ...FORM, ...changed }, done, PLACE) !== undefined).toBe(isComplete);
});

test('what was done is in force where its question is answered: as the task before it, or by itself', () => {
  const asking: Draft = { ...FORM, asks: true, told: both('t'), question: both('q'), answer: '1 + 1' };
  expect(recordedOf(asking, done, PLACE)).toMatchObject({ question: { isAfter: true }, happens: [] });
  expect(recordedOf({ ...asking, isFirst: true }, done, PLACE)).toMatchObject({ question: { isAfter: false } });
  const alone = recordedOf({ ...asking, text: both(''), goal: '' }, done, PLACE);
  expect(alone).toMatchObject({ question: { isAfter: false }, task: undefined, happens: [scale, stray] });
});

test('an option is a value, with words for it in one language or two', () => {
  expect(optionsOf('3\n\npending | it waits | 等待\n4 | four')).toEqual([
    { value: '3', en: '', zh: '' },
    { value: 'pending', en: 'it waits', zh: '等待' },
    { value: '4', en: 'four', zh: '' },
  ]);
});
