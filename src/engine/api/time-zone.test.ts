/** Time zones: offsets at moments around the days on which clocks change, as zoneinfo gives them. */
import { expect, test } from 'vitest';
import { formatInZone, loadTimeZone, offsetAt } from './time-zone';
import { parseTimestamp } from './timestamp';

test.each([
  ['UTC', '2026-07-01T00:00:00Z', 0],
  ['Europe/Paris', '2026-03-29T00:59:59Z', 60],
  ['Europe/Paris', '2026-03-29T01:00:00Z', 120],
  ['Europe/Paris', '2026-10-25T00:59:59Z', 120],
  ['Europe/Paris', '2026-10-25T01:00:00Z', 60],
  ['America/New_York', '2026-03-08T06:59:59Z', -300],
  ['America/New_York', '2026-03-08T07:00:00Z', -240],
  ['Asia/Kolkata', '2026-01-01T00:00:00Z', 330],
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 345],
  // Summer in the south runs over the turn of the year.
  ['Australia/Sydney', '2026-01-01T00:00:00Z', 660],
  ['Australia/Sydney', '2026-07-01T00:00:00Z', 600],
  ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', 660],
  // Winter time is the exception there.
  ['Europe/Dublin', '2026-01-01T00:00:00Z', 0],
  ['Europe/Dublin', '2026-07-01T00:00:00Z', 60],
  ['America/Argentina/Buenos_Aires', '2026-01-01T00:00:00Z', -180],
  ['Africa/Cairo', '2026-07-01T00:00:00Z', 180],
  ['Etc/GMT+5', '2026-01-01T00:00:00Z', -300],
])('%s at %s is %i minutes ahead', (name, at, minutes) => {
  const zone = loadTimeZone(name);
  if ('problem' in zone) throw new Error(zone.problem);
  expect(offsetAt(zone, parseTimestamp(at) / 1000)).toBe(minutes * 60);
});

test.each([
  ['Mars/Olympus', 'unknown time zone Mars/Olympus'],
  ['europe/paris', 'unknown time zone europe/paris'],
  ['Europe/', 'unknown time zone Europe/'],
  ['../etc', 'time: invalid location name'],
])('%s is none', (name, problem) => {
  expect(loadTimeZone(name)).toEqual({ problem });
});

test('a moment is written with its offset', () => {
  const at = parseTimestamp('2026-07-01T00:00:00Z');
  const written = (name: string): string => formatInZone(loadTimeZone(name) as never, at);
  expect([written('UTC'), written('Europe/Paris'), written('America/St_Johns')]).toEqual([
    '2026-07-01T00:00:00Z',
    '2026-07-01T02:00:00+02:00',
    '2026-06-30T21:30:00-02:30',
  ]);
});
