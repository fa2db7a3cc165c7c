/**
 * Plain JSON data: comparing, cloning, freezing. Stored objects share unchanged parts, so identity settles most
 * comparisons at once. A field that is undefined counts as absent, as it would after a trip through JSON.
 */

/** Whether it has fields or items. */
export function isObject(value: unknown): value is Record<string, unknown> {
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

/** Structural equality of plain JSON data, whatever the order of keys; of maps, which derived values hold, in their order. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Array.isArray(left)) return Array.isArray(right) && arraysEqual(left, right);
  if (left instanceof Map) return right instanceof Map && arraysEqual([...left], [...right]);
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

/** Freezes the value and all it contains, stopping at what is frozen already. Returns the value. */
export function deepFreeze<T>(value: T): T {
  if (isObject(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key in value) deepFreeze((value as Record<string, unknown>)[key]);
  }
  return value;
}
