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

/** A map that was saved answers questions by going back through so many puts altogether, before it is made whole. */
const MOST_VISITS = 65_536;

/** See the header. */
export class RecentMap<V> {
  /** The latest put of each key, in order; made when it pays. */
  private entries: Map<string, Put<V>> | undefined;
  private visits = 0;

  constructor(
    private readonly most: number,
    private latest?: Put<V>,
  ) {}

  /** The latest put of a key, if it is not forgotten. Nothing was put for it before a value that is `tooOld`. */
  find(key: string, tooOld: (value: V) => boolean = () => false): Put<V> | undefined {
    if (!this.entries && this.visits < MOST_VISITS) {
      let put = this.latest;
      let seen = 0;
      for (; put && seen < this.most && put.key !== key && !tooOld(put.value); seen++) put = put.earlier;
      this.visits += seen;
      if (!put || put.key !== key) return seen < this.most ? undefined : this.whole().get(key);
      if (seen < this.most) return put;
    }
    return this.whole().get(key);
  }

  put(key: string, value: V): void {
    this.latest = { key, value, earlier: this.latest };
    const { entries } = this;
    if (!entries) return;
    entries.delete(key);
    entries.set(key, this.latest);
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

  private whole(): Map<string, Put<V>> {
    if (this.entries) return this.entries;
    const kept = new Map<string, Put<V>>();
    for (let put = this.latest; put && kept.size < this.most; put = put.earlier) {
      if (!kept.has(put.key)) kept.set(put.key, put);
    }
    this.entries = new Map([...kept].reverse());
    return this.entries;
  }
}
