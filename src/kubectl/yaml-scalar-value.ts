/**
 * What a plain word of YAML stands for. Follows resolve in go.yaml.in/yaml/v2 (resolve.go), which Kubernetes reads with: booleans of YAML
 * 1.1 with `y` and `n`, octals, underscores in numbers; no sexagesimal numbers; dates stay text, as sigs.k8s.io/yaml keeps them.
 */

const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const DOT_FLOAT = /^\.\d+(?:[eE][-+]?\d+)?$/;
const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/;

/** Numbers longer than this are text, as no 64 bits hold them; shorter ones may still be floats. */
const MAX_DIGITS = 400;

function integer(text: string): number | undefined {
  const match = INTEGER.exec(text);
  if (!match) return undefined;
  const [, sign, digits] = match as unknown as [string, string, string];
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const isInRange = sign === '-' ? value <= 2n ** 63n : value < (sign === '+' ? 2n ** 63n : 2n ** 64n);
  return isInRange ? Number(sign === '-' ? -value : value) : undefined;
}

function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The value of a word without quotes and without a tag. */
export function plainScalarValue(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.length > MAX_DIGITS) return text;
  if (text.startsWith('.')) return (DOT_FLOAT.test(text) ? finite(text) : undefined) ?? text;
  if (!/^[-+\d]/.test(text)) return text;
  const plain = text.replaceAll('_', '');
  return integer(plain) ?? (FLOAT.test(plain) ? finite(plain) : undefined) ?? text;
}

/** Shortest digits that stand for a float of 32 bits. */
function shortestFloat(value: number): string {
  for (let precision = 1; precision < 9; precision++) {
    const digits = value.toExponential(precision - 1);
    if (Math.fround(Number(digits)) === Math.fround(value)) return digits;
  }
  return Math.fround(value).toExponential(8);
}

/** The text of a plain word that stands as a key; undefined when it is empty, which no key may be. */
export function plainKeyText(text: string): string | undefined {
  const value = plainScalarValue(text);
  if (value === null) return undefined;
  if (typeof value !== 'number') return String(value);
  const plain = text.replaceAll('_', '');
  return integer(plain) === undefined ? floatKey(value) : String(BigInt(value));
}

/** A float as text: Go's strconv.FormatFloat(value, 'g', -1, 32), with YAML's words for what is no number. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const [mantissa = '0', exponentText = '0'] = shortestFloat(value).split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(Number(`${mantissa}e${exponent}`));
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
