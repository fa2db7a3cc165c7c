import { describe, expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { Component } from '../client/component';
import { createSimulation } from '../create-simulation';
import type { Simulation, SimulationConfig } from '../simulation';
import { FiringRate } from './firing-rate';
import { DEFAULT_LIMITS, exceededLimit, LIMIT_FLAGS, raisedLimits } from './limits';
import { StepRecord } from './step-record';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 40
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'app:1'}]}
`;

/** A component that sets a timer again and again; `says` makes each a step. */
const ticker = (delayMs: number, says = false, name = 'ticker'): Component => ({
  name,
  process: name,
  watches: [],
  initial: () => ({}),
  start: (context) => context.after(0, 'tick', ''),
  handle: (context) => {
    if (says) context.say('tick', undefined, 'ticks');
    context.after(delayMs, 'tick', '');
  },
});

const ticking = (...components: Component[]): Simulation =>
  createWorld({ nodes: 0, components, without: ['kube-apiserver'] }).simulation;

const trace = (simulation: Simulation): string => JSON.stringify(simulation.trace(1, simulation.step));

describe('budgets', () => {
  const start = (limits: SimulationConfig['limits'] = {}): Simulation => {
    const { simulation } = createWorld({ documents: WEB });
    return createSimulation({ ...simulation.config, limits }, { components: createWorld().simulation.components });
  };

  it.each([
    [
      { maxObjects: 60 },
      /^Paused: the cluster holds \d+ objects, more than the budget of 60\. Raise the budget \(maxObjects; --max-objects on the command line\) to go on\.$/,
    ],
    [{ maxStepsPerSecond: 50 }, /Paused: more than 50 steps happened in virtual second 0/],
    [{ maxRevisions: 200 }, /Paused: the history holds \d+ revisions, more than the budget of 200/],
    [{ maxTimersPerMs: 40 }, /Paused: .+ set too many timers: more than 40 fired in virtual millisecond \d+\./],
    [{ maxTimersPerSecond: 60 }, /Paused: .+ set too many timers: more than 60 fired in virtual second 0\./],
  ])('%o pauses with a message, and raising it goes on to the same trace', (limits, message) => {
    const free = start();
    free.run({ timeMs: 30_000 });
    const simulation = start(limits);
    const paused = simulation.run({ timeMs: 30_000 });
    expect(paused.stopped).toBe('limit');
    expect(paused.message).toMatch(message);
    expect(simulation.run({ timeMs: 30_000 })).toEqual(paused);
    expect(simulation.step).toBeLessThan(free.step);
    simulation.setLimits(raisedLimits(DEFAULT_LIMITS, Infinity));
    expect(simulation.run({ timeMs: 30_000 }).stopped).toBe('time');
    expect(trace(simulation)).toBe(trace(free));
  });

  it('each has a flag', () => {
    expect(Object.keys(LIMIT_FLAGS)).toEqual(Object.keys(DEFAULT_LIMITS));
    expect(raisedLimits(DEFAULT_LIMITS, 4).maxTimersPerMs).toBe(4 * DEFAULT_LIMITS.maxTimersPerMs);
    for (const name of Object.keys(DEFAULT_LIMITS) as (keyof typeof DEFAULT_LIMITS)[]) {
      const limits = { ...raisedLimits(DEFAULT_LIMITS, Infinity), [name]: 0 };
      const use = { objects: 1, revisions: 1, steps: 1, second: 0, timersInMs: 1, timersInSecond: 1, nowMs: 1 };
      expect(exceededLimit(limits, { ...use, busiest: 'x' })).toContain(`(${name}; ${LIMIT_FLAGS[name]} on`);
    }
  });

  it('end a loop in which time stands still and no step is made, naming who it is', () => {
    const simulation = ticking(ticker(1, false, 'honest'), ticker(0, false, 'endless'));
    const { stopped, message } = simulation.run({ timeMs: 1000 });
    expect(stopped).toBe('limit');
    expect(message).toBe(
      'Paused: endless set too many timers: more than 50000 fired in virtual millisecond 0. ' +
        'Raise the budget (maxTimersPerMs; --max-timers-per-ms on the command line) to go on.',
    );
    expect(simulation.nowMs).toBe(0);
  });

  it('leave alone what fires as often but over time', () => {
    const simulation = ticking(ticker(1));
    simulation.setLimits({ maxTimersPerMs: 30, maxTimersPerSecond: 1030 });
    expect(simulation.run({ timeMs: 5000 }).stopped).toBe('time');
    simulation.setLimits({ maxTimersPerSecond: 999 });
    expect(simulation.run({ timeMs: 9000 })).toMatchObject({ stopped: 'limit' });
    expect(simulation.nowMs).toBeGreaterThan(5900);
    expect(simulation.nowMs).toBeLessThan(6000);
  });

  it('hold for a fork as they do for its parent', () => {
    const simulation = ticking(ticker(0, true), ticker(1));
    simulation.setLimits({ maxTimersPerMs: 500 });
    simulation.run({ timeMs: 10 });
    const fork = simulation.fork(simulation.step - 20);
    expect(fork.run({ timeMs: 10 })).toEqual(simulation.run({ timeMs: 10 }));
    expect(fork.step).toBe(simulation.step);
  });
});

describe('a slice', () => {
  it('is bounded by timers that make no step', () => {
    const simulation = ticking(ticker(1));
    expect(simulation.run({ timeMs: 1000, maxTimers: 100, maxSteps: 5 })).toEqual({ stopped: 'timers' });
    const { nowMs } = simulation;
    expect(nowMs).toBeLessThan(100);
    expect(simulation.run({ timeMs: 1000, maxTimers: 10 })).toEqual({ stopped: 'timers' });
    expect(simulation.nowMs).toBe(nowMs + 10);
    expect(simulation.run({ timeMs: nowMs + 20, maxTimers: 100 })).toEqual({ stopped: 'time' });
  });
});

describe('a rate', () => {
  it('counts by ms and by second, and starts over at their edges', () => {
    const rate = new FiringRate();
    const counted = (atMs: number, actor: string) => {
      rate.count(atMs, actor);
      return [rate.inMs, rate.inSecond, rate.busiest()];
    };
    expect(counted(998, 'b')).toEqual([1, 1, 'b']);
    expect(counted(998, 'a')).toEqual([2, 2, 'a']);
    expect(counted(999, 'b')).toEqual([1, 3, 'b']);
    expect(counted(1000, 'c')).toEqual([1, 1, 'c']);
    const copy = new FiringRate();
    copy.restore(rate.save());
    rate.count(1000, 'd');
    copy.count(1000, 'd');
    expect([copy.inMs, copy.inSecond, copy.busiest()]).toEqual([rate.inMs, rate.inSecond, rate.busiest()]);
  });
});

describe('steps of a second', () => {
  it('are counted from its first ms to its last', () => {
    const record = new StepRecord(() => undefined);
    const add = (time: number) => {
      const step = record.length + 1;
      record.add({ step, time, actor: 'a', verb: 'v', object: null, cause: null, message: 'm' }, step, step, undefined);
      return [record.second, record.stepsThisSecond];
    };
    expect([record.second, record.stepsThisSecond]).toEqual([-1, 0]);
    expect(add(0)).toEqual([0, 1]);
    expect(add(999)).toEqual([0, 2]);
    expect(add(1000)).toEqual([1, 1]);
    expect(add(1999)).toEqual([1, 2]);
    expect(add(5000)).toEqual([5, 1]);
  });
});
