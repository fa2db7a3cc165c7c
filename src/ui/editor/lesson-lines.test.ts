import { expect, test } from 'vitest';
import { firstLineShown, lessonLines, withoutLesson } from './lesson-lines';

test.each([
  ['a manifest alone', 'kind: Pod\n', 1, undefined, 'kind: Pod\n'],
  [
    'a lesson before manifests',
    'kind: Scenario\n---\nkind: Lesson\nspec: {}\n---\nkind: Pod\n',
    6,
    { from: 3, to: 5 },
    'kind: Scenario\n---\nkind: Pod\n',
  ],
  ['a lesson after them', 'kind: Pod\n---\nkind: "Lesson" # mine\nspec: {}\n', 1, { from: 3, to: 5 }, 'kind: Pod\n---'],
  ['a lesson that ends in a separator', 'kind: Lesson\n---', 1, { from: 1, to: 2 }, ''],
  ['the word alone', 'kind: Pod\nmetadata: {name: Lesson}', 1, undefined, 'kind: Pod\nmetadata: {name: Lesson}'],
])('%s', (_, text, line, lines, without) => {
  expect(firstLineShown(text)).toBe(line);
  expect(lessonLines(text)).toEqual(lines);
  expect(withoutLesson(text)).toBe(without);
});
