import { expect, test } from 'vitest';
import { withoutDocument } from './leave-out';

const TEXT = `kind: A
name: a
---
# of b
kind: B
--- # c
kind: List
items:
- kind: C
- kind: D
`;

test.each([
  [1, '# of b\nkind: B\n--- # c\nkind: List\nitems:\n- kind: C\n- kind: D\n'],
  [5, 'kind: A\nname: a\n--- # c\nkind: List\nitems:\n- kind: C\n- kind: D\n'],
  [9, undefined],
])('a text without the document in line %i', (line, kept) => {
  expect(withoutDocument(TEXT, line, [1, 5, 9, 10])).toBe(kept);
});

test('the last and the only document leave the text before them, and none', () => {
  expect(withoutDocument(TEXT, 9, [1, 5, 9])).toBe('kind: A\nname: a\n---\n# of b\nkind: B\n');
  expect(withoutDocument('kind: A\n', 1, [1])).toBe('');
});
