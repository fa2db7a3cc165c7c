import { expect, test } from 'vitest';
import { stepAt } from './lane-step';

const MOMENTS = { times: [100, 100, 500, 900], steps: [3, 4, 10, 20] };

test.each([
  ['a little after', { near: 505, withinMs: 10 }, { step: 10, since: 10 }],
  ['a little before', { near: 495, withinMs: 10 }, { step: 10, since: 4 }],
  ['far from any', { near: 300, withinMs: 10 }, { step: undefined, since: 4 }],
  ['before the first', { near: 0, withinMs: 10 }, { step: undefined, since: undefined }],
  ['the next', { from: 4, by: 1 }, { step: 10 }],
  ['the one before', { from: 4, by: -1 }, { step: 3 }],
  ['beyond the last', { from: 20, by: 1 }, { step: undefined }],
] as const)('%s', (_what, place, found) => {
  expect(stepAt(MOMENTS, place)).toEqual(found);
});
