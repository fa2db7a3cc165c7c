/**
 * Times on the cluster's clock as text, without the platform's Date: proleptic Gregorian calendar in integer arithmetic, UTC.
 * Kubernetes writes metav1.Time as RFC 3339 with whole seconds and metav1.MicroTime with six decimals.
 */

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a civil date. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The civil date of a day counted from 1970-01-01. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthPart = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthPart < 10 ? monthPart + 3 : monthPart - 9;
  const day = dayOfYear - Math.floor((153 * monthPart + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The day of the week, 0 to 6 from Sunday on, of a day counted from 1970-01-01, which was a Thursday. */
export const weekdayOf = (days: number): number => (((days + 4) % 7) + 7) % 7;

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Why a text is no time of RFC 3339, as Go reads them: days that the month has, no leap seconds; undefined when it is one. */
export function timestampProblem(text: string): string | undefined {
  const match = TIMESTAMP.exec(text);
  return match ? rangeProblem(match) : `not an RFC 3339 time: ${text}`;
}

function rangeProblem(match: RegExpExecArray): string | undefined {
  const [text] = match;
  const part = (index: number): number => Number(match[index] ?? 0);
  const month = part(2);
  if (month < 1 || month > 12) return `month out of range: ${text}`;
  if (part(3) < 1 || part(3) > daysIn(part(1), month)) return `day out of range: ${text}`;
  if (part(4) > 23) return `hour out of range: ${text}`;
  if (part(5) > 59) return `minute out of range: ${text}`;
  if (part(6) > 59) return `second out of range: ${text}`;
  return part(9) > 23 || part(10) > 59 ? `time zone offset out of range: ${text}` : undefined;
}

/** Unix milliseconds of an RFC 3339 text; offsets are honoured. Throws RangeError on anything else. */
export function parseTimestamp(text: string): number {
  const match = TIMESTAMP.exec(text);
  if (!match) throw new RangeError(`not an RFC 3339 time: ${text}`);
  const problem = rangeProblem(match);
  if (problem !== undefined) throw new RangeError(problem);
  const part = (index: number): number => Number(match[index] ?? 0);
  const offsetMs = (part(9) * 60 + part(10)) * 60_000 * (match[8] === '-' ? -1 : 1);
  const fractionMs = Number(`${match[7] ?? ''}000`.slice(0, 3));
  const timeMs = ((part(4) * 60 + part(5)) * 60 + part(6)) * 1000 + fractionMs;
  return daysFromCivil(part(1), part(2), part(3)) * DAY_MS + timeMs - offsetMs;
}

/** Whether a text is a time of RFC 3339. */
export function isTimestamp(text: string): boolean {
  return timestampProblem(text) === undefined;
}

/** RFC 3339 with whole seconds, UTC. */
export function formatTimestamp(unixMs: number): string {
  const days = Math.floor(unixMs / DAY_MS);
  const seconds = Math.floor((unixMs - days * DAY_MS) / 1000);
  const { year, month, day } = civilFromDays(days);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}Z`;
}

/** RFC 3339 with six decimals (metav1.MicroTime). */
export function formatMicroTimestamp(unixMs: number): string {
  const ms = ((unixMs % 1000) + 1000) % 1000;
  return `${formatTimestamp(unixMs).slice(0, -1)}.${String(ms).padStart(3, '0')}000Z`;
}

/** A timestamp moved by whole seconds. */
export function addSeconds(timestamp: string, seconds: number): string {
  return formatTimestamp(parseTimestamp(timestamp) + seconds * 1000);
}
