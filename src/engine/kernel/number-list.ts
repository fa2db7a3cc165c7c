/**
 * A list of numbers that only grows, as append-list.ts, in so many bytes each as they need: what a history keeps of every step.
 */

const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;
const MASK = CHUNK - 1;

type Numbers = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** See the header. */
export class NumberList {
  private chunks: Numbers[] = [];
  private count = 0;

  /** @param Chunk what holds the numbers: any, or whole ones below 2³² in half the room */
  constructor(private readonly Chunk: typeof Uint32Array | typeof Float64Array) {}

  get length(): number {
    return this.count;
  }

  push(item: number): void {
    const place = this.count & MASK;
    if (place === 0) this.chunks.push(new this.Chunk(CHUNK));
    (this.chunks[this.count >> CHUNK_BITS] as Numbers)[place] = item;
    this.count++;
  }

  /** The number at an index; undefined outside. */
  at(index: number): number | undefined {
    return index >= 0 && index < this.count ? this.chunks[index >> CHUNK_BITS]?.[index & MASK] : undefined;
  }

  /** The first index whose number satisfies a predicate that holds from some index on; the length when none does. */
  firstIndex(holds: (item: number) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.at(middle) as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** A list of its own with the first `length` numbers. */
  fork(length: number): NumberList {
    const copy = new NumberList(this.Chunk);
    const full = length >> CHUNK_BITS;
    copy.chunks = this.chunks.slice(0, full);
    if ((length & MASK) > 0) copy.chunks.push((this.chunks[full] as Numbers).slice());
    copy.count = length;
    return copy;
  }
}
