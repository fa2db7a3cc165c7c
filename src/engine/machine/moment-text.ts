/** A moment as text, as programs in containers write it: in UTC, with English names. Follows POSIX.1-2017 (strftime), with GNU's %N and %s. */
import { civilFromDays, daysFromCivil, weekdayOf } from '../api/timestamp';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/** What makes texts of a moment, given in seconds since 1970, by formats such as `%Y-%m-%d`. */
export function momentFormatter(seconds: number): (format: string) => string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const { year, month, day } = civilFromDays(days);
  const [hour, minute, second] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  const weekday = weekdayOf(days);
  const dayName = DAYS[weekday] as string;
  const monthName = MONTHS[month - 1] as string;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  const onDial = hour % 12 || 12;
  const half = hour < 12 ? 'AM' : 'PM';
  const dayOfYear = days - daysFromCivil(year, 1, 1) + 1;
  // A week belongs to the year of its Thursday.
  const thursday = days + 4 - (weekday || 7);
  const yearOfWeek = civilFromDays(thursday).year;
  const values: Readonly<Record<string, string>> = {
    Y: String(year),
    y: two(year % 100),
    m: two(month),
    d: two(day),
    e: String(day).padStart(2),
    H: two(hour),
    I: two(onDial),
    M: two(minute),
    S: two(second),
    s: String(seconds),
    N: '000000000',
    p: half,
    a: dayName.slice(0, 3),
    A: dayName,
    b: monthName.slice(0, 3),
    B: monthName,
    F: `${year}-${two(month)}-${two(day)}`,
    T: time,
    R: time.slice(0, 5),
    D: `${two(month)}/${two(day)}/${two(year % 100)}`,
    j: String(dayOfYear).padStart(3, '0'),
    U: two(Math.floor((dayOfYear + 6 - weekday) / 7)),
    V: two(Math.floor((thursday - daysFromCivil(yearOfWeek, 1, 1)) / 7) + 1),
    G: String(yearOfWeek),
    C: two(Math.floor(year / 100)),
    k: String(hour).padStart(2),
    l: String(onDial).padStart(2),
    r: `${two(onDial)}${time.slice(2)} ${half}`,
    h: monthName.slice(0, 3),
    P: half.toLowerCase(),
    u: String(weekday || 7),
    w: String(weekday),
    Z: 'UTC',
    z: '+0000',
    n: '\n',
    t: '\t',
    '%': '%',
    c: `${dayName.slice(0, 3)} ${monthName.slice(0, 3)} ${String(day).padStart(2)} ${time} ${year}`,
  };
  return (format) =>
    format.replace(/%([-0_]?)(.)/gs, (whole, flag: string, letter: string) => {
      const value = values[letter] ?? whole;
      return flag === '-' ? value.replace(/^[0 ]+(?=\d)/, '') : value;
    });
}
