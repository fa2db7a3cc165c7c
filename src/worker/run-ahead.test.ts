import { expect, test } from 'vitest';
import type { Component } from '../engine/client/component';
import { createWorld } from '../testing/world';
import { runSlice } from './run-ahead';

test('slices do all that one run does, to the last step of the horizon', () => {
  const whole = createWorld({ nodes: 7 });
  whole.runUntil(60_000);
  const sliced = createWorld({ nodes: 7 });
  while (runSlice(sliced.simulation, 60_000).more);
  expect(sliced.simulation.step).toBe(whole.simulation.step);
  expect(sliced.steps()).toEqual(whole.steps());
});

test('a budget halts with its message', () => {
  const { simulation } = createWorld({ nodes: 7 });
  simulation.setLimits({ maxObjects: 3 });
  expect(runSlice(simulation, 60_000)).toMatchObject({ more: false, halted: { reason: 'limit' } });
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
  expect(runSlice(simulation, Number.MAX_SAFE_INTEGER)).toEqual({ more: true, halted: null });
});
