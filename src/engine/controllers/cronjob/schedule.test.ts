/** Which run is due, and when to look again. */
import { expect, test } from 'vitest';
import { parseSchedule, type Schedule } from '../../api/cron';
import { formatTimestamp, parseTimestamp } from '../../api/timestamp';
import { dueRun, untilNextRunMs } from './schedule';

const at = (clock: string): number => parseTimestamp(`2026-01-01T${clock}Z`);
const minutely = parseSchedule('* * * * *') as Schedule;

interface Row {
  readonly since: string;
  readonly now: string;
  readonly deadline?: number;
  readonly due: string;
  readonly missed: string;
}

const ROWS: readonly Row[] = [
  { since: '00:00:00', now: '00:00:59', due: 'none', missed: 'none' },
  { since: '00:00:00', now: '00:01:00', due: '00:01:00', missed: 'none' },
  { since: '00:00:00', now: '00:01:59', due: '00:01:00', missed: 'none' },
  { since: '00:01:00', now: '00:01:30', due: 'none', missed: 'none' },
  // Of several only the last is made up for.
  { since: '00:00:00', now: '00:05:10', due: '00:05:00', missed: 'few' },
  { since: '00:00:00', now: '03:00:10', due: '03:00:00', missed: 'many' },
  { since: '00:00:00', now: '03:00:10', deadline: 200, due: '03:00:00', missed: 'few' },
  { since: '00:00:00', now: '00:05:10', deadline: 5, due: 'none', missed: 'none' },
];

test.each(ROWS)('since $since at $now: $due', ({ since, now, deadline, due, missed }) => {
  const clock = { nowMs: at(now), since: at(since) / 1000, startingDeadlineSeconds: deadline };
  const run = dueRun(minutely, clock, true);
  expect(run.dueAt === undefined ? 'none' : formatTimestamp(run.dueAt * 1000).slice(11, 19)).toBe(due);
  expect(run.missed).toBe(missed);
});

test('one looks again a tenth of a second after the next time', () => {
  const clock = { nowMs: at('00:00:30'), since: at('00:00:00') / 1000, startingDeadlineSeconds: undefined };
  expect(untilNextRunMs(minutely, clock)).toBe(30_100);
  expect(untilNextRunMs(minutely, { ...clock, nowMs: at('00:05:10') })).toBe(50_100);
});

test('a schedule that never comes is no schedule', () => {
  const never = parseSchedule('0 0 31 2 *') as Schedule;
  const clock = { nowMs: at('00:00:30'), since: at('00:00:00') / 1000, startingDeadlineSeconds: undefined };
  expect(dueRun(never, clock, true).problem).toBe('time difference between two schedules is less than 1 second');
  expect(untilNextRunMs(never, clock)).toBeUndefined();
});
