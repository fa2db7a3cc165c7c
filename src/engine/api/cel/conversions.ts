/** Conversions between the values of CEL, durations, times and quantities. Follows cel-go/common/types and apiserver/pkg/cel/library. */
import { decodeBase64ToBytes, utf8Bytes, utf8Text } from '../base64';
import { parseQuantity, quantityError } from '../quantity';
import { formatTimestamp, isTimestamp, parseTimestamp } from '../timestamp';
import type { CelFunction } from './functions';
import {
  CelDuration,
  CelError,
  CelObject,
  CelQuantity,
  CelTimestamp,
  CelType,
  checkedInt,
  fromJson,
  isInt,
  isText,
  keysOf,
} from './values';

/** A value as texts show it. */
export function asText(value: unknown): string {
  const inner = fromJson(value);
  if (Array.isArray(inner)) return `[${inner.map(asText).join(', ')}]`;
  const keys = keysOf(inner);
  if (keys) return `{${keys.join(', ')}}`;
  return String(toText(inner) ?? inner);
}

/** string(). */
export function toText(value: unknown): unknown {
  if (value instanceof CelDuration) return `${Number(value.nanos) / 1e9}s`;
  if (value instanceof CelTimestamp) return formatTimestamp(value.ms);
  if (value instanceof CelType) return value.name;
  if (isBytes(value)) return utf8Text([...value.text].map((one) => one.charCodeAt(0)));
  if (value instanceof CelObject) return value.text;
  if (isText(value)) return value;
  return isInt(value) || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const unconverted = (to: string): CelError => new CelError(`type conversion error from 'string' to '${to}'`);

/** bool(), of the texts that strconv.ParseBool knows. */
export function toBool(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  if (!isText(value)) return undefined;
  if (/^(?:1|t|T|true|True|TRUE)$/.test(value)) return true;
  if (/^(?:0|f|F|false|False|FALSE)$/.test(value)) return false;
  throw unconverted('bool');
}

/** int(). */
export function toInt(value: unknown): unknown {
  if (isInt(value)) return value;
  if (value instanceof CelTimestamp) return BigInt(Math.floor(value.ms / 1000));
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new CelError('integer overflow');
    return checkedInt(BigInt(Math.trunc(value)));
  }
  if (!isText(value)) return undefined;
  if (!/^[+-]?\d+$/.test(value)) throw unconverted('int');
  return checkedInt(BigInt(value));
}

/** uint(). */
export function toUint(value: unknown): unknown {
  if (isText(value) && !/^\d+$/.test(value)) throw unconverted('uint');
  const whole = toInt(value);
  if (isInt(whole) && whole < 0n) throw new CelError('unsigned integer overflow');
  return whole;
}

const BYTES = 'bytes';

/** Bytes, a character for each. */
export const isBytes = (value: unknown): value is CelObject & { readonly type: typeof BYTES } =>
  value instanceof CelObject && value.type === BYTES;

/** bytes(): a text in UTF-8. */
export function toBytes(value: unknown): unknown {
  if (isBytes(value) || !isText(value)) return isBytes(value) ? value : undefined;
  return new CelObject(BYTES, String.fromCharCode(...utf8Bytes(value)), undefined);
}

/** What base64 holds. */
export const fromBase64 = (text: string): unknown => new CelObject(BYTES, decodeBase64ToBytes(text), undefined);

/** double(). */
export function toDouble(value: unknown): unknown {
  if (typeof value === 'number' || isInt(value)) return Number(value);
  if (!isText(value)) return undefined;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isNaN(number)) throw unconverted('double');
  return number;
}

const UNITS: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1000n,
  ns: 1n,
};

/** duration(). */
export function toDuration(text: unknown): unknown {
  if (text instanceof CelDuration) return text;
  if (!isText(text)) return undefined;
  const match = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ms|[uµ]s|ns|h|m|s))+)$/.exec(text);
  if (!match) throw unconverted('google.protobuf.Duration');
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of (match[2] as string).matchAll(
    /(\d*)\.?(\d*)(ms|[uµ]s|ns|h|m|s)/g,
  )) {
    const per = UNITS[unit.replace('µ', 'u')] as bigint;
    nanos +=
      BigInt(whole) * per +
      (fraction ? (BigInt(fraction.slice(0, 9)) * per) / 10n ** BigInt(Math.min(9, fraction.length)) : 0n);
  }
  return new CelDuration(match[1] === '-' ? -nanos : nanos);
}

/** timestamp(). */
export function toTimestamp(value: unknown): unknown {
  if (value instanceof CelTimestamp) return value;
  if (isInt(value)) return new CelTimestamp(Number(value) * 1000);
  if (!isText(value)) return undefined;
  if (!isTimestamp(value)) throw unconverted('google.protobuf.Timestamp');
  return new CelTimestamp(parseTimestamp(value));
}

/** A part of a duration or, from its text in UTC, of a timestamp. */
export const timePart =
  (perNanos: bigint, from: number, to: number, less = 0): CelFunction =>
  ([value]) => {
    if (value instanceof CelDuration) return perNanos > 0n ? value.nanos / perNanos : undefined;
    return value instanceof CelTimestamp ? BigInt(Number(formatTimestamp(value.ms).slice(from, to)) - less) : undefined;
  };

const DAY_MS = 86_400_000;

/** What is asked of a timestamp's day and of the first of its year, both in days since 1970. */
export const dayOf =
  (ask: (day: number, newYear: number) => number): CelFunction =>
  ([value]) => {
    if (!(value instanceof CelTimestamp)) return undefined;
    const newYear = parseTimestamp(`${formatTimestamp(value.ms).slice(0, 4)}-01-01T00:00:00Z`);
    return BigInt(ask(Math.floor(value.ms / DAY_MS), newYear / DAY_MS));
  };

/** quantity(). */
export function quantityOf(text: unknown): unknown {
  if (!isText(text)) return undefined;
  const problem = quantityError(text);
  if (problem) throw new CelError(problem);
  return new CelQuantity(parseQuantity(text).nano);
}

/** A method of two quantities. */
export const ofQuantities =
  (compute: (left: bigint, right: bigint) => unknown): CelFunction =>
  ([left, right]) => {
    const other = isInt(right) ? right * 1_000_000_000n : right instanceof CelQuantity ? right.nano : undefined;
    return left instanceof CelQuantity && other !== undefined ? compute(left.nano, other) : undefined;
  };
