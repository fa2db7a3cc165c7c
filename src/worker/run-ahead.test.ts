import { expect, test } from 'vitest';
import type { Component } from '../engine/client/component';
import { createWorld } from '../testing/world';
import { bitsTo, haltOf, inSlices, runBit, runBitTo } from './run-ahead';

test('slices do all that one run does, to the last step of the horizon', () => {
  const whole = createWorld({ nodes: 7 });
  whole.runUntil(60_000);
  const sliced = createWorld({ nodes: 7 });
  while (!runBit(sliced.simulation, { timeMs: 60_000 }));
  expect(sliced.simulation.step).toBe(whole.simulation.step);
  expect(sliced.steps()).toEqual(whole.steps());
});

test('a place is reached, not passed', () => {
  const { simulation } = createWorld({ nodes: 7 });
  while (!runBitTo(simulation, { step: 50 }));
  expect(simulation.step).toBe(50);
  while (!runBitTo(simulation, { timeMs: 90_000 }));
  expect(simulation.nowMs).toBe(90_000);
});

test('a moment after the end is reached, one for which it would take too long is not', () => {
  const { simulation } = createWorld({ nodes: 1 });
  const soon = bitsTo(simulation, { timeMs: 70_000 }, 60_000, () => 0);
  while (!soon());
  expect(simulation.nowMs).toBe(70_000);
  let clock = 0;
  const late = bitsTo(simulation, { timeMs: 1e15 }, 60_000, () => {
    clock += 1_000;
    return clock;
  });
  while (!late());
  expect(simulation.nowMs).toBeGreaterThan(70_000);
  expect(simulation.nowMs).toBeLessThan(10_000_000);
});

test('a budget halts with its message, the end of time does not', () => {
  const { simulation } = createWorld({ nodes: 7 });
  simulation.setLimits({ maxObjects: 3 });
  expect(haltOf(runBit(simulation, { timeMs: 60_000 })!)).toMatchObject({ reason: 'limit' });
  expect(haltOf({ stopped: 'failed', message: 'no' })).toEqual({ reason: 'failed', message: 'no' });
  expect(haltOf({ stopped: 'time' })).toBeNull();
});

test('work goes on in turns: a slice ends when its time is up, the whole when there is a result', async () => {
  let clock = 0;
  let bits = 0;
  let turns = 0;
  const result = await inSlices(
    () => {
      clock += 3;
      bits += 1;
      return bits === 8 ? 'done' : undefined;
    },
    (task) => {
      turns += 1;
      queueMicrotask(task);
    },
    () => clock,
  );
  expect({ result, bits, turns }).toEqual({ result: 'done', bits: 8, turns: 2 });
});

test('what a bit throws ends the work', async () => {
  const failing = inSlices(
    () => {
      throw new Error('no');
    },
    queueMicrotask,
    () => 0,
  );
  await expect(failing).rejects.toThrow('no');
});

test('a slice ends also where no timer makes a step', () => {
  const silent: Component = {
    name: 'silent',
    process: 'silent',
    watches: [],
    initial: () => ({}),
    start: (context) => context.after(1, 'tick', ''),
    handle: (context) => context.after(1, 'tick', ''),
  };
  const { simulation } = createWorld({ nodes: 0, components: [silent], without: ['kube-apiserver'] });
  expect(runBit(simulation, { timeMs: Number.MAX_SAFE_INTEGER })).toBeUndefined();
  expect(runBitTo(simulation, { step: 50 })).toBeUndefined();
});
