/** The operators of CEL; each says undefined where its arguments don't fit. Follows cel-go/common/types. */
import { isBytes } from './conversions';
import type { Spend } from './functions';
import {
  CelDuration,
  CelError,
  CelObject,
  CelOptional,
  CelTimestamp,
  checkedInt,
  compareValues,
  equalValues,
  fromJson,
  isNumber,
  keysOf,
  noOverload,
  valueUnder,
} from './values';

type Operator = (args: readonly unknown[], spend: Spend, lenient: boolean) => unknown;

function arithmetic(ints: (a: bigint, b: bigint) => bigint, doubles: (a: number, b: number) => number): Operator {
  return ([a, b]) => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return checkedInt(ints(a, b));
    return isNumber(a) && isNumber(b) ? doubles(Number(a), Number(b)) : undefined;
  };
}

function divided(word: string, compute: (a: bigint, b: bigint) => bigint): (a: bigint, b: bigint) => bigint {
  return (a, b) => {
    if (b === 0n) throw new CelError(`${word} by zero`);
    return compute(a, b);
  };
}

const addNumbers = arithmetic(
  (a, b) => a + b,
  (a, b) => a + b,
);
const subtractNumbers = arithmetic(
  (a, b) => a - b,
  (a, b) => a - b,
);

function add(args: readonly unknown[], spend: Spend, lenient: boolean): unknown {
  const [a, b] = args;
  if (typeof a === 'string' && typeof b === 'string') {
    spend((a.length + b.length) / 10);
    return a + b;
  }
  if (isBytes(a) && isBytes(b)) return new CelObject(a.type, a.text + b.text, undefined);
  if (Array.isArray(a) && Array.isArray(b)) {
    spend(a.length + b.length);
    return [...a, ...b];
  }
  if (a instanceof CelDuration && b instanceof CelDuration) return new CelDuration(a.nanos + b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return moved(a, b.nanos);
  if (a instanceof CelDuration && b instanceof CelTimestamp) return moved(b, a.nanos);
  return addNumbers(args, spend, lenient);
}

const moved = ({ ms }: CelTimestamp, nanos: bigint): CelTimestamp => new CelTimestamp(ms + Number(nanos / 1_000_000n));

function subtract(args: readonly unknown[], spend: Spend, lenient: boolean): unknown {
  const [a, b] = args;
  if (a instanceof CelDuration && b instanceof CelDuration) return new CelDuration(a.nanos - b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return moved(a, -b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return new CelDuration(BigInt(a.ms - b.ms) * 1_000_000n);
  return subtractNumbers(args, spend, lenient);
}

const compare =
  (holds: (order: number) => boolean): Operator =>
  ([a, b], _spend, lenient) => {
    // What is missing is neither above nor below anything.
    if (lenient && (a === null || b === null)) return false;
    return holds(compareValues(a, b));
  };

function contained([item, where]: readonly unknown[], spend: Spend): unknown {
  if (Array.isArray(where)) return where.some((other) => equalValues(other, item, spend));
  return keysOf(where) ? valueUnder(where, item) !== undefined : undefined;
}

function indexed([where, at]: readonly unknown[], _spend: Spend, lenient: boolean): unknown {
  if (Array.isArray(where)) {
    if (typeof at !== 'bigint') return undefined;
    const found = at >= 0n && at < BigInt(where.length) ? fromJson(where[Number(at)]) : undefined;
    if (found === undefined && !lenient) throw new CelError(`index out of bounds: ${at}`);
    return found ?? null;
  }
  if (lenient && where === null) return null;
  if (!keysOf(where)) return undefined;
  const found = valueUnder(where, at);
  if (found === undefined && !lenient) throw new CelError(`no such key: ${String(at)}`);
  return found ?? null;
}

function optionally(args: readonly unknown[]): unknown {
  const [where, at] = args;
  const inner = where instanceof CelOptional ? where.value : where;
  if (Array.isArray(inner))
    return new CelOptional(
      typeof at === 'bigint' ? (fromJson(inner[Number(at)] ?? undefined) ?? undefined) : undefined,
    );
  return new CelOptional(valueUnder(inner, at));
}

/** By their signs; `_` stands for the side that is not there. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  '==': ([a, b], spend) => equalValues(a, b, spend),
  '!=': ([a, b], spend) => !equalValues(a, b, spend),
  '<': compare((order) => order < 0),
  '<=': compare((order) => order <= 0),
  '>': compare((order) => order > 0),
  '>=': compare((order) => order >= 0),
  '+': add,
  '-': subtract,
  '*': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': arithmetic(
    divided('division', (a, b) => a / b),
    (a, b) => a / b,
  ),
  '%': arithmetic(
    divided('modulus', (a, b) => a % b),
    () => {
      throw noOverload();
    },
  ),
  in: contained,
  '[]': indexed,
  '[?]': optionally,
  '!_': ([value]) => (typeof value === 'boolean' ? !value : undefined),
  '-_': ([value]) => (typeof value === 'bigint' ? checkedInt(-value) : typeof value === 'number' ? -value : undefined),
};
