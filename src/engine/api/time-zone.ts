/**
 * Time zones by name, without the platform's Intl: where the clocks of a zone stand at a moment. Follows Go's time package
 * (LoadLocation, Date) and the POSIX rules that the IANA database gives for each zone from now on. Left out: what was different
 * in earlier years, and Morocco's change of the clocks in Ramadan.
 */

import { TIME_ZONE_LINES } from './time-zones.generated';
import { civilFromDays, daysFromCivil, formatTimestamp, weekdayOf } from './timestamp';

/** When clocks change: the `week`-th `weekday` of `month` (week 5: the last one), that many seconds after local midnight. */
interface Change {
  readonly month: number;
  readonly week: number;
  readonly weekday: number;
  readonly seconds: number;
}

/** The rule of a zone. Offsets are seconds east of UTC. */
export interface TimeZone {
  readonly standard: number;
  readonly summer?: { readonly offset: number; readonly from: Change; readonly to: Change };
}

/** The zone that is meant where none is named. */
export const UTC: TimeZone = { standard: 0 };

/** `[-]h[:mm]` in seconds. */
function clockSeconds(text: string): number {
  const [hours = '', minutes = '0'] = text.split(':');
  return (Math.abs(Number(hours)) * 60 + Number(minutes)) * 60 * (text.startsWith('-') ? -1 : 1);
}

function parseChange(text: string): Change {
  const [day = '', at = '2'] = text.split('/');
  const [month = 1, week = 1, weekday = 0] = day.slice(1).split('.').map(Number);
  return { month, week, weekday, seconds: clockSeconds(at) };
}

function parseRule(rule: string): TimeZone {
  const [standardText = '', rest] = rule.split(' ');
  const standard = 0 - clockSeconds(standardText);
  if (rest === undefined) return { standard };
  const [summerText, from = '', to = ''] = rest.split(',');
  const offset = summerText ? 0 - clockSeconds(summerText) : standard + 3600;
  return { standard, summer: { offset, from: parseChange(from), to: parseChange(to) } };
}

function isPlaceOf(zones: string, region: string, place: string): boolean {
  return zones.split(';').some((part) => {
    const [name = '', places = ''] = part.split(':');
    return name === region && places.split(',').includes(place);
  });
}

/** The zone of that name (`Europe/Paris`), or why there is none, in Go's words. Names count letter by letter. */
export function loadTimeZone(name: string): TimeZone | { readonly problem: string } {
  if (name === '' || name === 'UTC' || name === 'Local') return UTC;
  if (name.includes('..') || name.startsWith('/') || name.startsWith('\\')) {
    return { problem: 'time: invalid location name' };
  }
  const slash = name.indexOf('/');
  const region = name.slice(0, Math.max(0, slash));
  for (const line of TIME_ZONE_LINES.split('\n')) {
    const bar = line.indexOf('|');
    if (bar > 0 && isPlaceOf(line.slice(bar + 1), region, name.slice(slash + 1))) return parseRule(line.slice(0, bar));
  }
  return { problem: `unknown time zone ${name}` };
}

/** Local seconds since 1970 at which clocks change in a year, told by the clock before the change. */
function momentOf({ month, week, weekday, seconds }: Change, year: number): number {
  const first = daysFromCivil(year, month, 1);
  let day = first + ((weekday - weekdayOf(first) + 7) % 7) + (week - 1) * 7;
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  if (day >= next) day -= 7;
  return day * 86_400 + seconds;
}

/** How many seconds the zone's clocks are ahead of UTC at a moment. */
export function offsetAt({ standard, summer }: TimeZone, unixSeconds: number): number {
  if (!summer) return standard;
  const { year } = civilFromDays(Math.floor((unixSeconds + standard) / 86_400));
  const from = momentOf(summer.from, year) - standard;
  const to = momentOf(summer.to, year) - summer.offset;
  const isSummer = from < to ? unixSeconds >= from && unixSeconds < to : unixSeconds >= from || unixSeconds < to;
  return isSummer ? summer.offset : standard;
}

/** What a clock and a calendar on the wall show. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** What clocks in the zone show at a moment. */
export function wallTime(zone: TimeZone, unixSeconds: number): WallTime {
  const local = unixSeconds + offsetAt(zone, unixSeconds);
  const days = Math.floor(local / 86_400);
  const rest = local - days * 86_400;
  return {
    ...civilFromDays(days),
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
    weekday: weekdayOf(days),
  };
}

/** The moment at which clocks in the zone show a date and hour; months and days may be beyond their end. As Go's time.Date. */
export function unixOf(zone: TimeZone, year: number, month: number, day: number, hour = 0): number {
  const years = Math.floor((month - 1) / 12);
  const local = (daysFromCivil(year + years, month - years * 12, 1) + day - 1) * 86_400 + hour * 3600;
  const guess = offsetAt(zone, local);
  return guess === 0 ? local : local - offsetAt(zone, local - guess);
}

/** A moment as RFC 3339 with the zone's offset. */
export function formatInZone(zone: TimeZone, unixMs: number): string {
  const offset = offsetAt(zone, Math.floor(unixMs / 1000));
  if (offset === 0) return formatTimestamp(unixMs);
  const minutes = Math.floor(Math.abs(offset) / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${formatTimestamp(unixMs + offset * 1000).slice(0, -1)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
