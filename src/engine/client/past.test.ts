import { expect, test } from 'vitest';
import { type Dated, remembered, stateAt } from './past';

interface State extends Dated<State> {
  readonly fromMs: number;
}

const chain = (...starts: readonly number[]): State | undefined =>
  starts.reduce<State | undefined>((previous, fromMs) => (previous ? { fromMs, previous } : { fromMs }), undefined);

const startsOf = (state: State | undefined): number[] => (state ? [state.fromMs, ...startsOf(state.previous)] : []);

test.each([
  [[], 10, []],
  [[5], 10, [5]],
  [[5, 8], 10, [8]],
  [[5, 8, 12], 10, [12, 8]],
  [[5, 10, 12, 14], 10, [14, 12, 10]],
])('of states from %j on, those that count after %i are kept', (starts, sinceMs, kept) => {
  expect(startsOf(remembered(chain(...starts), sinceMs))).toEqual(kept);
});

test('what needs nothing taken away is the same object', () => {
  const states = chain(8, 12);
  expect(remembered(states, 10)).toBe(states);
});

test('however often something changes, no more is kept than lies in the time that counts', () => {
  let latest: State | undefined;
  for (let nowMs = 0; nowMs < 100_000; nowMs += 100) {
    const previous = remembered(latest, nowMs - 1000);
    latest = previous ? { fromMs: nowMs, previous } : { fromMs: nowMs };
  }
  expect(startsOf(latest)).toHaveLength(11);
});

test.each([
  [4, undefined],
  [5, 5],
  [11, 8],
  [12, 12],
])('at %i it is the state from %s on', (atMs, fromMs) => {
  expect(stateAt(chain(5, 8, 12), atMs)?.fromMs).toBe(fromMs);
});
