import { expect, test } from 'vitest';
import { diffLines } from './text-diff';

const SIGN = { same: ' ', added: '+', removed: '-', gap: '@' };
const render = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${SIGN[kind]}${text}`);

test.each([
  ['a\nb\nc', 'a\nB\nc', [' a', '-b', '+B', ' c']],
  ['a', 'a\nb', [' a', '+b']],
  ['a\nb', 'b', ['-a', ' b']],
  ['a\nb', 'a\nb', []],
  ['a\nx\nb\ny\nc', 'a\nb\nc', [' a', '-x', ' b', '-y', ' c']],
])('%j to %j', (before, after, expected) => {
  expect(render(before, after)).toEqual(expected);
});

test('far from a change lines are only counted', () => {
  const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
  const changed = lines.with(6, 'other');
  expect(render(lines.join('\n'), changed.join('\n'))).toEqual([
    '@3',
    ' line 3',
    ' line 4',
    ' line 5',
    '-line 6',
    '+other',
    ' line 7',
    ' line 8',
    ' line 9',
    '@2',
  ]);
});
