/** Decimal numbers of any length with so many places behind the point, as bc reckons with them. Follows POSIX.1-2017 (bc). */

/** `whole` counts the last of its places. */
export interface Decimal {
  readonly whole: bigint;
  readonly scale: number;
}

/** What bc can't reckon. */
export class BcError extends Error {}

const MAX_SCALE = 10_000;

export const ZERO: Decimal = { whole: 0n, scale: 0 };

const power = (base: bigint, exponent: number): bigint => base ** BigInt(exponent);

/** A number with more or fewer places; what is cut off is lost. */
export function scaled({ whole, scale }: Decimal, places: number): Decimal {
  if (places > MAX_SCALE) throw new BcError('number too long: must be [1, 10000]');
  const factor = power(10n, Math.abs(places - scale));
  return { whole: places >= scale ? whole * factor : whole / factor, scale: places };
}

/** A number as it is written in a base. */
export function decimalOf(text: string, base: number): Decimal {
  const [before = '', after = ''] = text.split('.');
  if (base === 10) return { whole: BigInt(`${before}${after}` || '0'), scale: after.length };
  let whole = 0n;
  for (const digit of before) whole = whole * BigInt(base) + BigInt(Math.min(Number.parseInt(digit, 36), base - 1));
  return { whole, scale: 0 };
}

const both = (a: Decimal, b: Decimal): [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [scaled(a, scale).whole, scaled(b, scale).whole, scale];
};

/** Less than 0, 0, or more. */
export function order(a: Decimal, b: Decimal): number {
  const [left, right] = both(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

const divide = (a: Decimal, b: Decimal, scale: number): Decimal => {
  if (b.whole === 0n) throw new BcError('divide by zero');
  return { whole: (a.whole * power(10n, scale + b.scale)) / (b.whole * power(10n, a.scale)), scale };
};

function raise(a: Decimal, b: Decimal, scale: number): Decimal {
  const exponent = Number(scaled(b, 0).whole);
  const size = Math.abs(exponent);
  if (size * `${a.whole}`.length > 100_000) throw new BcError('number too long: must be [1, 10000]');
  const full: Decimal = { whole: power(a.whole, size), scale: a.scale * size };
  if (exponent < 0) return divide({ whole: 1n, scale: 0 }, full, scale);
  return scaled(full, Math.min(full.scale, Math.max(scale, a.scale)));
}

/** What two numbers come to, with the places that are kept. */
export const OPERATORS: Readonly<Record<string, (a: Decimal, b: Decimal, scale: number) => Decimal>> = {
  '+': (a, b) => {
    const [left, right, scale] = both(a, b);
    return { whole: left + right, scale };
  },
  '-': (a, b) => {
    const [left, right, scale] = both(a, b);
    return { whole: left - right, scale };
  },
  '*': (a, b, scale) =>
    scaled(
      { whole: a.whole * b.whole, scale: a.scale + b.scale },
      Math.min(a.scale + b.scale, Math.max(scale, a.scale, b.scale)),
    ),
  '/': divide,
  '%': (a, b, scale) => {
    const quotient = divide(a, b, scale);
    const [left, right, places] = both(a, { whole: quotient.whole * b.whole, scale: quotient.scale + b.scale });
    return scaled({ whole: left - right, scale: places }, Math.max(scale + b.scale, a.scale));
  },
  '^': raise,
};

/** The square root, by Newton. */
export function root(a: Decimal, scale: number): Decimal {
  if (a.whole < 0n) throw new BcError('negative number');
  const places = Math.max(scale, a.scale);
  const { whole } = scaled(a, places * 2);
  if (whole === 0n) return { whole, scale: places };
  let guess = power(10n, Math.ceil(`${whole}`.length / 2));
  for (let next = (guess + whole / guess) / 2n; next < guess; next = (guess + whole / guess) / 2n) guess = next;
  return { whole: guess, scale: places };
}

/** Places that are reckoned beside those that are kept. */
const GUARD = 8;

/** A sum of terms until they are nothing; each is made of the one before it. */
function series(
  first: bigint,
  next: (term: bigint, index: bigint) => bigint,
  part = (term: bigint, _: bigint) => term,
): bigint {
  let sum = 0n;
  for (let [term, index] = [first, 0n]; term !== 0n && index < 100_000n; term = next(term, ++index))
    sum += part(term, index);
  return sum;
}

/** e(x), where x has been halved until it is small. */
function exponential(x: bigint, one: bigint): bigint {
  let halvings = 0n;
  let small = x;
  for (; small > one || small < -one; halvings++) small /= 2n;
  let result = series(one, (term, index) => (term * small) / one / index);
  for (; halvings > 0n; halvings--) result = (result * result) / one;
  return result;
}

/** The natural logarithm, of a number of which the root has been taken until it is near 1. */
function logarithm(x: bigint, one: bigint): bigint {
  let factor = 2n;
  let near: Decimal = { whole: x, scale: `${one}`.length - 1 };
  for (; near.whole > one + one / 2n || near.whole < one / 2n; factor *= 2n) near = root(near, near.scale);
  const ratio = ((near.whole - one) * one) / (near.whole + one);
  return factor * odd(ratio, one, 1n);
}

/** The odd powers of a number over their exponents; with alternating signs that of the arctangent. */
function odd(x: bigint, one: bigint, sign: bigint): bigint {
  const square = (sign * x * x) / one;
  return series(
    x,
    (term) => (term * square) / one,
    (term, index) => term / (2n * index + 1n),
  );
}

function arctangent(x: bigint, one: bigint): bigint {
  let factor = 1n;
  let small = x;
  // The angle is halved until its tangent is small.
  for (; small > one / 5n || small < -one / 5n; factor *= 2n) {
    const scale = `${one}`.length - 1;
    small = (small * one) / (one + root({ whole: one + (small * small) / one, scale }, scale).whole);
  }
  return factor * odd(small, one, -1n);
}

const waves = (x: bigint, one: bigint, first: bigint, from: bigint): bigint =>
  series(first, (term, index) => (-term * x * x) / one / one / ((2n * index - from) * (2n * index + 1n - from)));

/** The functions of -l, of numbers in units of `one`. */
const FUNCTIONS: Readonly<Record<string, (x: bigint, one: bigint) => bigint>> = {
  e: exponential,
  l: logarithm,
  a: arctangent,
  s: (x, one) => waves(x, one, x, 0n),
  c: (x, one) => waves(x, one, one, 1n),
};

/** One of the functions of -l; undefined when there is none of this name. */
export function ofLibrary(name: string, value: Decimal, scale: number): Decimal | undefined {
  const compute = FUNCTIONS[name];
  if (!compute) return undefined;
  const places = scale + GUARD;
  if (name === 'l' && value.whole <= 0n) return { whole: -power(10n, scale) + 1n, scale };
  return scaled({ whole: compute(scaled(value, places).whole, power(10n, places)), scale: places }, scale);
}

/** Characters of a line, after which it goes on in the next. */
const LINE = 68;

/** A number as it is printed in a base. */
export function decimalText({ whole, scale }: Decimal, base: number): string {
  const size = whole < 0n ? -whole : whole;
  const unit = power(10n, scale);
  let fraction = '';
  let rest = size % unit;
  for (let digits = 1n; base !== 10 && digits < unit; digits *= BigInt(base)) {
    rest *= BigInt(base);
    fraction += (rest / unit).toString(36).toUpperCase();
    rest %= unit;
  }
  if (base === 10 && scale > 0) fraction = `${rest}`.padStart(scale, '0');
  const before = size / unit;
  const shown = before === 0n && size !== 0n ? '' : before.toString(Math.min(36, base)).toUpperCase();
  const text = `${whole < 0n ? '-' : ''}${shown}${fraction === '' || size === 0n ? '' : `.${fraction}`}`;
  return text.replace(new RegExp(`.{${LINE}}(?=..)`, 'g'), '$&\\\n');
}
