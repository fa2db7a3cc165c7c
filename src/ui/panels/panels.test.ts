import { describe, expect, test } from 'vitest';
import { bounded, roomOf } from './panels';

describe('a size', () => {
  test.each([
    ['within its bounds', 'editor', 300, 1000, 300],
    ['too small', 'editor', 20, 1000, 180],
    ['too large', 'editor', 900, 1000, 600],
    ['too large for a window that is smaller than the least', 'inspector', 900, 200, 220],
  ] as const)('%s', (_what, panel, size, windowPx, comes) => {
    expect(bounded(panel, size, windowPx)).toBe(comes);
  });
});

describe('what was kept', () => {
  test.each([
    ['nothing', undefined, { sizes: {}, folded: [] }],
    ['damage', '{"sizes":', { sizes: {}, folded: [] }],
    ['another shape', '7', { sizes: {}, folded: [] }],
    [
      'what is unknown',
      '{"sizes":{"editor":300,"moon":1,"terminal":"x"},"folded":["editor","moon"]}',
      { sizes: { editor: 300 }, folded: ['editor'] },
    ],
  ])('%s', (_what, text, room) => {
    expect(roomOf(text)).toEqual(room);
  });
});
