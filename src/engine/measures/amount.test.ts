import { describe, expect, it } from 'vitest';
import { type Amount, amountAt, ceilingOf, crossingMs, type Held } from './amount';

const of = (base: number, growthPerSecond = 0, ...steps: readonly (readonly [number, number])[]): Amount => ({
  base,
  growthPerSecond,
  steps: steps.map(([fromMs, usage]) => ({ fromMs, usage })),
});
const since = (sinceMs: number, amount: Amount): Held => ({ amount, sinceMs });

describe('an amount', () => {
  it.each([
    ['stays', since(0, of(50)), 9000, 50],
    ['grows from its beginning', since(1000, of(50, 10)), 3500, 75],
    ['is what a step says from its time on', since(0, of(50, 10, [3000, 7])), 4000, 7],
    ['grows until then', since(0, of(50, 10, [3000, 7])), 2999, 80],
  ])('%s', (_what, held, atMs, expected) => {
    expect(amountAt(held, atMs)).toBe(expected);
  });

  it.each([
    ['of one that stays', since(0, of(50)), 50],
    ['of one that grows', since(0, of(50, 1)), Number.POSITIVE_INFINITY],
    ['of one that grows until a step', since(1000, of(50, 10, [4000, 60])), 80],
    ['of a step', since(0, of(50, 0, [4000, 60])), 60],
    ['of a step that was there before', since(5000, of(50, 10, [4000, 60])), 60],
    ['of what goes down', since(0, of(50, 0, [4000, 20])), 50],
  ])('has a ceiling: that %s', (_what, held, expected) => {
    expect(ceilingOf(held)).toBe(expected);
  });
});

describe('a limit is passed', () => {
  const never = Number.POSITIVE_INFINITY;
  it.each([
    ['never by what stays on it', [since(0, of(100))], 0, 100, never],
    ['at once by what begins above it', [since(700, of(101))], 700, 100, 700],
    ['when growth reaches it', [since(1000, of(50, 10))], 1000, 100, 6000],
    ['after a part of a second', [since(0, of(0, 3))], 0, 1, 334],
    ['by a step', [since(0, of(50, 0, [2000, 101]))], 0, 100, 2000],
    ['not by growth that a step ends', [since(0, of(50, 10, [4000, 20]))], 0, 100, never],
    ['by a sum', [since(0, of(50, 10)), since(0, of(30, 10))], 0, 100, 1000],
    ['by a sum after one has stopped growing', [since(0, of(0, 10, [2000, 50])), since(0, of(0, 10))], 0, 100, 5000],
  ])('%s', (_what, held, fromMs, limit, expected) => {
    expect(crossingMs(held, fromMs, limit)).toBe(expected);
  });

  it('sooner with more beside it', () => {
    expect(crossingMs([since(0, of(0, 10))], 0, 100, 50)).toBe(5000);
  });
});
