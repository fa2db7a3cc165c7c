/**
 * The functions of CEL and of Kubernetes' libraries, by name; each looks at its arguments and says undefined where they don't fit.
 * Follows cel-go/common/stdlib, cel-go/ext (strings, sets) and apiserver/pkg/cel/library (lists, regex, quantity).
 * Left out: time zones. The authorizer library is in authorizer.ts.
 */
import { quantityError } from '../quantity';
import { parseRegularExpression, type RegularExpression } from '../regular-expression';
import { ADDRESS_FUNCTIONS } from './addresses';
import {
  asText,
  dayOf,
  isBytes,
  ofQuantities,
  quantityOf,
  timePart,
  toBool,
  toBytes,
  toDouble,
  toDuration,
  toInt,
  toText,
  toTimestamp,
  toUint,
} from './conversions';
import { NAMED_FUNCTIONS, ofVersions } from './named';
import {
  CelError,
  CelOptional,
  CelQuantity,
  CelType,
  checkedInt,
  compareValues,
  equalValues,
  fromJson,
  isInt,
  isText,
  keysOf,
  typeNameOf,
} from './values';

/** Adds to what an evaluation has cost; throws when that is too much. */
export type Spend = (cost: number) => void;

/** `args[0]` is the receiver of a method. Undefined: not for these arguments. */
export type CelFunction = (args: readonly unknown[], spend: Spend) => unknown;

type Table = Readonly<Record<string, CelFunction>>;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const texts = (args: readonly unknown[], count: number): args is readonly string[] =>
  args.length === count && args.every(isText);
const letters = (text: string): string[] => [...text];

/** A function of texts alone. */
const ofTexts =
  (count: number, compute: (...args: string[]) => unknown): CelFunction =>
  (args, spend) => {
    if (!texts(args, count)) return undefined;
    spend(1 + args[0]!.length / 10);
    return compute(...args);
  };

function sizeOf([value]: readonly unknown[], spend: Spend): unknown {
  if (isText(value)) {
    spend(value.length / 10);
    return BigInt(letters(value).length);
  }
  if (isBytes(value)) return BigInt(value.text.length);
  return isList(value) ? BigInt(value.length) : keysOf(value) && BigInt(keysOf(value)?.length ?? 0);
}

function compiled(pattern: string): RegularExpression {
  const expression = parseRegularExpression(pattern);
  if ('problem' in expression) throw new CelError(expression.problem);
  return expression;
}

const matches = (text: string, pattern: string): boolean => compiled(pattern).test(text);
const found = (text: string, pattern: string): string[] => compiled(pattern).matches(text);

const indexError = (index: bigint): CelError => new CelError(`index out of range: ${index}`);

function substring([text, from, to]: readonly unknown[]): unknown {
  if (!isText(text) || !isInt(from) || (to !== undefined && !isInt(to))) return undefined;
  const all = letters(text);
  const end = to ?? BigInt(all.length);
  if (from < 0n || from > BigInt(all.length)) throw indexError(from);
  if (end < from) throw new CelError(`invalid substring range. start: ${from}, end: ${end}`);
  if (end > BigInt(all.length)) throw indexError(end);
  return all.slice(Number(from), Number(end)).join('');
}

const indexIn =
  (last: boolean): CelFunction =>
  ([where, what], spend) => {
    if (isText(where) && isText(what)) {
      const at = last ? where.lastIndexOf(what) : where.indexOf(what);
      return BigInt(at < 0 ? -1 : letters(where.slice(0, at)).length);
    }
    if (!isList(where)) return undefined;
    const same = (item: unknown): boolean => equalValues(item, what, spend);
    return BigInt(last ? where.findLastIndex(same) : where.findIndex(same));
  };

function split([text, by, limit]: readonly unknown[]): unknown {
  if (!isText(text) || !isText(by) || (limit !== undefined && !isInt(limit))) return undefined;
  if (limit === 0n) return [];
  const parts = text.split(by);
  if (limit === undefined || limit < 0n || BigInt(parts.length) <= limit) return parts;
  const kept = Number(limit) - 1;
  return [...parts.slice(0, kept), parts.slice(kept).join(by)];
}

/** `%s`, `%d`, `%f` and `%%`. */
function format([text, values]: readonly unknown[]): unknown {
  if (!isText(text) || !isList(values)) return undefined;
  let at = 0;
  const next = (): unknown => {
    if (at >= values.length) throw new CelError(`index ${at} out of range`);
    return fromJson(values[at++]);
  };
  return text.replace(/%(?:%|\.?(\d*)([sdfe]))/g, (all, digits: string, verb: string) => {
    if (all === '%%') return '%';
    const value = next();
    if (verb === 'f') return Number(value).toFixed(digits ? Number(digits) : 6);
    return asText(value);
  });
}

const extreme =
  (sign: number): CelFunction =>
  ([list], spend) => {
    if (!isList(list)) return undefined;
    if (list.length === 0) throw new CelError(`${sign < 0 ? 'min' : 'max'} called on empty list`);
    spend(list.length);
    return list.map(fromJson).reduce((best, item) => (compareValues(item, best) * sign > 0 ? item : best));
  };

function sum([list]: readonly unknown[], spend: Spend): unknown {
  if (!isList(list)) return undefined;
  spend(list.length);
  const items = list.map(fromJson);
  if (items.every(isInt)) return checkedInt((items as bigint[]).reduce((total, item) => total + item, 0n));
  return items.every((item) => isInt(item) || typeof item === 'number')
    ? (items as number[]).reduce((total, item) => total + Number(item), 0)
    : undefined;
}

function isSorted([list]: readonly unknown[], spend: Spend): unknown {
  if (!isList(list)) return undefined;
  spend(list.length);
  const items = list.map(fromJson);
  return items.every((item, at) => at === 0 || compareValues(items[at - 1], item) <= 0);
}

const inSet = (list: readonly unknown[], item: unknown, spend: Spend): boolean =>
  list.some((other) => equalValues(other, item, spend));

const ofSets =
  (compute: (left: readonly unknown[], right: readonly unknown[], spend: Spend) => boolean): CelFunction =>
  ([left, right], spend) =>
    isList(left) && isList(right) ? compute(left, right, spend) : undefined;

/** The first function for which the arguments fit. */
const either =
  (...functions: readonly CelFunction[]): CelFunction =>
  (args, spend) => {
    for (const one of functions) {
      const value = one(args, spend);
      if (value !== undefined) return value;
    }
    return undefined;
  };

/** Functions called as `f(x)`; those of a receiver have a dot before their names, those of a namespace its name. */
export const FUNCTIONS: Table = {
  ...ADDRESS_FUNCTIONS,
  ...NAMED_FUNCTIONS,
  size: sizeOf,
  '.size': sizeOf,
  type: ([value]) => new CelType(typeNameOf(value)),
  dyn: ([value]) => value,
  int: ([value]) => toInt(value),
  uint: ([value]) => toUint(value),
  bytes: ([value]) => toBytes(value),
  double: ([value]) => toDouble(value),
  string: ([value]) => toText(value),
  bool: ([value]) => toBool(value),
  duration: ([value]) => toDuration(value),
  timestamp: ([value]) => toTimestamp(value),
  matches: ofTexts(2, matches),
  '.matches': ofTexts(2, matches),
  '.find': ofTexts(2, (text, pattern) => found(text, pattern)[0] ?? ''),
  '.findAll': ([text, pattern, most], spend) => {
    const all = ofTexts(2, found)([text, pattern], spend) as string[] | undefined;
    if (most === undefined || !isInt(most)) return most === undefined ? all : undefined;
    return most < 0n ? all : all?.slice(0, Number(most));
  },
  '.startsWith': ofTexts(2, (text, part) => text.startsWith(part)),
  '.endsWith': ofTexts(2, (text, part) => text.endsWith(part)),
  '.contains': ofTexts(2, (text, part) => text.includes(part)),
  '.lowerAscii': ofTexts(1, (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  '.upperAscii': ofTexts(1, (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  '.trim': ofTexts(1, (text) => text.trim()),
  '.replace': ofTexts(3, (text, from, to) => text.split(from).join(to)),
  '.charAt': ([text, at]) => {
    if (!isText(text) || !isInt(at)) return undefined;
    const all = letters(text);
    if (at < 0n || at > BigInt(all.length)) throw indexError(at);
    return all[Number(at)] ?? '';
  },
  '.substring': substring,
  '.indexOf': indexIn(false),
  '.lastIndexOf': indexIn(true),
  '.split': split,
  '.join': ([list, by = '']) => (isList(list) && isText(by) && list.every(isText) ? list.join(by) : undefined),
  '.format': format,
  '.isSorted': isSorted,
  '.sum': sum,
  '.min': extreme(-1),
  '.max': extreme(1),
  '.reverse': ([value]) =>
    isList(value) ? value.toReversed() : isText(value) ? letters(value).reverse().join('') : undefined,
  'sets.contains': ofSets((left, right, spend) => right.every((item) => inSet(left, item, spend))),
  'sets.intersects': ofSets((left, right, spend) => right.some((item) => inSet(left, item, spend))),
  'sets.equivalent': ofSets(
    (left, right, spend) =>
      right.every((item) => inSet(left, item, spend)) && left.every((item) => inSet(right, item, spend)),
  ),
  isQuantity: ofTexts(1, (text) => quantityError(text) === undefined),
  quantity: ([text]) => quantityOf(text),
  '.isLessThan': either(
    ofQuantities((left, right) => left < right),
    ofVersions((order) => order < 0),
  ),
  '.isGreaterThan': either(
    ofQuantities((left, right) => left > right),
    ofVersions((order) => order > 0),
  ),
  '.compareTo': either(
    ofQuantities((left, right) => (left < right ? -1n : left > right ? 1n : 0n)),
    ofVersions((order) => BigInt(order)),
  ),
  '.add': ofQuantities((left, right) => new CelQuantity(left + right)),
  '.sub': ofQuantities((left, right) => new CelQuantity(left - right)),
  '.sign': ([value]) =>
    value instanceof CelQuantity ? (value.nano < 0n ? -1n : value.nano > 0n ? 1n : 0n) : undefined,
  '.isInteger': ([value]) => (value instanceof CelQuantity ? value.nano % 1_000_000_000n === 0n : undefined),
  '.asInteger': ([value]) => (value instanceof CelQuantity ? value.nano / 1_000_000_000n : undefined),
  '.asApproximateFloat': ([value]) => (value instanceof CelQuantity ? Number(value.nano) / 1e9 : undefined),
  '.getHours': timePart(3_600_000_000_000n, 11, 13),
  '.getMinutes': timePart(60_000_000_000n, 14, 16),
  '.getSeconds': timePart(1_000_000_000n, 17, 19),
  '.getMilliseconds': timePart(1_000_000n, 0, 0),
  '.getFullYear': timePart(0n, 0, 4),
  '.getMonth': timePart(0n, 5, 7, 1),
  '.getDate': timePart(0n, 8, 10),
  '.getDayOfMonth': timePart(0n, 8, 10, 1),
  '.getDayOfWeek': dayOf((day) => (((day + 4) % 7) + 7) % 7),
  '.getDayOfYear': dayOf((day, newYear) => day - newYear),
  'optional.of': ([value]) => new CelOptional(value),
  'optional.none': () => new CelOptional(undefined),
  '.hasValue': ([one]) => (one instanceof CelOptional ? one.value !== undefined : undefined),
  '.orValue': ([one, other]) => (one instanceof CelOptional ? (one.value ?? other) : undefined),
  '.or': ([one, other]) => (one instanceof CelOptional ? (one.value === undefined ? other : one) : undefined),
  '.value': ([one]) => {
    if (!(one instanceof CelOptional)) return undefined;
    if (one.value === undefined) throw new CelError('optional.none() dereference');
    return one.value;
  },
};

/** Namespaces of functions. */
export const NAMESPACES: readonly string[] = ['sets', 'optional', 'ip', 'format'];
