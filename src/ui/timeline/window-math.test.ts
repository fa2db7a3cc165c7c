import { expect, test } from 'vitest';
import { following, panned, percentOf, spanOf, zoomed } from './window-math';

const WHOLE = 100_000;
const ALL = { fromMs: 0, toMs: WHOLE };

test('zooming keeps the moment under the pointer where it is', () => {
  const closer = zoomed(ALL, 2, 25_000, WHOLE);
  expect(closer).toEqual({ fromMs: 12_500, toMs: 62_500 });
  expect(zoomed(closer ?? ALL, 0.5, 25_000, WHOLE)).toBeNull();
});

test('zooming ends at a few ms, and at all of time', () => {
  const closest = zoomed({ fromMs: 100, toMs: 130 }, 1000, 110, WHOLE);
  expect((closest?.toMs ?? 0) - (closest?.fromMs ?? 0)).toBe(20);
  expect(zoomed({ fromMs: 0, toMs: 90_000 }, 0.1, 10, WHOLE)).toBeNull();
});

test('panning ends where time does', () => {
  const window = { fromMs: 10_000, toMs: 20_000 };
  expect(panned(window, -50_000, WHOLE)).toEqual({ fromMs: 0, toMs: 10_000 });
  expect(panned(window, 500_000, WHOLE)).toEqual({ fromMs: 90_000, toMs: 100_000 });
});

test('two moments in whatever order make a window', () => {
  expect(spanOf(9_000, 3_000, WHOLE)).toEqual({ fromMs: 3_000, toMs: 9_000 });
});

test('a window follows the hand only when that leaves it', () => {
  const window = { fromMs: 10_000, toMs: 20_000 };
  expect(following(window, 20_000, WHOLE)).toBe(window);
  expect(following(window, 21_000, WHOLE)).toEqual({ fromMs: 20_000, toMs: 30_000 });
  expect(following(window, 0, WHOLE)).toEqual({ fromMs: 0, toMs: 10_000 });
});

test('places are kept within the window', () => {
  expect(percentOf({ fromMs: 10, toMs: 20 }, 15)).toBe('50.000%');
  expect(percentOf({ fromMs: 10, toMs: 20 }, 5)).toBe('0.000%');
});
