/**
 * Cron schedules: five fields or a descriptor, perhaps in a time zone. Follows github.com/robfig/cron v3 (parser.go, spec.go,
 * constantdelay.go) with its exact texts, as pkg/util/parsers calls it. Moments are whole seconds since 1970.
 */
import { parseDuration } from './duration';
import { loadTimeZone, type TimeZone, UTC, unixOf, type WallTime, wallTime } from './time-zone';

/** The values of one field, and whether it was a star. */
interface Field {
  readonly values: ReadonlySet<number>;
  readonly isStar: boolean;
}

/** A schedule: at what the fields say, or every so many seconds. */
export type Schedule =
  | { readonly everySeconds: number }
  | {
      readonly zone: TimeZone;
      readonly minute: Field;
      readonly hour: Field;
      readonly day: Field;
      readonly month: Field;
      readonly weekday: Field;
    };

/** What a field may hold. */
interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MINUTES: Bounds = { min: 0, max: 59 };
const HOURS: Bounds = { min: 0, max: 23 };
const DAYS: Bounds = { min: 1, max: 31 };
const MONTH_NAMES = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTHS: Bounds = { min: 1, max: 12, names: MONTH_NAMES };
const WEEKDAYS: Bounds = { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

/** Descriptors as the fields they stand for. */
const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

/** Why a text is no schedule. Never leaves this module. */
class CronProblem extends Error {}

function fail(problem: string): never {
  throw new CronProblem(problem);
}

/** Reads a schedule (`0/5 * * * *`, `@every 90s`, `TZ=Europe/Paris 0 6 * * *`), or says why it is none. */
export function parseSchedule(text: string): Schedule | { readonly problem: string } {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof CronProblem)) throw error;
    return { problem: error.message };
  }
}

function parse(text: string): Schedule {
  if (text === '') fail('empty spec string');
  let zone = UTC;
  let spec = text;
  if (text.startsWith('TZ=') || text.startsWith('CRON_TZ=')) {
    const space = text.indexOf(' ');
    const equals = text.indexOf('=');
    // The library runs into a slice out of bounds here, which Kubernetes catches.
    if (space < 0) fail('invalid schedule format: runtime error: slice bounds out of range [:-1]');
    const name = text.slice(equals + 1, space);
    const loaded = loadTimeZone(name);
    if ('problem' in loaded) fail(`provided bad location ${name}: ${loaded.problem}`);
    zone = loaded;
    spec = text.slice(space).trim();
  }
  if (spec.startsWith('@every ')) return { everySeconds: everySeconds(spec.slice('@every '.length)) };
  const fields = (DESCRIPTORS.get(spec) ?? spec).split(/\s+/).filter((field) => field !== '');
  if (spec.startsWith('@') && !DESCRIPTORS.has(spec)) fail(`unrecognized descriptor: ${spec}`);
  if (fields.length !== 5) fail(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  return {
    zone,
    minute: parseField(minute, MINUTES),
    hour: parseField(hour, HOURS),
    day: parseField(day, DAYS),
    month: parseField(month, MONTHS),
    weekday: parseField(weekday, WEEKDAYS),
  };
}

/** Less than a second counts as one, fractions of seconds are dropped. */
function everySeconds(text: string): number {
  const duration = parseDuration(text);
  if ('problem' in duration) return fail(`failed to parse duration @every ${text}: ${duration.problem}`);
  return Math.max(1, Math.floor(duration.ms / 1000));
}

function parseField(text: string, bounds: Bounds): Field {
  const values = new Set<number>();
  let isStar = false;
  for (const range of text.split(',')) {
    if (range === '') continue;
    const { start, end, step, star } = parseRange(range, bounds);
    for (let value = start; value <= end; value += step) values.add(value);
    isStar ||= star;
  }
  return { values, isStar };
}

function parseRange(
  text: string,
  { min, max, names }: Bounds,
): Record<'start' | 'end' | 'step', number> & { star: boolean } {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreEnds] = range.split('-');
  let star = low === '*' || low === '?';
  let start = min;
  let end = max;
  if (!star) {
    start = parseNumber(low, names);
    if (moreEnds.length > 0) fail(`too many hyphens: ${text}`);
    end = high === undefined ? start : parseNumber(high, names);
  }
  let step = 1;
  if (moreSteps.length > 0) fail(`too many slashes: ${text}`);
  if (stepText !== undefined) {
    step = parseNumber(stepText);
    if (high === undefined) end = max;
    if (step > 1) star = false;
  }
  if (start < min) fail(`beginning of range (${start}) below minimum (${min}): ${text}`);
  if (end > max) fail(`end of range (${end}) above maximum (${max}): ${text}`);
  if (start > end) fail(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) fail(`step of range should be a positive number: ${text}`);
  return { start, end, step, star };
}

function parseNumber(text: string, names?: readonly string[]): number {
  const named = text === '' ? -1 : (names?.indexOf(text.toLowerCase()) ?? -1);
  if (named >= 0) return named;
  if (!/^[+-]?\d+$/.test(text))
    fail(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text);
  if (value > Number.MAX_SAFE_INTEGER) {
    fail(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: value out of range`);
  }
  if (value < 0) fail(`negative number (${value}) not allowed: ${text}`);
  return value;
}

/** No schedule is looked for further ahead. */
const MAX_YEARS = 5;

/**
 * The next moment after `unixSeconds`, or undefined when there is none within five years (31 February).
 * Fields are matched from the month down, as the library does, so that hours which daylight saving skips or repeats come out alike.
 */
export function nextTime(schedule: Schedule, unixSeconds: number): number | undefined {
  if ('everySeconds' in schedule) return unixSeconds + schedule.everySeconds;
  const { zone } = schedule;
  const wall = (moment: number): WallTime => wallTime(zone, moment);
  const lastYear = wall(unixSeconds + 1).year + MAX_YEARS;
  let found: Found = { at: unixSeconds + 1, isMoved: false, isWrapped: true };
  while (found.isWrapped) {
    if (wall(found.at).year > lastYear) return undefined;
    found = toMonth(schedule, found.at, found.isMoved);
    if (!found.isWrapped) found = toDay(schedule, found.at, found.isMoved);
    if (!found.isWrapped) found = toHour(schedule, found.at, found.isMoved);
    if (!found.isWrapped) found = toMinute(schedule, found.at, found.isMoved);
  }
  return found.at;
}

/** Where the search stands: whether smaller fields were set to their beginning, and whether a larger one has to be looked at again. */
interface Found {
  readonly at: number;
  readonly isMoved: boolean;
  readonly isWrapped: boolean;
}

type Fields = Extract<Schedule, { zone: TimeZone }>;

function toMonth({ zone, month: wanted }: Fields, from: number, wasMoved: boolean): Found {
  let at = from;
  let isMoved = wasMoved;
  for (;;) {
    const { year, month } = wallTime(zone, at);
    if (wanted.values.has(month)) return { at, isMoved, isWrapped: false };
    at = unixOf(zone, year, month + 1, 1);
    isMoved = true;
    if (month === 12) return { at, isMoved, isWrapped: true };
  }
}

function isWantedDay({ day: days, weekday: weekdays }: Fields, { day, weekday }: WallTime): boolean {
  const isDay = days.values.has(day);
  const isWeekday = weekdays.values.has(weekday);
  return days.isStar || weekdays.isStar ? isDay && isWeekday : isDay || isWeekday;
}

function toDay(fields: Fields, from: number, wasMoved: boolean): Found {
  const { zone } = fields;
  let at = from;
  let isMoved = wasMoved;
  for (;;) {
    const now = wallTime(zone, at);
    if (isWantedDay(fields, now)) return { at, isMoved, isWrapped: false };
    const hour = isMoved ? now.hour : 0;
    isMoved = true;
    at = unixOf(zone, now.year, now.month, now.day + 1, hour);
    // Midnight may not exist on the day that clocks are changed.
    const { hour: reached } = wallTime(zone, at);
    if (reached !== 0) at += (reached > 12 ? 24 - reached : -reached) * 3600;
    if (wallTime(zone, at).day === 1) return { at, isMoved, isWrapped: true };
  }
}

function toHour({ zone, hour: wanted }: Fields, from: number, wasMoved: boolean): Found {
  let at = from;
  let isMoved = wasMoved;
  for (;;) {
    const { year, month, day, hour } = wallTime(zone, at);
    if (wanted.values.has(hour)) return { at, isMoved, isWrapped: false };
    if (!isMoved) at = unixOf(zone, year, month, day, hour);
    isMoved = true;
    at += 3600;
    if (wallTime(zone, at).hour === 0) return { at, isMoved, isWrapped: true };
  }
}

/** Seconds are always 0. */
function toMinute({ zone, minute: wanted }: Fields, from: number, wasMoved: boolean): Found {
  let at = from;
  let isMoved = wasMoved;
  while (!wanted.values.has(wallTime(zone, at).minute)) {
    if (!isMoved) at -= ((at % 60) + 60) % 60;
    isMoved = true;
    at += 60;
    if (wallTime(zone, at).minute === 0) return { at, isMoved, isWrapped: true };
  }
  const second = ((at % 60) + 60) % 60;
  // The rest of this minute is over before it could be met: the next one has to be looked at from the month down.
  return second === 0 ? { at, isMoved, isWrapped: false } : { at: at - second + 60, isMoved: true, isWrapped: true };
}
