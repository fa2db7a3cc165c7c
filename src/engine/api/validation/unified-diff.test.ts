import { describe, expect, test } from 'vitest';
import { matchingOpcodes } from './sequence-matcher';
import { unifiedDiff } from './unified-diff';

describe('unified diff', () => {
  test('equal values have none', () => {
    expect(unifiedDiff({ a: [1, 2] }, { a: [1, 2] })).toBe('');
  });

  test('a changed line stands between three lines of context', () => {
    const list = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const changed = ['a', 'b', 'c', 'D', 'e', 'f', 'g'];
    expect(unifiedDiff(list, changed)).toBe(
      '@@ -2,7 +2,7 @@\n  "a",\n  "b",\n  "c",\n- "d",\n+ "D",\n  "e",\n  "f",\n  "g"\n',
    );
  });

  test('changes far apart are hunks of their own', () => {
    const list = Array.from({ length: 20 }, (_, index) => index);
    const changed = list.map((value) => (value === 2 || value === 17 ? -1 : value));
    const hunks = unifiedDiff(list, changed).match(/^@@.*@@$/gm);
    expect(hunks).toEqual(['@@ -1,7 +1,7 @@', '@@ -16,7 +16,7 @@']);
  });

  test('insertions and deletions count their lines', () => {
    expect(unifiedDiff(['a'], ['a', 'b'])).toBe('@@ -1,3 +1,4 @@\n [\n- "a"\n+ "a",\n+ "b"\n ]\n');
    expect(unifiedDiff(1, { a: 1 })).toBe('@@ -1 +1,3 @@\n-1\n+{\n+ "a": 1\n+}\n');
  });

  test('the longest common stretch is found first', () => {
    const opcodes = matchingOpcodes([...'qabxcd'], [...'abycdf']);
    const stretches = opcodes.map(({ isEqual, leftStart, leftEnd, rightStart, rightEnd }) =>
      [isEqual ? '=' : '~', leftStart, leftEnd, rightStart, rightEnd].join(' '),
    );
    expect(stretches).toEqual(['~ 0 1 0 0', '= 1 3 0 2', '~ 3 4 2 3', '= 4 6 3 5', '~ 6 6 5 6']);
  });
});
