/**
 * Resource quantities: `500m`, `1.5Gi`, `12e6`. Exact (in billionths), with results as plain numbers for callers.
 * Follows apimachinery/pkg/api/resource/quantity.go and suffix.go, including that a text which is canonical enough
 * is printed back as it came. Simplification: exponents beyond ±400 are refused.
 */

/** How a quantity prefers to be printed. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A parsed quantity. `nano` counts billionths of the unit. */
export interface Quantity {
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

const NANO = 1_000_000_000n;
const MAX_BINARY_NANO = (2n ** 63n - 1n) * NANO;

const FORMAT_WRONG = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMBER_WRONG = 'unable to parse numeric part of quantity';
const SUFFIX_WRONG = "unable to parse quantity's suffix";

const DECIMAL_SUFFIXES = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const DECIMAL_NAMES = new Map([...DECIMAL_SUFFIXES].map(([name, exponent]) => [exponent, name]));
const BINARY_NAMES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Thousandths per suffix, for the common case of a short whole number and a suffix. */
const MILLI_PER_SUFFIX = new Map<string, number>([
  ['', 1000],
  ['m', 1],
  ['k', 1000 ** 2],
  ['M', 1000 ** 3],
  ['G', 1000 ** 4],
  ['Ki', 1000 * 1024],
  ['Mi', 1000 * 1024 ** 2],
  ['Gi', 1000 * 1024 ** 3],
  ['Ti', 1000 * 1024 ** 4],
]);

/** The parts of a quantity's text. `whole` has no leading zeros and is not empty. */
interface Scanned {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
  readonly suffix: string;
  readonly hasDigits: boolean;
}

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

function scan(text: string): Scanned | string {
  const match = /^([+-]?)(\d*)(?:(\.)(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text);
  if (!match || text === '') return FORMAT_WRONG;
  const digits = match[2] ?? '';
  const fraction = match[4] ?? '';
  const whole = digits.replace(/^0+/, '') || '0';
  return { negative: match[1] === '-', whole, fraction, suffix: match[5] ?? '', hasDigits: digits + fraction !== '' };
}

function interpretSuffix(suffix: string): Suffix | undefined {
  const decimal = DECIMAL_SUFFIXES.get(suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: 'DecimalSI' };
  const binary = BINARY_NAMES.indexOf(suffix);
  if (binary > 0) return { base: 2, exponent: binary * 10, format: 'BinarySI' };
  if (!/^[eE][+-]?\d+$/.test(suffix)) return undefined;
  const exponent = Number(suffix.slice(1));
  return Math.abs(exponent) > 400 ? undefined : { base: 10, exponent, format: 'DecimalExponent' };
}

/** Division that rounds away from zero: who asks for a little gets at least that little. */
function divideAway(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (quotient * divisor === value) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

function toNano(scanned: Scanned, suffix: Suffix): bigint {
  const digits = BigInt(scanned.whole + scanned.fraction);
  const decimalExponent = (suffix.base === 10 ? suffix.exponent : 0) - scanned.fraction.length + 9;
  const binaryFactor = suffix.base === 2 ? 2n ** BigInt(suffix.exponent) : 1n;
  const scaled = digits * binaryFactor;
  const nano =
    decimalExponent >= 0
      ? scaled * 10n ** BigInt(decimalExponent)
      : divideAway(scaled, 10n ** BigInt(-decimalExponent));
  return suffix.base === 2 && nano > MAX_BINARY_NANO ? MAX_BINARY_NANO : nano;
}

function parse(text: string): { quantity: Quantity; scanned: Scanned; suffix: Suffix } | string {
  const scanned = scan(text);
  if (typeof scanned === 'string') return scanned;
  const suffix = interpretSuffix(scanned.suffix);
  if (!suffix) return SUFFIX_WRONG;
  const isExtreme = suffix.base === 2 ? suffix.exponent >= 50 : suffix.exponent < -9;
  if (!scanned.hasDigits && isExtreme) return NUMBER_WRONG;
  const nano = toNano(scanned, suffix);
  return { quantity: { nano: scanned.negative ? -nano : nano, format: suffix.format }, scanned, suffix };
}

/** Parses a quantity; throws an Error with upstream's message when the text is not one. */
export function parseQuantity(text: string): Quantity {
  const parsed = parse(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed.quantity;
}

/** What is wrong with a quantity's text, in upstream's words; undefined when nothing is. */
export function quantityError(text: string): string | undefined {
  if (fastMilli(text) !== undefined) return undefined;
  const parsed = parse(text);
  return typeof parsed === 'string' ? parsed : undefined;
}

/** Whether the text is a quantity. */
export function isQuantity(text: string): boolean {
  return quantityError(text) === undefined;
}

function fastMilli(text: string): number | undefined {
  let length = 0;
  while (length < text.length && text.charCodeAt(length) >= 48 && text.charCodeAt(length) <= 57) length++;
  if (length === 0 || length > 12) return undefined;
  const multiplier = MILLI_PER_SUFFIX.get(length === text.length ? '' : text.slice(length));
  if (multiplier === undefined) return undefined;
  const milli = Number(length === text.length ? text : text.slice(0, length)) * multiplier;
  return Number.isSafeInteger(milli) ? milli : undefined;
}

/** The quantity in thousandths, rounded away from zero. Absent counts as 0. */
export function quantityMilli(text: string | undefined): number {
  if (text === undefined) return 0;
  return fastMilli(text) ?? Number(divideAway(parseQuantity(text).nano, 1_000_000n));
}

/** The quantity in whole units, rounded away from zero. Absent counts as 0. */
export function quantityValue(text: string | undefined): number {
  if (text === undefined) return 0;
  const milli = fastMilli(text);
  return milli !== undefined ? Math.ceil(milli / 1000) : Number(divideAway(parseQuantity(text).nano, NANO));
}

/** Canonical text: no fraction, no loss, and the largest suffix that allows both. */
export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  const isSmall = nano > -1024n * NANO && nano < 1024n * NANO;
  if (format === 'BinarySI' && !isSmall && nano % NANO === 0n) return formatBinary(nano / NANO);
  return formatDecimal(nano, format === 'DecimalExponent');
}

function formatBinary(value: bigint): string {
  let mantissa = value;
  let power = 0;
  while (mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    power++;
  }
  return `${mantissa}${BINARY_NAMES[power] ?? ''}`;
}

function formatDecimal(nano: bigint, asExponent: boolean): string {
  let mantissa = nano;
  let exponent = -9;
  while (mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (asExponent) return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
  return `${mantissa}${DECIMAL_NAMES.get(exponent) ?? ''}`;
}

/** Whether upstream keeps the text it parsed instead of printing the quantity anew. */
function keepsText(scanned: Scanned, suffix: Suffix): boolean {
  const { whole, fraction } = scanned;
  if (suffix.base === 2) {
    if (fraction !== '' || 14 - whole.length - Math.floor((suffix.exponent * 3) / 10) < 0) return false;
    return BigInt(whole) % 8n !== 0n;
  }
  const scale = suffix.exponent - fraction.length;
  const digits = whole + fraction;
  if (digits.length > 18 || scale < -9 || scale % 3 !== 0) return false;
  return !digits.endsWith('000') && !digits.startsWith('0');
}

/** The text as the API server stores and prints it. Throws when it is not a quantity. */
export function canonicalQuantity(text: string): string {
  const parsed = parse(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return keepsText(parsed.scanned, parsed.suffix) ? text : formatQuantity(parsed.quantity);
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareQuantities(left: string, right: string): number {
  const [first, second] = [fastMilli(left), fastMilli(right)];
  if (first !== undefined && second !== undefined) return Math.sign(first - second);
  const a = parseQuantity(left).nano;
  const b = parseQuantity(right).nano;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The sum, printed in the first quantity's format (in the second's when the first is zero). */
export function addQuantities(left: string, right: string): string {
  const a = parseQuantity(left);
  const b = parseQuantity(right);
  return formatQuantity({ nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format });
}

/** The difference, printed in the first quantity's format (in the second's when the first is zero). */
export function subtractQuantities(left: string, right: string): string {
  const a = parseQuantity(left);
  const b = parseQuantity(right);
  return formatQuantity({ nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format });
}
