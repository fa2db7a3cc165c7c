import { expect, test } from 'vitest';
import { clockText, markSpacing, markText, momentText } from './time-text';

test.each([
  [0, '0.000', '0.000 s'],
  [12_340, '12.340', '12.340 s'],
  [62_005, '1:02.005', '1:02.005'],
  [600_000, '10:00.000', '10:00.000'],
  [169_220_000, '47:00:20.000', '47:00:20.000'],
])('%i ms', (ms, clock, moment) => {
  expect([clockText(ms), momentText(ms)]).toEqual([clock, moment]);
});

test.each([
  [500, '0.5s'],
  [5000, '0:05'],
  [90_000, '1:30'],
  [3_660_000, '1:01:00'],
])('a mark at %i ms', (ms, text) => {
  expect(markText(ms)).toBe(text);
});

test('marks stand at round times, about as many as fit', () => {
  expect(markSpacing(60_000, 12)).toBe(5000);
  expect(markSpacing(180_000, 4)).toBe(60_000);
  expect(markSpacing(86_400_000, 4)).toBe(21_600_000);
});
