import { describe, expect, test } from 'vitest';
import type { SavedRun } from '../../worker/protocol';
import {
  type Entry,
  type History,
  isSame,
  NO_HISTORY,
  type Point,
  recorded,
  redone,
  sharing,
  undone,
  within,
} from './history';

const run = (branches: number, text = 'base'): SavedRun => ({
  text,
  branches: Array.from({ length: branches }, (_, id) => ({
    id,
    parent: id === 0 ? null : id - 1,
    fromStep: id * 10,
    fromMs: id * 100,
    label: `b${id}`,
    inputs: [],
  })),
  current: branches - 1,
  continued: [],
});

const point = (text: string, branches = 1, step = 10, slot = 's'): Point => ({
  slot,
  text,
  run: run(branches),
  cursor: { step, timeMs: step * 10 },
});

const edit = (from: Point, to: Point, atMs = 0): Entry => ({
  kind: 'edit',
  label: 'edit',
  before: from,
  after: to,
  atMs,
});
const act = (from: Point, to: Point, atMs = 0): Entry => ({ ...edit(from, to, atMs), kind: 'act', label: 'act' });

const all = (...entries: readonly Entry[]): History => entries.reduce(recorded, NO_HISTORY);

describe('what is recorded', () => {
  const [a, ab, abc] = [point('a'), point('ab', 2), point('abc', 2)];

  test.each([
    ['two edits one after the other with a pause', [edit(a, ab, 0), edit(ab, abc, 1_001)], 2],
    ['typing on', [edit(a, ab, 0), edit(ab, abc, 1_000)], 1],
    ['taking back what was typed', [edit(ab, abc, 0), edit(abc, point('ax', 2), 10)], 1],
    [
      'an edit at another place',
      [edit(point('3 documents'), point('5 documents')), edit(point('5 documents'), point('5 doc'), 10)],
      2,
    ],
    ['typed and erased', [edit(a, ab, 0), edit(ab, a, 500)], 0],
    ['an edit after an act', [act(a, ab, 0), edit(ab, abc, 10)], 2],
    ['typing on at another moment', [edit(a, ab, 0), edit({ ...ab, cursor: { step: 11, timeMs: 110 } }, abc, 10)], 2],
    ['an act that changed nothing but the moment', [act(a, { ...a, cursor: { step: 99, timeMs: 990 } })], 0],
    ['another branch is something', [act(point('a', 1), point('a', 2))], 1],
    ['a run begun anew from another text is something', [edit(a, { ...a, run: run(1, 'other') })], 1],
  ])('%s', (_what, entries, count) => {
    expect(all(...entries).past).toHaveLength(count);
  });

  test('typing on keeps the first point before and the last after', () => {
    const { past } = all(edit(a, ab, 0), edit(ab, abc, 400));
    expect(past[0]).toMatchObject({ before: { text: 'a' }, after: { text: 'abc' } });
  });

  test('only so much is kept', () => {
    const entries = Array.from({ length: 205 }, (_, at) => act(point(`${at}`), point(`${at + 1}`)));
    const { past } = all(...entries);
    expect(past).toHaveLength(200);
    expect(past[0]?.before.text).toBe('5');
  });

  test('equal branches are shared', () => {
    const before = point('a', 2);
    const after = point('a', 3);
    const shared = sharing(after, before);
    expect(shared.run.branches[1]).toBe(before.run.branches[1]);
    expect(shared).toEqual(after);
  });
});

describe('there and back', () => {
  const points = [point('a'), point('b', 2), point('b', 3), point('c', 4)];
  const [p0, p1, p2, p3] = points as [Point, Point, Point, Point];
  const done = all(edit(p0, p1), act(p1, p2), edit(p2, p3));

  test('undo leads to the point before, redo to the point after, to the ends', () => {
    let history = done;
    for (const wanted of [p2, p1, p0]) {
      const back = undone(history);
      expect(back && isSame(back.to, wanted)).toBe(true);
      history = back?.history ?? history;
    }
    expect(undone(history)).toBeUndefined();
    for (const wanted of [p1, p2, p3]) {
      const forward = redone(history);
      expect(forward && isSame(forward.to, wanted)).toBe(true);
      history = forward?.history ?? history;
    }
    expect(redone(history)).toBeUndefined();
    expect(history).toEqual(done);
  });

  test('redo of another text opened leads to where that was left', () => {
    const other = point('x', 1, 10, 'other');
    const left = { ...other, cursor: { step: 77, timeMs: 770 } };
    const history = all({ ...act(p0, other), kind: 'open' });
    const back = undone(history, left) as NonNullable<ReturnType<typeof undone>>;
    expect(redone(back.history)?.to).toBe(left);
    expect(redone(undone(all(act(p0, p1)), { ...p1, cursor: left.cursor })?.history ?? NO_HISTORY)?.to).toEqual(p1);
  });

  test('something new takes the place of what was undone', () => {
    const back = undone(done) as NonNullable<ReturnType<typeof undone>>;
    const next = recorded(back.history, act(p2, point('b', 5)));
    expect(next.future).toEqual([]);
    expect(next.past).toHaveLength(3);
  });

  test('what is kept with a text is what was done to it since it was opened', () => {
    const other = point('x', 1, 10, 'other');
    const opened: Entry = { ...act(other, p0), kind: 'open' };
    const history = all(act(other, point('y', 1, 10, 'other')), opened, edit(p0, p1), act(p1, p2));
    expect(history.past).toHaveLength(4);
    expect(within(history, 's').past).toHaveLength(2);
    expect(within(history, 'other').past).toHaveLength(0);
  });
});
