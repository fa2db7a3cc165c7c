import { describe, expect, test } from 'vitest';
import { changedLines } from './changed-lines';
import { diffLines } from './text-diff';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `k${from + at}: 1`);

describe('lines that a difference changed', () => {
  test.each<[string, string[], string[], [number, string][]]>([
    ['a value', ['a: 1', 'b: 2'], ['a: 1', 'b: 3'], [[1, '2']]],
    ['a line that is new', ['a: 1'], ['a: 1', 'b: 3'], [[1, '']]],
    ['a line that is gone', ['a: 1', 'b: 3'], ['a: 1'], []],
    ['far down, after lines that are left out', [...numbers(0, 20), 'z: 1'], [...numbers(0, 20), 'z: 2'], [[21, '1']]],
    ['an item of a list', ['- x'], ['- y'], [[0, '']]],
  ])('%s', (_, before, after, expected) => {
    expect([...changedLines(diffLines(before.join('\n'), after.join('\n')))]).toEqual(expected);
  });
});
