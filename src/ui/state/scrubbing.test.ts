import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scrubbed, useScrubbing } from './scrubbing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const scrubbing = () => useScrubbing.getState().scrubbing;

test('one look is no movement; looks close after one another are, until the hand rests', () => {
  scrubbed();
  expect(scrubbing()).toBe(false);
  vi.advanceTimersByTime(200);
  scrubbed();
  expect(scrubbing()).toBe(true);
  vi.advanceTimersByTime(200);
  scrubbed();
  vi.advanceTimersByTime(200);
  expect(scrubbing()).toBe(true);
  vi.advanceTimersByTime(50);
  expect(scrubbing()).toBe(false);
  scrubbed();
  expect(scrubbing()).toBe(false);
});
