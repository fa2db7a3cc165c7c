import { describe, expect, it } from 'vitest';
import { sendingOf, sendTime } from './load';

const steady = (perSecond: number, fromMs = 0, toMs?: number) => ({ load: [{ atMs: 0, perSecond }], fromMs, toMs });
const counts = (source: Parameters<typeof sendingOf>[0], seconds: number) =>
  Array.from({ length: seconds }, (_, second) => sendingOf(source, second * 1000, second * 1000 + 1000).count);

describe('the load of a source', () => {
  it('is as many requests a second as it says', () => expect(counts(steady(50), 3)).toEqual([50, 50, 50]));
  it('carries fractions over', () => expect(counts(steady(2.5), 4)).toEqual([2, 3, 2, 3]));
  it('sends less than one a second, now and then', () =>
    expect(counts(steady(0.4), 10)).toEqual([0, 0, 1, 0, 1, 0, 0, 1, 0, 1]));
  it('begins and ends within a second', () => expect(counts(steady(10, 500, 2500), 4)).toEqual([5, 10, 5, 0]));
  it('rises in a line between two points and stays at the last', () => {
    const ramp = {
      load: [
        { atMs: 0, perSecond: 10 },
        { atMs: 4000, perSecond: 50 },
      ],
      fromMs: 0,
    };
    expect(counts(ramp, 6)).toEqual([15, 25, 35, 45, 50, 50]);
  });
  it('changes at once where two points share a moment', () => {
    const jump = {
      load: [
        { atMs: 0, perSecond: 10 },
        { atMs: 2000, perSecond: 10 },
        { atMs: 2000, perSecond: 40 },
      ],
      fromMs: 0,
    };
    expect(counts(jump, 4)).toEqual([10, 10, 40, 40]);
  });
  it('sends nothing before the first point', () => {
    expect(counts({ load: [{ atMs: 2000, perSecond: 10 }], fromMs: 0 }, 3)).toEqual([0, 0, 10]);
  });
  it('is spread evenly over the second', () => {
    const sending = sendingOf(steady(4, 500), 0, 1000);
    expect([0, 1].map((place) => sendTime(sending, place))).toEqual([625, 875]);
  });
});
