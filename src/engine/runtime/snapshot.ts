/**
 * Copies what a component has for a checkpoint: containers are copied, the values in them shared, since the memory
 * rule (client/component.ts) says that values are replaced and never mutated. Records are copied so deep that a part of a part of
 * memory (`memory.queue.waiting`) is safe too. What is as the checkpoint before has it is shared with that.
 */
import type { Kept } from '../api/kept';
import { withoutRoom } from '../kernel/in-one-piece';
import { SavedMap } from './saved-map';

const NOTHING: readonly unknown[] = [];
/** Lists of so many items are looked for among those copied before. */
const LONG_LIST = 5;

/** How deep records are copied: the snapshot, memory, a part of it, and a part of that. */
const DEPTH = 4;

/** What one checkpoint comes to. */
export interface CopyCount {
  /** The entries that were copied, not shared: what it costs. */
  entries: number;
  /** Lists that were copied: many components wait for the same changes. */
  readonly lists: (readonly unknown[])[];
}

/** Nothing was copied yet. */
export function newCopyCount(): CopyCount {
  return { entries: 0, lists: [] };
}

/** A snapshot of a `T`, whose parts are to be made ones again by {@link restored}. */
export type Saved<T> = Readonly<T>;

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

function saveList(value: readonly unknown[], count: CopyCount): readonly unknown[] {
  if (value.length === 0) return NOTHING;
  const isLong = value.length >= LONG_LIST;
  const same = isLong && count.lists.find((list) => isSameList(value, list));
  if (same) return same;
  count.entries += value.length;
  const copy = withoutRoom(value);
  if (isLong) count.lists.push(copy);
  return copy;
}

type Fields = Record<string, unknown>;

/** So many differences may lie between a saved record and one that is kept whole. */
const LONGEST_CHAIN = 24;

/** A record as it is kept: of many fields few change, so that it is what is otherwise than in the one before. */
class SavedRecord {
  private constructor(
    /** Its fields with nothing in them, laid out as engines know them: shared by what was saved before and after. */
    readonly shape: Readonly<Fields>,
    private readonly base: SavedRecord | undefined,
    /** Places of fields and their values by turns, or all values when there is no base. */
    private readonly put: readonly unknown[],
    private readonly chain: number,
    /** All values, while nothing was saved on top of this. */
    private whole: readonly unknown[] | undefined,
  ) {}

  static of(value: Fields, depth: number, before: unknown, count: CopyCount): SavedRecord {
    const names = Object.keys(value);
    const known = before instanceof SavedRecord && isSameList(names, Object.keys(before.shape)) ? before : undefined;
    const old = known?.values();
    const values = names.map((name, at) => save(value[name], depth - 1, old?.[at], count));
    if (!known || !old) return new SavedRecord(emptied(value), undefined, values, 0, values);
    const put = values.flatMap((item, at) => (Object.is(item, old[at]) ? [] : [at, item]));
    if (put.length === 0) return known;
    known.whole = undefined;
    if (put.length >= values.length || known.chain >= LONGEST_CHAIN)
      return new SavedRecord(known.shape, undefined, values, 0, values);
    return new SavedRecord(known.shape, known, withoutRoom(put), known.chain + 1, values);
  }

  restore(): Fields {
    const { shape } = this;
    const values = this.values();
    const record = { ...shape };
    Object.keys(shape).forEach((name, at) => {
      record[name] = restored(values[at]);
    });
    return record;
  }

  /** One field as it is kept. */
  part(name: string): unknown {
    return this.values()[Object.keys(this.shape).indexOf(name)];
  }

  private values(): readonly unknown[] {
    if (this.whole) return this.whole;
    if (!this.base) return this.put;
    const values = this.base.values().slice();
    for (let at = 0; at < this.put.length; at += 2) values[this.put[at] as number] = this.put[at + 1];
    return values;
  }
}

function emptied(value: Fields): Fields {
  const shape = { ...value };
  for (const name of Object.keys(shape)) shape[name] = undefined;
  return shape;
}

function save(value: unknown, depth: number, before: unknown, count: CopyCount): unknown {
  if (value === before || value === null || typeof value !== 'object') return value;
  if (value instanceof Map) return saveMap(value, before, count);
  if (value instanceof Set) {
    if (before instanceof Set && before.size === value.size && sameOrder(value, before)) return before;
    count.entries += value.size;
    return new Set(value);
  }
  if (Array.isArray(value)) {
    return Array.isArray(before) && isSameList(value, before) ? before : saveList(value, count);
  }
  if (depth === 0) return value;
  return SavedRecord.of(value as Fields, depth, before, count);
}

/** A copy that later work can't change, sharing with an earlier copy what is as it was then. */
export function saved<T extends object>(original: T, before: Saved<T> | undefined, count: CopyCount): Saved<T> {
  const copy = { ...original };
  let isSame = before !== undefined;
  for (const [field, value] of Object.entries(original) as [keyof T, unknown][]) {
    copy[field] = save(value, DEPTH - 1, before?.[field], count) as T[keyof T];
    if (copy[field] !== before?.[field]) isSame = false;
  }
  return isSame && before ? before : copy;
}

/** Gives the values of a Map in memory their least room, in the Map itself, so that what goes on and what is kept are the same. */
export function layOut(memory: Fields, name: string | undefined, before: unknown, kept: Pick<Kept, 'laidOut'>): void {
  if (name === undefined) return;
  const map = memory[name] as Map<unknown, unknown>;
  const saved = before instanceof SavedRecord ? before.part(name) : undefined;
  const known = saved instanceof SavedMap ? saved : undefined;
  for (const [key, value] of map) {
    const own = kept.laidOut(value, known?.get(key));
    if (own !== value) map.set(key, own);
  }
}

/** A part of what was saved, to go on with. */
export function restored<T>(part: T): T;
export function restored(part: unknown): unknown {
  if (part instanceof SavedMap || part instanceof SavedRecord) return part.restore();
  if (part instanceof Set) return new Set(part);
  return Array.isArray(part) ? part.slice() : part;
}
