/**
 * A map that forgets what was not put for longest once it holds too much (an LRU cache), remembered as the chain of all puts: what
 * it holds at any moment is one reference to a value that never changes, so saving costs nothing however much it holds.
 */

/** The putting of one key, with the ones before it. */
export interface Put<V> {
  readonly key: string;
  readonly value: V;
  readonly earlier: Put<V> | undefined;
}

/** See the header. */
export class RecentMap<V> {
  /** In the order in which they were put; made when it is first needed. */
  private entries: Map<string, V> | undefined;

  constructor(
    private readonly most: number,
    private latest?: Put<V>,
  ) {}

  get(key: string): V | undefined {
    return this.held().get(key);
  }

  put(key: string, value: V): void {
    const entries = this.held();
    this.latest = { key, value, earlier: this.latest };
    entries.delete(key);
    entries.set(key, value);
    if (entries.size <= this.most) return;
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      return;
    }
  }

  /** What a map like this one can be made of. */
  save(): Put<V> | undefined {
    return this.latest;
  }

  private held(): Map<string, V> {
    if (this.entries) return this.entries;
    const kept = new Map<string, V>();
    for (let put = this.latest; put && kept.size < this.most; put = put.earlier) {
      if (!kept.has(put.key)) kept.set(put.key, put.value);
    }
    this.entries = new Map([...kept].reverse());
    return this.entries;
  }
}
