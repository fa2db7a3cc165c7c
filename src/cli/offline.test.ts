import { expect, test } from 'vitest';
import { headOf } from './offline';

const bytes = (text: string) => Buffer.from(text);
const FILES = [
  ['index.html', bytes('a')],
  ['assets/x-12345678.js', bytes('b')],
  ['assets/font.woff', bytes('c')],
  ['screenshot.png', bytes('d')],
  ['service-worker.js', bytes('e')],
] as const;

test('a release lists what a visit needs, and has another name when anything in it is another', () => {
  const head = headOf(FILES, 'script');
  expect(head).toContain('const FILES = ["assets/x-12345678.js","index.html"];\n');
  expect(headOf([...FILES].reverse(), 'script')).toBe(head);
  expect(headOf(FILES, 'another')).not.toBe(head);
  expect(headOf([['index.html', bytes('other')], ...FILES.slice(1)], 'script')).not.toBe(head);
  // What was written before does not count.
  expect(headOf([...FILES.slice(0, 4), ['service-worker.js', bytes('other')]], 'script')).toBe(head);
});
