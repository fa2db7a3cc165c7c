import { expect, test } from 'vitest';
import type { Requests } from '../../worker/protocol';
import { Stops } from './stops';

type Params = Requests['nextStop']['params'];

/** A worker that finds a stop at a step in a time, and nothing before. */
function createStops(atMs: number) {
  const asked: Params[] = [];
  const problems: string[] = [];
  const stops = new Stops(
    async (params) => {
      asked.push(params);
      if (params.conditions.includes('wrong')) return { problem: 'it is wrong', condition: 'wrong' };
      if (params.untilMs < atMs) return { clear: { step: 5, timeMs: params.untilMs } };
      return { step: 9, timeMs: atMs, condition: 'a', isMidway: true };
    },
    ({ problem }) => problems.push(problem),
  );
  return { stops, asked, problems };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const at = (timeMs: number) => ({ step: 1, timeMs });

test('without breakpoints nothing holds the hand', () => {
  const { stops, asked } = createStops(5_000);
  expect(stops.limitMs([], at(0), 1)).toBe(Infinity);
  expect(asked).toEqual([]);
});

test('the hand waits for what has been looked at, and stops where it must', async () => {
  const { stops, asked } = createStops(3_000);
  expect(stops.limitMs(['a'], at(100), 1)).toBe(100);
  await settle();
  expect(stops.limitMs(['a'], at(100), 1)).toBe(2_100);
  expect(asked).toHaveLength(1);
  expect(stops.limitMs(['a'], at(1_500), 1)).toBe(2_100);
  await settle();
  expect(asked[1]?.from).toEqual({ step: 5, timeMs: 2_100 });
  expect(stops.limitMs(['a'], at(1_600), 1)).toBe(3_000);
  expect(stops.reached(2_999)).toBeUndefined();
  expect(stops.reached(3_000)?.step).toBe(9);
});

test('what was asked before something changed does not count', async () => {
  const { stops } = createStops(1_000);
  stops.limitMs(['a'], at(0), 1);
  stops.forget();
  await settle();
  expect(stops.reached(9_000)).toBeUndefined();
});

test('a condition that can not be told is said', async () => {
  const { stops, problems } = createStops(1_000);
  stops.limitMs(['wrong'], at(0), 1);
  await settle();
  expect(problems).toEqual(['it is wrong']);
});
