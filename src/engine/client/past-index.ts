/**
 * What was in the indexes of a kind at a revision behind the head. Kept while a component's cache stays there, and read on when the head
 * moves: going through all changes at each question would cost the square of a burst.
 */
import type { KubeObject } from '../api/meta';
import type { Store } from '../store/store';

/** See the header. */
export class PastIndex {
  private upTo: number;
  /** Of each key that has changed since, what it was. */
  private readonly before = new Map<string, KubeObject | undefined>();
  private readonly indexes = new Map<string, Map<string, Set<string>>>();

  constructor(
    private readonly store: Store<KubeObject>,
    private readonly kind: string,
    readonly revision: number,
  ) {
    this.upTo = revision;
  }

  /** What was under a value, by key, in no order. */
  find(index: string, value: string): ReadonlyMap<string, KubeObject> {
    const { store, kind, before } = this;
    this.readOn();
    const found = new Map<string, KubeObject>();
    for (const key of this.keysBefore(index).get(value) ?? []) found.set(key, before.get(key) as KubeObject);
    for (const key of store.indexKeys(kind, index, value)) {
      if (!before.has(key)) found.set(key, store.get(kind, key) as KubeObject);
    }
    return found;
  }

  private readOn(): void {
    for (const { key, previous } of this.store.changes(this.kind, this.upTo, this.store.revision)) {
      if (this.before.has(key)) continue;
      this.before.set(key, previous);
      for (const [index, keys] of this.indexes) this.note(index, keys, key, previous);
    }
    this.upTo = this.store.revision;
  }

  private keysBefore(index: string): ReadonlyMap<string, ReadonlySet<string>> {
    let keys = this.indexes.get(index);
    if (!keys) {
      keys = new Map();
      for (const [key, previous] of this.before) this.note(index, keys, key, previous);
      this.indexes.set(index, keys);
    }
    return keys;
  }

  private note(index: string, keys: Map<string, Set<string>>, key: string, previous: KubeObject | undefined): void {
    for (const value of previous ? this.store.indexValues(this.kind, index, previous) : []) {
      const under = keys.get(value);
      if (under) under.add(key);
      else keys.set(value, new Set([key]));
    }
  }
}
