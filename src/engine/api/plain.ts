/**
 * Plain JSON data: comparing, cloning, freezing. Stored objects share unchanged parts, so identity settles most
 * comparisons at once. A field that is undefined counts as absent, as it would after a trip through JSON.
 */

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What a map keyed by users' words holds under a key; what every object inherits (`constructor`) is not in it. */
export function valueIn<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Puts a value under a key that users chose, which may be `__proto__`. */
export function putIn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  } else map[key] = value;
}

/** Structural equality of plain JSON data, whatever the order of keys. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Array.isArray(left)) return Array.isArray(right) && arraysEqual(left, right);
  return !Array.isArray(right) && recordsEqual(left, right);
}

function arraysEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (!deepEqual(left[index], right[index])) return false;
  }
  return true;
}

function recordsEqual(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  let present = 0;
  for (const key in left) {
    if (left[key] === undefined) continue;
    present++;
    if (!deepEqual(left[key], right[key])) return false;
  }
  for (const key in right) {
    if (right[key] !== undefined) present--;
  }
  return present === 0;
}

/** A copy that shares nothing with the original; undefined fields are left out. */
export function clonePlain<T>(value: T): T {
  return cloneValue(value) as T;
}

function cloneValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(cloneValue);
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    const field = value[key];
    if (field === undefined) continue;
    putIn(copy, key, isObject(field) ? cloneValue(field) : field);
  }
  return copy;
}

/**
 * The value, with every part that is as in an earlier one, down to the order of its fields, taken from there: versions of an object
 * share what stays. Returns `earlier` itself when all is the same; changes neither.
 */
export function sharing<T>(value: T, earlier: unknown): T {
  if (value === earlier || !isObject(value) || !isObject(earlier)) return value;
  if (Array.isArray(value) !== Array.isArray(earlier)) return value;
  const keys = Object.keys(value);
  const others = Object.keys(earlier);
  let isSame = keys.length === others.length;
  let copy: Record<string, unknown> | undefined;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    const before = valueIn(earlier, key);
    const part = sharing(value[key], before);
    if (part !== before || key !== others[index]) isSame = false;
    if (part === value[key]) continue;
    copy ??= (Array.isArray(value) ? value.slice() : { ...value }) as Record<string, unknown>;
    putIn(copy, key, part);
  }
  return (isSame ? earlier : (copy ?? value)) as T;
}

/** Freezes the value and all it contains, stopping at what is frozen already. Returns the value. */
export function deepFreeze<T>(value: T): T {
  if (isObject(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key in value) deepFreeze((value as Record<string, unknown>)[key]);
  }
  return value;
}
