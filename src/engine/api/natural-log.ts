/**
 * The natural logarithm of a number greater than 0, from additions, multiplications and divisions alone: those are the
 * same in every JavaScript engine (IEEE 754), Math.log is not. n = m·2^k with m in [3/4, 3/2), and
 * ln m = 2·(z + z³/3 + z⁵/5 + …) with z = (m−1)/(m+1), |z| ≤ 1/5, so 13 terms are exact to the last digit or two.
 */

const TERMS = 13;

/** ln(n). */
export function naturalLog(n: number): number {
  let mantissa = n;
  let exponent = 0;
  while (mantissa >= 1.5) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent--;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let series = 0;
  for (let term = TERMS - 1; term >= 0; term--) series = series * square + 1 / (2 * term + 1);
  return exponent * Math.LN2 + 2 * z * series;
}
