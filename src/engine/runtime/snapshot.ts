/**
 * Copies what a component has for a checkpoint: containers are copied, the values in them shared, since the memory
 * rule (client/component.ts) says that values are replaced and never mutated. Records are copied so deep that a part of a part of
 * memory (`memory.queue.waiting`) is safe too. What is as the checkpoint before has it is shared with that, so that checkpoints can
 * stand close together.
 */

/** How deep records are copied: the snapshot, memory, a part of it, and a part of that. */
const DEPTH = 4;

/** Counts the entries that were copied, not shared: what a checkpoint costs. */
export interface CopyCount {
  entries: number;
}

function sameOrder(left: Iterable<unknown>, right: Iterable<unknown>): boolean {
  const others = right[Symbol.iterator]();
  for (const item of left) if (!Object.is(item, others.next().value)) return false;
  return true;
}

/** Whether two containers hold the same in the same order. Maps are compared by keys and values. */
function isSame(value: unknown, before: unknown): boolean {
  if (value instanceof Map) {
    if (!(before instanceof Map) || before.size !== value.size) return false;
    return sameOrder(value.keys(), before.keys()) && sameOrder(value.values(), before.values());
  }
  if (value instanceof Set) return before instanceof Set && before.size === value.size && sameOrder(value, before);
  return (
    Array.isArray(before) && before.length === (value as unknown[]).length && sameOrder(value as unknown[], before)
  );
}

function copyRecord(value: object, depth: number, before: unknown, count: CopyCount): object {
  const known = before !== null && typeof before === 'object' ? (before as Record<string, unknown>) : {};
  const copy: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) {
    copy[field] = copyContainer(inner, depth - 1, known[field], count);
  }
  const same = sameOrder(Object.keys(copy), Object.keys(known)) && sameOrder(Object.values(copy), Object.values(known));
  return same && Object.keys(copy).length === Object.keys(known).length ? known : copy;
}

function copyContainer(value: unknown, depth: number, before: unknown, count: CopyCount): unknown {
  if (value === before) return before;
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    if (isSame(value, before)) return before;
    count.entries += Array.isArray(value) ? value.length : value.size;
    if (value instanceof Map) return new Map(value);
    return value instanceof Set ? new Set(value) : value.slice();
  }
  if (value === null || typeof value !== 'object' || depth === 0) return value;
  return copyRecord(value, depth, before, count);
}

/** A copy that later work of the component can't change, sharing with an earlier copy what is as it was then. */
export function snapshotOf<T extends object>(original: T, before?: T, count: CopyCount = { entries: 0 }): T {
  return copyContainer(original, DEPTH, before, count) as T;
}
