/**
 * The functions of awk that reckon with more than whole numbers, from additions, multiplications and divisions alone: those are the same in every
 * JavaScript engine (IEEE 754), Math.exp and its like are not.
 */
import { naturalLog } from '../../api/natural-log';

const TERMS = 24;

/** x + x³/3! + … and 1 + x²/2! + …, or with other signs: every second term of a series that begins with the first. */
function series(first: number, from: number, factor: number): number {
  let [term, sum] = [first, first];
  for (let at = from; at < from + 2 * TERMS; at += 2) {
    term *= factor / (at * (at + 1));
    sum += term;
  }
  return sum;
}

function exp(x: number): number {
  const doublings = Math.round(x / Math.LN2);
  if (doublings > 1024) return Infinity;
  if (doublings < -1100) return 0;
  const rest = x - doublings * Math.LN2;
  return (series(1, 1, rest * rest) + series(rest, 2, rest * rest)) * 2 ** doublings;
}

function sin(x: number): number {
  const rest = x - 2 * Math.PI * Math.round(x / (2 * Math.PI));
  return series(rest, 2, -rest * rest);
}

/** Halves the angle until its series is short. */
function arc(x: number, times = 3): number {
  if (times > 0) return 2 * arc(x / (1 + Math.sqrt(1 + x * x)), times - 1);
  let [power, sum] = [x, 0];
  for (let at = 1; at < 2 * TERMS; at += 2) {
    sum += power / at;
    power *= -x * x;
  }
  return sum;
}

function atan2(y: number, x: number): number {
  if (x === 0) return y === 0 ? 0 : (Math.sign(y) * Math.PI) / 2;
  return arc(y / x) + (x > 0 ? 0 : y < 0 ? -Math.PI : Math.PI);
}

/** By their names. */
export const AWK_MATH: Readonly<Record<string, (a: number, b: number) => number>> = {
  atan2,
  cos: (x) => sin(x + Math.PI / 2),
  exp,
  int: Math.trunc,
  log: (x) => (x > 0 && x < Infinity ? naturalLog(x) : x === 0 ? -Infinity : x > 0 ? x : Number.NaN),
  sin,
  sqrt: Math.sqrt,
};
