/**
 * A Map as checkpoints keep it: what is otherwise than in the checkpoint before. Most of what a component remembers stays as it is from
 * one checkpoint to the next, so that they can stand close together. Order counts, for a Map is gone through in it.
 */
import { withoutRoom } from '../kernel/in-one-piece';

const NOTHING: readonly unknown[] = [];

/** So many differences may lie between a saved Map and one that is kept whole. */
const LONGEST_CHAIN = 24;

/** See the header. Immutable, but for what it remembers to be quick. */
export class SavedMap {
  /** The whole, while nothing was saved on top of this. */
  private whole: Map<unknown, unknown> | undefined;

  private constructor(
    private readonly base: SavedMap | undefined,
    /** Keys that went away, or to the end. */
    private readonly removed: readonly unknown[],
    /** Keys and their values by turns: replaced, or new at the end. */
    private readonly put: readonly unknown[],
    private readonly chain: number,
  ) {}

  /** How many entries were saved. */
  get cost(): number {
    return this.removed.length + this.put.length / 2;
  }

  /** Saves a Map; returns `before` itself when it holds the same in the same order. */
  static of(map: ReadonlyMap<unknown, unknown>, before: SavedMap | undefined): SavedMap {
    if (!before)
      return SavedMap.keeping(new SavedMap(undefined, NOTHING, withoutRoom([...map].flat()), 0), new Map(map));
    if (before.chain >= LONGEST_CHAIN) return isSame(map, before.contents()) ? before : before.followed(map);
    const known = before.contents();
    const removed: unknown[] = [];
    const put: unknown[] = [];
    const entries = map.entries();
    let next = entries.next();
    for (const [key, value] of known) {
      if (next.done || next.value[0] !== key) {
        removed.push(key);
        continue;
      }
      if (!Object.is(next.value[1], value)) put.push(key, next.value[1]);
      next = entries.next();
    }
    for (; !next.done; next = entries.next()) put.push(next.value[0], next.value[1]);
    if (removed.length === 0 && put.length === 0) return before;
    if (removed.length + put.length > map.size) return before.followed(map);
    before.whole = undefined;
    const away = removed.length === 0 ? NOTHING : withoutRoom(removed);
    return SavedMap.keeping(new SavedMap(before, away, withoutRoom(put), before.chain + 1), apply(known, removed, put));
  }

  /** What is saved after this, as a whole: this one need not be quick any more. */
  private followed(map: ReadonlyMap<unknown, unknown>): SavedMap {
    this.whole = undefined;
    return SavedMap.of(map, undefined);
  }

  /** One of the values that were saved. */
  get(key: unknown): unknown {
    this.whole ??= this.madeWhole();
    return this.whole.get(key);
  }

  /** The Map that was saved, to go on with. */
  restore(): Map<unknown, unknown> {
    return this.whole ? new Map(this.whole) : this.madeWhole();
  }

  private static keeping(saved: SavedMap, whole: Map<unknown, unknown>): SavedMap {
    saved.whole = whole;
    return saved;
  }

  private contents(): Map<unknown, unknown> {
    return this.whole ?? this.madeWhole();
  }

  /** A Map of its own: a copy of the nearest whole below, with all differences since. */
  private madeWhole(): Map<unknown, unknown> {
    const differences: SavedMap[] = [];
    let below: SavedMap | undefined = this;
    for (; below && !below.whole; below = below.base) differences.push(below);
    const whole = new Map(below?.whole);
    for (const { removed, put } of differences.reverse()) apply(whole, removed, put);
    return whole;
  }
}

function isSame(left: ReadonlyMap<unknown, unknown>, right: ReadonlyMap<unknown, unknown>): boolean {
  if (left.size !== right.size) return false;
  const others = right.entries();
  for (const [key, value] of left) {
    const other = others.next().value as [unknown, unknown];
    if (key !== other[0] || !Object.is(value, other[1])) return false;
  }
  return true;
}

/** Takes differences into account, in place. */
function apply(
  map: Map<unknown, unknown>,
  removed: readonly unknown[],
  put: readonly unknown[],
): Map<unknown, unknown> {
  for (const key of removed) map.delete(key);
  for (let index = 0; index < put.length; index += 2) map.set(put[index], put[index + 1]);
  return map;
}
