/**
 * Copies what a component has for a checkpoint: containers are copied, the values in them shared, since the memory
 * rule (client/component.ts) says that values are replaced and never mutated. Records are copied so deep that a part of a part of
 * memory (`memory.queue.waiting`) is safe too. What is as the checkpoint before has it is shared with that.
 */
import { SavedMap } from './saved-map';

/** How deep records are copied: the snapshot, memory, a part of it, and a part of that. */
const DEPTH = 4;

/** Counts the entries that were copied, not shared: what a checkpoint costs. */
export interface CopyCount {
  entries: number;
}

/** A snapshot of a `T`: to be made one again by {@link restored}. */
export interface Saved<T> {
  readonly of: T;
}

function sameOrder(left: Iterable<unknown>, right: Iterable<unknown>): boolean {
  const others = right[Symbol.iterator]();
  for (const item of left) if (!Object.is(item, others.next().value)) return false;
  return true;
}

function saveMap(value: ReadonlyMap<unknown, unknown>, before: unknown, count: CopyCount): SavedMap {
  const saved = SavedMap.of(value, before instanceof SavedMap ? before : undefined);
  if (saved !== before) count.entries += saved.cost;
  return saved;
}

function saveRecord(value: object, depth: number, before: unknown, count: CopyCount): object {
  const known = before !== null && typeof before === 'object' ? (before as Record<string, unknown>) : {};
  const copy: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) copy[field] = save(inner, depth - 1, known[field], count);
  const same = sameOrder(Object.keys(copy), Object.keys(known)) && sameOrder(Object.values(copy), Object.values(known));
  return same && Object.keys(copy).length === Object.keys(known).length ? known : copy;
}

function save(value: unknown, depth: number, before: unknown, count: CopyCount): unknown {
  if (value === before) return before;
  if (value instanceof Map) return saveMap(value, before, count);
  if (value instanceof Set) {
    if (before instanceof Set && before.size === value.size && sameOrder(value, before)) return before;
    count.entries += value.size;
    return new Set(value);
  }
  if (Array.isArray(value)) {
    if (Array.isArray(before) && before.length === value.length && sameOrder(value, before)) return before;
    count.entries += value.length;
    return value.slice();
  }
  if (value === null || typeof value !== 'object' || depth === 0) return value;
  return saveRecord(value, depth, before, count);
}

function restore(value: unknown, depth: number): unknown {
  if (value instanceof SavedMap) return value.restore();
  if (value instanceof Set) return new Set(value);
  if (Array.isArray(value)) return value.slice();
  if (value === null || typeof value !== 'object' || depth === 0) return value;
  const copy: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(value)) copy[field] = restore(inner, depth - 1);
  return copy;
}

/** A copy that later work can't change, sharing with an earlier copy what is as it was then. */
export function saved<T extends object>(original: T, before: Saved<T> | undefined, count: CopyCount): Saved<T> {
  const known = before?.of;
  const copy = save(original, DEPTH, known, count) as T;
  return before && copy === known ? before : { of: copy };
}

/** What was saved, to go on with. */
export function restored<T extends object>({ of }: Saved<T>): T {
  return restore(of, DEPTH) as T;
}
