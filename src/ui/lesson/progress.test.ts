import { expect, it } from 'vitest';
import { NO_PROGRESS, progressText, readProgress } from './progress';

const kept = { ...NO_PROGRESS, chapter: 2, given: { 1: '4' }, met: { 3: 172 }, done: true };

it('goes to a file and back', () => {
  expect(readProgress(progressText({ pace: kept }))).toEqual({ pace: kept });
});

it.each(['', 'x', '[]', '{"lessons": 3}', '{"kubestep": 1}'])('is not read from %j', (text) => {
  expect(readProgress(text)).toBeUndefined();
});

it.each([
  { chapter: -1 },
  { given: { 1: 4 } },
  { met: { 1: 'x' } },
  { skipped: [1.5] },
  { shown: null },
  { acts: { 1: [3] } },
])('of a wrong shape is left out: %j', (wrong) => {
  expect(readProgress(JSON.stringify({ lessons: { a: { ...kept, ...wrong }, b: kept } }))).toEqual({ b: kept });
});
