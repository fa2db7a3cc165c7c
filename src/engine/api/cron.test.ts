/** Schedules: what robfig/cron v3 answers (recorded from it), texts of mistakes, and the days on which clocks change. */
import { describe, expect, test } from 'vitest';
import { nextTime, parseSchedule } from './cron';
import { formatTimestamp, parseTimestamp } from './timestamp';

const NEXT: readonly (readonly [schedule: string, after: string, next: string])[] = [
  ['*/1 * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'],
  ['*/5 * * * *', '2026-01-01T00:00:01Z', '2026-01-01T00:05:00Z'],
  ['0 0 31 2 *', '2026-01-01T00:00:00Z', 'never'],
  ['5 4 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T04:05:00Z'],
  // Day of month or day of week, when both are given.
  ['0 12 13 * 5', '2026-02-01T00:00:00Z', '2026-02-06T12:00:00Z'],
  ['0 0 * jan-MAR mon,Wed', '2026-03-30T12:00:00Z', '2027-01-04T00:00:00Z'],
  ['30 6-16/4 * * 1-5', '2026-01-02T14:30:00Z', '2026-01-05T06:30:00Z'],
  ['@hourly', '2026-01-01T00:59:59Z', '2026-01-01T01:00:00Z'],
  ['@weekly', '2026-01-01T00:00:00Z', '2026-01-04T00:00:00Z'],
  ['@every 90s', '2026-01-01T00:00:07Z', '2026-01-01T00:01:37Z'],
  ['@every 200ms', '2026-01-01T00:00:07Z', '2026-01-01T00:00:08Z'],
  ['TZ=Europe/Paris 0 6 * * *', '2026-03-28T12:00:00Z', '2026-03-29T04:00:00Z'],
  ['TZ=Asia/Kolkata 0 6 * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:30:00Z'],
  // This hour does not exist on 29 March, and comes twice on 25 October.
  ['TZ=Europe/Paris 30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-30T00:30:00Z'],
  ['TZ=Europe/Paris 30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
  ['TZ=Europe/Paris 30 2 * * *', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
  // Here midnight comes twice.
  ['TZ=America/Havana 30 2 * * *', '2026-10-31T12:00:00Z', '2026-11-01T07:30:00Z'],
];

test.each(NEXT)('%s after %s is due at %s', (text, after, next) => {
  const schedule = parseSchedule(text);
  if ('problem' in schedule) throw new Error(schedule.problem);
  const at = nextTime(schedule, parseTimestamp(after) / 1000);
  expect(at === undefined ? 'never' : formatTimestamp(at * 1000)).toBe(next);
});

describe('what is no schedule is said as the library says it', () => {
  test.each([
    ['', 'empty spec string'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['5-3 * * * *', 'beginning of range (5) beyond end of range (3): 5-3'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['a * * * *', 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
    ['-1 * * * *', 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
    ['@never', 'unrecognized descriptor: @never'],
    ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
    ['TZ=Nowhere/City * * * * *', 'provided bad location Nowhere/City: unknown time zone Nowhere/City'],
    ['TZ=0', 'invalid schedule format: runtime error: slice bounds out of range [:-1]'],
  ])('%j: %s', (text, problem) => {
    expect(parseSchedule(text)).toEqual({ problem });
  });
});
