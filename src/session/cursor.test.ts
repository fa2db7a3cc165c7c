/** A moment is a step and a time: both count. */
import { expect, test } from 'vitest';
import type { Simulation } from '../engine/simulation';
import { forkAt, isAtHead } from './cursor';

test.each([
  [9, 500, true],
  [10, 999, true],
  [8, 500, false],
  [9, 499, false],
  [8, 999, false],
])('step %i at %i ms of a branch at step 9 and 500 ms: at its head %s', (step, timeMs, isHead) => {
  expect(isAtHead({ step: 9, nowMs: 500 } as Simulation, { step, timeMs })).toBe(isHead);
});

test.each([
  [400, 400, []],
  [400, 399, []],
  [400, 401, [{ timeMs: 401 }]],
])('a fork whose step was at %i ms is run on to %i ms only when that is later', (nowMs, timeMs, runs) => {
  const run: unknown[] = [];
  const fork = { nowMs, run: (until: unknown) => run.push(until) } as unknown as Simulation;
  const parent = { fork: (step: number) => (step === 7 ? fork : undefined) } as unknown as Simulation;
  expect(forkAt(parent, { step: 7, timeMs })).toBe(fork);
  expect(run).toEqual(runs);
});
