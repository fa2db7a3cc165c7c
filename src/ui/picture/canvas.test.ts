import { expect, test } from 'vitest';
import { scaleWithin } from './canvas';

test('a picture is painted as large as was asked for, or as a canvas has room for', () => {
  expect(scaleWithin({ width: 800, height: 600 }, 2)).toBe(2);
  expect(scaleWithin({ width: 400, height: 16_384 }, 2)).toBe(1);
  expect(scaleWithin({ width: 32_768, height: 400 }, 2)).toBe(0.5);
  // Within its sides' bounds, yet too large: 8,192 × 8,192 at most.
  expect(scaleWithin({ width: 8_192, height: 8_192 }, 2)).toBe(1);
});
