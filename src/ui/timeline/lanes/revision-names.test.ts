import { expect, test } from 'vitest';
import { revisionNames } from './revision-names';

/** `1:4x10` is ten buckets with four Pods of revision 1; `-x5` five without any. */
function stack(replicaSet: string, text: string) {
  const parts = text.split(' ').map((part) => {
    const [, revision = '-1', count = '-1', length = '0'] = /^(?:(\d+):(\d+)|-)x(\d+)$/.exec(part) ?? [];
    return { revision: Number(revision), count: Number(count), length: Number(length) };
  });
  const each = (value: (part: (typeof parts)[number]) => number) =>
    parts.flatMap((part) => new Array<number>(part.length).fill(value(part)));
  return { replicaSet, revisions: each(({ revision }) => revision), counts: each(({ count }) => count) };
}

const names = (stacks: ReturnType<typeof stack>[], seen = { from: 0, to: 100 }, top = 4) =>
  revisionNames(stacks, top, seen).map(
    ({ replicaSet, revision, from, to, middlePx }) => `${replicaSet}=${revision} ${from}-${to} ${Math.round(middlePx)}`,
  );

test('each revision is named in its own band, with the number that it had then', () => {
  const first = stack('a', '1:4x30 1:0x30 3:4x40');
  const second = stack('b', '-x30 2:4x30 2:0x40');
  expect(names([first, second])).toEqual(['a=1 0-30 18', 'a=3 60-100 18', 'b=2 30-60 18']);
});

test('two that are there at once are named one above the other', () => {
  expect(names([stack('a', '1:2x100'), stack('b', '2:2x100')])).toEqual(['a=1 0-100 25', 'b=2 0-100 11']);
});

test('a band too thin or too short in sight has no name; nor has one revision alone', () => {
  expect(names([stack('a', '1:1x100'), stack('b', '2:3x5 2:1x95')])).toEqual([]);
  expect(names([stack('a', '1:4x100')])).toEqual([]);
  const both = [stack('a', '1:4x50 1:0x50'), stack('b', '-x50 2:4x50')];
  expect(names(both, { from: 47, to: 97 })).toEqual(['a=1 47-50 18', 'b=2 50-97 18']);
  expect(names(both, { from: 49, to: 99 })).toEqual(['b=2 50-99 18']);
});
