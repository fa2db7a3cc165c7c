import { expect, test } from 'vitest';
import { changedPart } from './changed-part';

test.each([
  ['abc', 'abc'],
  ['abc', 'aXc'],
  ['aa', 'aaa'],
  ['aaa', 'aa'],
  ['', 'abc'],
  ['abc', ''],
  ['replicas: 3\nx', 'replicas: 33\nx'],
])('%j to %j is one edit', (before, after) => {
  const { start, end, put } = changedPart(before, after);
  expect(start).toBeLessThanOrEqual(end);
  expect(before.slice(0, start) + put + before.slice(end)).toBe(after);
});

test('it is no larger than it must be', () => {
  expect(changedPart('replicas: 3\nx', 'replicas: 5\nx')).toEqual({ start: 10, end: 11, put: '5' });
});
