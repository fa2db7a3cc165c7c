import { expect, it } from 'vitest';
import { shareCpu } from './cpu-shares';

it.each<[string, [wants: number, asks: number][], number, number[]]>([
  [
    'enough for all',
    [
      [300, 100],
      [200, 0],
    ],
    1000,
    [300, 200],
  ],
  [
    'by what they ask for',
    [
      [2000, 100],
      [2000, 300],
    ],
    1000,
    [250, 750],
  ],
  [
    'what one does not want is for the others',
    [
      [100, 500],
      [2000, 250],
      [2000, 250],
    ],
    1000,
    [100, 450, 450],
  ],
  [
    'who asks for nothing gets what is left',
    [
      [900, 900],
      [2000, 0],
    ],
    1000,
    [900, 100],
  ],
  [
    'all who ask for nothing have one small weight',
    [
      [2000, 998],
      [2000, 0],
      [2000, 0],
    ],
    1000,
    [998, 1, 1],
  ],
])('%s', (_what, wanting, capacity, expected) => {
  const given = shareCpu(
    wanting.map(([wantsMilli, requestMilli]) => ({ wantsMilli, requestMilli })),
    capacity,
  );
  expect(given.map(Math.round)).toEqual(expected);
});
