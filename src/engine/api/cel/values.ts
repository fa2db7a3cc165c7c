/**
 * Values of CEL: whole numbers are bigint, doubles number, lists arrays, maps Map or plain JSON objects, which are read as they are: what
 * in them is a whole number is one when it is taken out. Follows cel-go/common/types.
 */
/** A span of time, in nanoseconds. */
export class CelDuration {
  constructor(readonly nanos: bigint) {}
}

/** A moment, in ms since 1970. */
export class CelTimestamp {
  constructor(readonly ms: number) {}
}

/** A quantity of Kubernetes, in billionths. */
export class CelQuantity {
  constructor(readonly nano: bigint) {}
}

/** A value of one of Kubernetes' libraries: an address, a URL, a version, a format. Of one type, equal texts are equal values. */
export class CelObject {
  constructor(
    readonly type: string,
    readonly text: string,
    readonly parts: unknown,
  ) {}
}

/** A value that may be missing. */
export class CelOptional {
  constructor(readonly value: unknown) {}
}

/** A type, as type() gives it. */
export class CelType {
  constructor(readonly name: string) {}
}

/** A mistake while an expression is evaluated, in cel-go's words. */
export class CelError extends Error {}

/** Another operator, function or order of arguments was meant. */
export const noOverload = (): CelError => new CelError('no such overload');

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

/** A whole number within its bounds. */
export function checkedInt(value: bigint): bigint {
  if (value > MAX_INT || value < MIN_INT) throw new CelError('integer overflow');
  return value;
}

/** A text. */
export const isText = (value: unknown): value is string => typeof value === 'string';

/** A whole number. */
export const isInt = (value: unknown): value is bigint => typeof value === 'bigint';

/** A whole number or a double. */
export const isNumber = (value: unknown): value is bigint | number =>
  typeof value === 'bigint' || typeof value === 'number';

/** A value as it is taken out of JSON. */
export function fromJson(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

/** A map, whichever way it is kept: its keys. Undefined for anything else. */
export function keysOf(value: unknown): unknown[] | undefined {
  if (value instanceof Map) return [...value.keys()];
  return isPlain(value) ? Object.keys(value).filter((key) => value[key] !== undefined) : undefined;
}

/** A JSON object. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Map) return false;
  return !(
    value instanceof CelDuration ||
    value instanceof CelTimestamp ||
    value instanceof CelQuantity ||
    value instanceof CelOptional ||
    value instanceof CelObject ||
    value instanceof CelType
  );
}

/** What a map holds under a key, or undefined. */
export function valueUnder(map: unknown, key: unknown): unknown {
  if (map instanceof Map) return map.get(key);
  if (!isPlain(map) || typeof key !== 'string' || !Object.hasOwn(map, key) || map[key] === undefined) return undefined;
  return fromJson(map[key]);
}

/** Whether two values are the same; numbers by what they are worth. `spend` is called for each part. */
export function equalValues(left: unknown, right: unknown, spend: (cost: number) => void): boolean {
  spend(1);
  const [a, b] = [fromJson(left), fromJson(right)];
  if (isNumber(a)) return isNumber(b) && Number(a) === Number(b) && (typeof a !== typeof b || a === b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => equalValues(item, b[at], spend));
  }
  if (a instanceof CelDuration) return b instanceof CelDuration && a.nanos === b.nanos;
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp && a.ms === b.ms;
  if (a instanceof CelQuantity) return b instanceof CelQuantity && a.nano === b.nano;
  if (a instanceof CelObject) return b instanceof CelObject && a.type === b.type && a.text === b.text;
  if (a instanceof CelType) return b instanceof CelType && a.name === b.name;
  if (a instanceof CelOptional) return b instanceof CelOptional && equalValues(a.value, b.value, spend);
  const keys = keysOf(a);
  if (!keys) return a === b;
  const others = keysOf(b);
  if (!others || others.length !== keys.length) return false;
  return keys.every((key) => {
    const other = valueUnder(b, key);
    return other !== undefined && equalValues(valueUnder(a, key), other, spend);
  });
}

/** Below zero, zero or above: how two values of one kind stand to each other. */
export function compareValues(left: unknown, right: unknown): number {
  const [a, b] = [orderOf(left), orderOf(right)];
  const isOneKind = typeNameOf(left) === typeNameOf(right) || (isNumber(left) && isNumber(right));
  if (a === undefined || b === undefined || !isOneKind) throw noOverload();
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderOf(value: unknown): bigint | number | string | undefined {
  if (value instanceof CelDuration) return value.nanos;
  if (value instanceof CelQuantity) return value.nano;
  if (value instanceof CelTimestamp) return value.ms;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof CelObject && value.type === 'bytes') return value.text;
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** Types by the names that expressions call them by. */
export const TYPE_NAMES: readonly string[] = 'int,uint,double,bool,string,bytes,list,map,null_type,type'.split(',');

/** The name of a value's type. */
export function typeNameOf(value: unknown): string {
  if (value === null) return 'null_type';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'list';
  if (value instanceof CelDuration) return 'google.protobuf.Duration';
  if (value instanceof CelTimestamp) return 'google.protobuf.Timestamp';
  if (value instanceof CelQuantity) return 'kubernetes.Quantity';
  if (value instanceof CelOptional) return 'optional_type';
  if (value instanceof CelObject) return value.type;
  return value instanceof CelType ? 'type' : 'map';
}
