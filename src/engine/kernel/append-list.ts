/**
 * A list that only grows, kept in chunks, so that a copy of its beginning shares every full chunk and costs next to nothing: how
 * branches of time share their past. A copy holds nothing of what the original appends later.
 */
import { withoutRoom } from './in-one-piece';

const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;
const MASK = CHUNK - 1;

/** See the header. */
export class AppendList<T> {
  private chunks: T[][] = [];
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(item: T): void {
    const place = this.count & MASK;
    const last = this.chunks.length - 1;
    if (place === 0) this.chunks.push([item]);
    else (this.chunks[last] as T[]).push(item);
    if (place === MASK) this.chunks[last] = withoutRoom(this.chunks[last] as T[]);
    this.count++;
  }

  /** The item at an index; undefined outside. */
  at(index: number): T | undefined {
    return this.chunks[index >> CHUNK_BITS]?.[index & MASK];
  }

  /** The items with `from <= index < to`. */
  slice(from: number, to: number): T[] {
    const start = Math.max(0, from);
    const end = Math.min(this.count, to);
    const items: T[] = [];
    for (let index = start; index < end; ) {
      const chunk = this.chunks[index >> CHUNK_BITS] as T[];
      const part = chunk.slice(index & MASK, (index & MASK) + end - index);
      for (const item of part) items.push(item);
      index += part.length;
    }
    return items;
  }

  /** The first index whose item satisfies a predicate that holds from some index on; the length when none does. */
  firstIndex(holds: (item: T) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.at(middle) as T)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** A list of its own with the first `length` items. */
  fork(length: number): AppendList<T> {
    const copy = new AppendList<T>();
    const full = length >> CHUNK_BITS;
    copy.chunks = this.chunks.slice(0, full);
    if ((length & MASK) > 0) copy.chunks.push((this.chunks[full] as T[]).slice(0, length & MASK));
    copy.count = length;
    return copy;
  }
}
