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

/** A snapshot of a `T`, whose parts are to be made ones again by {@link restored}. */
export interface Saved<T> {
  readonly of: T;
}

function sameOrder(left: Iterable<unknown>, right: Iterable<unknown>): boolean {
  const others = right[Symbol.iterator]();
  for (const item of left) if (!Object.is(item, others.next().value)) return false;
  return true;
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, at) => Object.is(item, right[at]));
}

function saveMap(value: ReadonlyMap<unknown, unknown>, before: unknown, count: CopyCount): SavedMap {
  const saved = SavedMap.of(value, before instanceof SavedMap ? before : undefined);
  if (saved !== before) count.entries += saved.cost;
  return saved;
}

type Fields = Record<string, unknown>;

/** A record as it is kept: engines take a lot for one of many fields that were put into it one after the other. */
class SavedRecord {
  constructor(
    /** Its fields with nothing in them, laid out as engines know them: shared by what was saved before and after. */
    readonly shape: Readonly<Fields>,
    readonly values: readonly unknown[],
  ) {}

  static of(value: Fields, depth: number, before: unknown, count: CopyCount): SavedRecord {
    const names = Object.keys(value);
    const known = before instanceof SavedRecord && isSameList(names, Object.keys(before.shape)) ? before : undefined;
    const values = names.map((name, at) => save(value[name], depth - 1, known?.values[at], count));
    if (known && isSameList(values, known.values)) return known;
    return new SavedRecord(known?.shape ?? emptied(value), values);
  }

  restore(): Fields {
    const { shape, values } = this;
    const record = { ...shape };
    Object.keys(shape).forEach((name, at) => {
      record[name] = restored(values[at]);
    });
    return record;
  }
}

function emptied(value: Fields): Fields {
  const shape = { ...value };
  for (const name of Object.keys(shape)) shape[name] = undefined;
  return shape;
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
    if (Array.isArray(before) && isSameList(value, before)) return before;
    count.entries += value.length;
    return value.slice();
  }
  if (value === null || typeof value !== 'object' || depth === 0) return value;
  return SavedRecord.of(value as Fields, depth, before, count);
}

/** A copy that later work can't change, sharing with an earlier copy what is as it was then. */
export function saved<T extends object>(original: T, before: Saved<T> | undefined, count: CopyCount): Saved<T> {
  const copy: Partial<T> = {};
  let isSame = before !== undefined;
  for (const [field, value] of Object.entries(original) as [keyof T, unknown][]) {
    copy[field] = save(value, DEPTH - 1, before?.of[field], count) as T[keyof T];
    if (copy[field] !== before?.of[field]) isSame = false;
  }
  return isSame && before ? before : { of: copy as T };
}

/** A part of what was saved, to go on with. */
export function restored<T>(part: T): T;
export function restored(part: unknown): unknown {
  if (part instanceof SavedMap || part instanceof SavedRecord) return part.restore();
  if (part instanceof Set) return new Set(part);
  return Array.isArray(part) ? part.slice() : part;
}
