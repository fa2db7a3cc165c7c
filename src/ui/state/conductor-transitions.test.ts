import { describe, expect, test } from 'vitest';
import * as after from './conductor-transitions';

describe('crashes', () => {
  test.each([
    ['the first', [], 1_000, [1_000], false],
    ['the second', [1_000], 2_000, [1_000, 2_000], false],
    ['the third within a minute', [1_000, 2_000], 60_999, [1_000, 2_000, 60_999], true],
    ['the third, when the first is long ago', [1_000, 2_000], 61_000, [2_000, 61_000], false],
  ])('%s', (_which, before, nowMs, counted, givesUp) => {
    expect(after.afterCrash(before, nowMs)).toEqual({ counted, givesUp });
  });

  test('too many of them wait for the reader', () => {
    expect(after.crashBanner('why', false)).toMatchObject({ tone: 'warning', detail: 'why' });
    expect(after.crashBanner('why', true)).toMatchObject({ tone: 'error', action: 'restart' });
  });
});

test('a run that stands still offers a way on', () => {
  expect(after.haltBanner(null)).toBeUndefined();
  expect(after.haltBanner({ reason: 'limit', message: 'm' })).toMatchObject({ detail: 'm', action: 'raise-limits' });
  expect(after.haltBanner({ reason: 'failed', message: 'm' })).toMatchObject({ detail: 'm', action: 'moment-before' });
});

test('a timeline is never of length nothing', () => {
  const progress = { head: { step: 0, timeMs: 0 }, horizonMs: 0, branch: 3, branches: [], halted: null };
  expect(after.progressChanges(progress)).toEqual({ head: progress.head, horizonMs: 1, branch: 3, branches: [] });
});

test('a view moves the hand unless somebody holds it', () => {
  const view = {
    delta: { full: false, put: [], removed: [] },
    cursor: { step: 4, timeMs: 90 },
    branch: 1,
    current: null,
    changes: null,
  };
  expect(after.viewChanges(view, true)).toEqual({ cursor: view.cursor, current: null, changes: null, branch: 1 });
  expect(after.viewChanges(view, false)).toMatchObject({ playheadMs: 90 });
});

test('changes that are shown already stay the same object', () => {
  const changes = () => ({ step: 3, objects: [{ id: 'Pod/a', type: 'new' as const, cells: [] }], cause: undefined });
  const view = {
    delta: { full: false, put: [], removed: [] },
    cursor: { step: 3, timeMs: 90 },
    branch: 1,
    current: null,
    changes: changes(),
  };
  const shown = changes();
  expect(after.withKnownChanges(view, { changes: shown }).changes).toBe(shown);
  expect(after.withKnownChanges(view, { changes: { ...shown, step: 2 } })).toBe(view);
  expect(after.withKnownChanges(view, { changes: null })).toBe(view);
});

test('of several problems the first is said', () => {
  const problem = { message: 'unknown field "spec.replicaz"', line: 7, column: 3, endLine: 7, endColumn: 9 };
  expect(after.problemBanner([])).toBeUndefined();
  expect(after.problemBanner([problem])).toEqual({
    tone: 'error',
    text: 'Line 7:',
    detail: 'unknown field "spec.replicaz"',
  });
  expect(after.problemBanner([problem, problem])?.detail).toBe('unknown field "spec.replicaz" (1 more problem)');
});

test('two million characters are run, one more is not', () => {
  expect(after.sizeBanner(2_000_000)).toBeUndefined();
  expect(after.sizeBanner(2_000_001)?.text).toContain('2.0 million characters');
});

test('commands are numbered, get their output, and lose hope', () => {
  const at = { step: 1, timeMs: 2 };
  const branch = 0;
  const first = after.withCommand([], 'get pods', { ...at, branch });
  const second = after.withCommand(first.commands, 'wait pod/a', { ...at, branch });
  expect([first.record, second.record]).toEqual([1, 2]);
  const output = { stdout: 'a\n', stderr: '', code: 0 };
  const answered = after.withOutput(second.commands, 1, output);
  expect(answered).toEqual([
    { id: 1, command: 'get pods', at, branch, output },
    { id: 2, command: 'wait pod/a', at, branch },
  ]);
  expect(after.withoutHope(answered)).toMatchObject([{ output }, { output: { code: 1, stdout: '' } }]);
});

test('a command whose act is taken back is told of, and again once it is done again', () => {
  const left = { step: 5, timeMs: 1_000, branch: 1 };
  const acted = (id: number) => ({ id, command: 'delete pod a', at: left, left });
  const undone = (commands: readonly { undone?: boolean }[]) => commands.map((each) => each.undone ?? false);
  const both = [acted(1), acted(2), { id: 3, command: 'delete pod a', at: left }];
  const once = after.withUndone(both, 'kubectl delete pod a', true);
  expect(undone(once)).toEqual([false, true, false]);
  const twice = after.withUndone(once, 'kubectl delete pod a', true);
  expect(undone(twice)).toEqual([true, true, false]);
  expect(undone(after.withUndone(twice, 'kubectl delete pod a', false))).toEqual([false, true, false]);
  expect(after.withUndone(both, 'crash node-1', true)).toBe(both);
});

test('what acts next waits for the last command that did, while the page is where that left it', () => {
  const left = { step: 5, timeMs: 1_000, branch: 1 };
  const { record, commands } = after.withCommand([], 'delete pod a', { step: 4, timeMs: 1_000, branch: 0 });
  const endOf = (endedMs: number | undefined, here = left) => {
    const output = { stdout: '', stderr: '', code: 0, ...(endedMs === undefined ? {} : { endedMs }) };
    const ended = after.withOutput(commands, record, output);
    return after.endOfLast(after.withPlace(ended, record, { atMs: 1_000, left }), here);
  };
  expect([endOf(3_000), endOf(undefined), endOf(61_001)]).toEqual([3_000, undefined, undefined]);
  expect([endOf(3_000, { ...left, step: 6 }), endOf(3_000, { ...left, branch: 2 })]).toEqual([undefined, undefined]);
  expect(after.endOfLast(commands, left)).toBeUndefined();
});
