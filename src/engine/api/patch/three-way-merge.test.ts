/** What apply sends for kinds without strategic merge. */
import { expect, test } from 'vitest';
import { applyMergePatch } from './merge';
import { threeWayMergePatch } from './three-way-merge';

test.each<[string, object, object, object, object]>([
  // what                  last applied       new            live                    patch
  ['nothing', { a: 1 }, { a: 1 }, { a: 1, b: 2 }, {}],
  ['a change', { a: 1 }, { a: 2 }, { a: 1, b: 2 }, { a: 2 }],
  ['a field no longer said', { a: 1, c: 3 }, { a: 1 }, { a: 1, c: 3 }, { c: null }],
  [
    'also nought, no and nothing',
    { a: 0, b: false, c: '' },
    {},
    { a: 0, b: false, c: '' },
    { a: null, b: null, c: null },
  ],
  ['a field that is gone already', { a: 1, c: 3 }, { a: 1 }, { a: 1 }, {}],
  ['what others set stays', {}, { a: { x: 1 } }, { a: { x: 1, y: 2 } }, {}],
  ['deep down', { a: { x: 1, z: 1 } }, { a: { x: 2 } }, { a: { x: 1, y: 2, z: 1 } }, { a: { x: 2, z: null } }],
  ['lists are replaced', {}, { a: [1, 2] }, { a: [1] }, { a: [1, 2] }],
])('%s', (_what, original, modified, current, patch) => {
  expect(threeWayMergePatch(original as never, modified as never, current as never)).toEqual(patch);
  expect(applyMergePatch(current as never, patch)).toMatchObject(modified);
});
