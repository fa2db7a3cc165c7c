/**
 * A map that forgets what was not put for longest once it holds too much (an LRU cache), remembered as the chain of all puts: what
 * it holds at any moment is one reference to a value that never changes, so saving costs nothing however much it holds.
 */

/** What was put for one key, with what was put before it, whatever for. */
export interface Put {
  readonly key: string;
  readonly earlier: Put | undefined;
}

/** A map that was saved answers questions by going back through so many puts altogether, before it is made whole. */
const MOST_VISITS = 65_536;

/** See the header. */
export class RecentMap<V extends Put> {
  /** The latest put of each key, in order; made when it pays. */
  private entries: Map<string, V> | undefined;
  private visits = 0;

  constructor(
    private readonly most: number,
    private latest?: V,
  ) {}

  /** The latest put of a key, if it is not forgotten. Nothing was put for it before one that is `tooOld`. */
  find(key: string, tooOld: (put: V) => boolean = () => false): V | undefined {
    if (!this.entries && this.visits < MOST_VISITS) {
      let put = this.latest;
      let seen = 0;
      for (; put && seen < this.most && put.key !== key && !tooOld(put); seen++) put = put.earlier as V;
      this.visits += seen;
      if (seen < this.most) return put?.key === key ? put : undefined;
    }
    return this.whole().get(key);
  }

  /** Puts what says that it comes after {@link save}. */
  put(latest: V): void {
    this.latest = latest;
    const { entries } = this;
    if (!entries) return;
    entries.delete(latest.key);
    entries.set(latest.key, latest);
    if (entries.size <= this.most) return;
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      return;
    }
  }

  /** What a map like this one can be made of. */
  save(): V | undefined {
    return this.latest;
  }

  private whole(): Map<string, V> {
    if (this.entries) return this.entries;
    const kept = new Map<string, V>();
    for (let put = this.latest; put && kept.size < this.most; put = put.earlier as V | undefined) {
      if (!kept.has(put.key)) kept.set(put.key, put);
    }
    this.entries = new Map([...kept].reverse());
    return this.entries;
  }
}
