import { expect, test } from 'vitest';
import { firstLineShown } from './first-line';

test.each([
  ['a manifest alone', 'kind: Pod\n', 1],
  ['a lesson before manifests', 'kind: Scenario\n---\nkind: Lesson\nspec: {}\n---\nkind: Pod\n', 6],
  ['a lesson after them', 'kind: Pod\n---\nkind: Lesson\nspec: {}\n', 1],
  ['a lesson that ends in a separator', 'kind: Lesson\n---', 1],
])('%s', (_, text, line) => expect(firstLineShown(text)).toBe(line));
