import { describe, expect, test } from 'vitest';
import type { CommandRecord } from '../state/session';
import { isPast, transcriptOf } from './transcript';

const MAIN = { id: 0, parent: null, fromStep: 0 };
const BRANCHES = [MAIN, { id: 1, parent: 0, fromStep: 20 }, { id: 2, parent: 1, fromStep: 30 }];
const output = { stdout: '', stderr: '', code: 0 };

const given = (step: number, startedMs: number, command: string) => ({ step, startedMs, command, output });
const typed = (id: number, step: number, timeMs: number, command: string, more: Partial<CommandRecord> = {}) => ({
  id,
  command,
  at: { step, timeMs },
  branch: 0,
  output,
  ...more,
});

describe('what was done in a branch at a step is past', () => {
  test.each([
    ['here, before', 1, 25, { branch: 1, step: 28 }, true],
    ['here, later', 1, 29, { branch: 1, step: 28 }, false],
    ['where this branch has come from', 0, 20, { branch: 1, step: 28 }, true],
    ['where this branch was left already', 0, 21, { branch: 1, step: 28 }, false],
    ['two branches up, before both left', 0, 20, { branch: 2, step: 35 }, true],
    ['in a branch that this one has not come from', 2, 31, { branch: 1, step: 40 }, false],
    ['nobody knows where', undefined, 25, { branch: 2, step: 30 }, true],
  ])('%s', (_where, branch, step, here, past) => {
    expect(isPast(branch, step, { timeMs: 0, ...here }, BRANCHES)).toBe(past);
  });
});

test('what was read before an act, or between two that share a chip, stays', () => {
  const through = [
    { id: 2, parent: 1, fromStep: 21 },
    { id: 1, parent: 0, fromStep: 20 },
  ];
  const chips = [MAIN, { id: 2, parent: 0, fromStep: 20, through }];
  const here = { branch: 2, step: 22, timeMs: 9_000 };
  expect([isPast(0, 20, here, chips), isPast(1, 21, here, chips), isPast(1, 22, here, chips)]).toEqual([
    true,
    true,
    false,
  ]);
});

describe('the terminal', () => {
  const commands = (list: readonly { command: string }[]) => list.map(({ command }) => command);

  test('has commands in the order of the clock, not of hearing', () => {
    const { shown } = transcriptOf(
      [given(60, 20_000, 'the scenario at 20 s'), given(90, 30_000, 'the scenario at 30 s')],
      [typed(1, 95, 31_000, 'typed at 31 s'), typed(2, 10, 2_000, 'typed at 2 s'), typed(3, 70, 20_000, 'and after')],
      { step: 100, timeMs: 40_000, branch: 0 },
      [MAIN],
    );
    expect(commands(shown)).toEqual([
      'typed at 2 s',
      'the scenario at 20 s',
      'and after',
      'the scenario at 30 s',
      'typed at 31 s',
    ]);
  });

  test('gone back to an earlier moment, has what was typed by then, and the rest apart', () => {
    const all = [typed(1, 95, 31_000, 'late'), typed(2, 10, 2_000, 'early'), typed(3, 10, 2_500, 'between two steps')];
    const { shown, elsewhere } = transcriptOf([], all, { step: 10, timeMs: 2_200, branch: 0 }, [MAIN]);
    expect([commands(shown), commands(elsewhere)]).toEqual([['early'], ['between two steps', 'late']]);
  });

  test('has what was typed at one time as it was typed, and not what was taken back', () => {
    const all = [
      typed(1, 25, 9_000, 'one'),
      typed(2, 24, 9_000, 'two', { undone: true }),
      typed(3, 20, 9_000, 'three'),
    ];
    const { shown, elsewhere } = transcriptOf([], all, { step: 25, timeMs: 9_000, branch: 0 }, [MAIN]);
    expect([commands(shown), commands(elsewhere)]).toEqual([['one', 'three'], ['two']]);
  });

  test('has an act where it acted, and not in the branch that it left', () => {
    const act = typed(1, 20, 9_000, 'scale', { left: { step: 21, timeMs: 9_000, branch: 1 } });
    const seen = (branch: number) =>
      commands(transcriptOf([], [act], { step: 25, timeMs: 9_500, branch }, BRANCHES).shown);
    expect([seen(1), seen(0)]).toEqual([['scale'], []]);
  });

  test('has one that waited for another before it where it was typed', () => {
    const left = { step: 21, timeMs: 9_000, branch: 0 };
    const { shown } = transcriptOf([], [typed(1, 20, 12_000, 'drain', { left })], left, [MAIN]);
    expect(commands(shown)).toEqual(['drain']);
  });
});
