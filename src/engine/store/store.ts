/**
 * An etcd-like store: one counter of revisions over all keys, every version of every key kept, values immutable.
 * Looking back is reading at a revision; nothing is ever undone. Keys are unique within their kind. Compaction forgets
 * versions that no revision from the floor on can see, as etcd's does. It knows nothing of Kubernetes.
 */

/** One change: what a key held before (`previous`) and holds since `revision` (`value`; undefined = deleted). */
export interface LogEntry<V> {
  readonly revision: number;
  readonly step: number;
  readonly atMs: number;
  readonly kind: string;
  readonly key: string;
  readonly value: V | undefined;
  readonly previous: V | undefined;
}

/** A named index over a kind: the values under which an object can be found. */
export interface IndexDefinition<V> {
  readonly name: string;
  readonly kind: string;
  readonly valuesOf: (value: V) => readonly string[];
}

interface Versions<V> {
  readonly revisions: number[];
  readonly values: (V | undefined)[];
}

interface KindTable<V> {
  /** Live keys only. */
  readonly head: Map<string, V>;
  /** Every key ever seen. */
  readonly versions: Map<string, Versions<V>>;
  readonly log: LogEntry<V>[];
  readonly indexes: Map<string, Map<string, Set<string>>>;
}

/** Index of the first element of `sorted` greater than `target`. */
export function upperBound(sorted: ArrayLike<number>, target: number, length = sorted.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= target) low = middle + 1;
    else high = middle;
  }
  return low;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The revisioned map. `V` is any immutable value. */
export class Store<V> {
  private readonly tables = new Map<string, KindTable<V>>();
  private readonly entries: LogEntry<V>[] = [];
  private floor = 0;

  constructor(private readonly definitions: readonly IndexDefinition<V>[] = []) {}

  /** The latest revision; 0 before the first write. */
  get revision(): number {
    return this.floor + this.entries.length;
  }

  /** The oldest revision that can still be read. */
  get compactedRevision(): number {
    return this.floor;
  }

  /** Writes a value (undefined deletes) and returns the change. `revision` of the new entry is always `this.revision + 1`. */
  write(kind: string, key: string, value: V | undefined, step: number, atMs: number): LogEntry<V> {
    const table = this.table(kind);
    const previous = table.head.get(key);
    const entry: LogEntry<V> = { revision: this.revision + 1, step, atMs, kind, key, value, previous };
    this.append(table, entry);
    return entry;
  }

  /** The value at the head. */
  get(kind: string, key: string): V | undefined {
    return this.tables.get(kind)?.head.get(key);
  }

  /** The value as of a revision. */
  getAt(kind: string, key: string, revision: number): V | undefined {
    if (revision >= this.revision) return this.get(kind, key);
    const versions = this.tables.get(kind)?.versions.get(key);
    if (!versions) return undefined;
    return versions.values[upperBound(versions.revisions, revision) - 1];
  }

  /** Every value of a kind at the head, in key order. */
  list(kind: string): V[] {
    const head = this.tables.get(kind)?.head;
    if (!head) return [];
    return [...head.keys()].sort(byText).map((key) => head.get(key) as V);
  }

  /** Every value of a kind as of a revision, in key order. */
  listAt(kind: string, revision: number): V[] {
    if (revision >= this.revision) return this.list(kind);
    const table = this.tables.get(kind);
    if (!table) return [];
    const found: V[] = [];
    for (const key of [...table.versions.keys()].sort(byText)) {
      const value = this.getAt(kind, key, revision);
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  /** The kinds that have ever held something, in order. */
  kinds(): string[] {
    return [...this.tables.keys()].sort(byText);
  }

  /** Number of live keys of a kind. */
  count(kind: string): number {
    return this.tables.get(kind)?.head.size ?? 0;
  }

  /** Keys found under `value` in an index at the head, unordered. */
  indexKeys(kind: string, index: string, value: string): ReadonlySet<string> | undefined {
    return this.tables.get(kind)?.indexes.get(index)?.get(value);
  }

  /** Whether a value would be found under `text` in an index. */
  isIndexed(kind: string, index: string, text: string, value: V): boolean {
    const definition = this.definitions.find((one) => one.name === index && (one.kind === kind || one.kind === '*'));
    return definition?.valuesOf(value).includes(text) ?? false;
  }

  /** Changes of a kind with `after < revision <= upTo`, oldest first. */
  changes(kind: string, after: number, upTo: number): readonly LogEntry<V>[] {
    const log = this.tables.get(kind)?.log;
    if (!log || log.length === 0) return [];
    const last = log[log.length - 1] as LogEntry<V>;
    if (last.revision <= after) return [];
    const start = firstAfter(log, after);
    return log.slice(start, firstAfter(log, upTo));
  }

  /** All changes with `after < revision <= upTo`, oldest first. */
  allChanges(after: number, upTo: number): readonly LogEntry<V>[] {
    return this.entries.slice(Math.max(0, after - this.floor), Math.max(0, upTo - this.floor));
  }

  /** Every revision at which a key changed, with the value it got. */
  history(kind: string, key: string): { revision: number; value: V | undefined }[] {
    const versions = this.tables.get(kind)?.versions.get(key);
    return versions ? versions.revisions.map((revision, index) => ({ revision, value: versions.values[index] })) : [];
  }

  /** The change that made a revision. */
  entryAt(revision: number): LogEntry<V> | undefined {
    return this.entries[revision - this.floor - 1];
  }

  /** A store that holds this one's history up to a revision and goes on by itself. Values are shared. */
  forkAt(revision: number): Store<V> {
    const copy = new Store<V>(this.definitions);
    copy.floor = this.floor;
    for (const [kind, table] of this.tables) {
      for (const [key, versions] of table.versions) {
        if (versions.revisions[0] !== undefined && versions.revisions[0] <= this.floor) {
          copy.seed(kind, key, versions.revisions[0], versions.values[0]);
        }
      }
    }
    for (const entry of this.entries) {
      if (entry.revision > revision) break;
      copy.append(copy.table(entry.kind), entry);
    }
    return copy;
  }

  /** Forgets what only revisions before `revision` can see. Returns how many entries went. */
  compact(revision: number): number {
    const dropped = Math.min(revision, this.revision) - this.floor;
    if (dropped <= 0) return 0;
    this.entries.splice(0, dropped);
    this.floor += dropped;
    for (const table of this.tables.values()) {
      table.log.splice(0, firstAfter(table.log, this.floor));
      for (const [key, versions] of table.versions) this.compactKey(table, key, versions);
    }
    return dropped;
  }

  private compactKey(table: KindTable<V>, key: string, versions: Versions<V>): void {
    const keep = upperBound(versions.revisions, this.floor) - 1;
    if (keep > 0) {
      versions.revisions.splice(0, keep);
      versions.values.splice(0, keep);
    }
    if (versions.values.length === 1 && versions.values[0] === undefined) table.versions.delete(key);
  }

  private seed(kind: string, key: string, revision: number, value: V | undefined): void {
    const table = this.table(kind);
    table.versions.set(key, { revisions: [revision], values: [value] });
    if (value === undefined) return;
    table.head.set(key, value);
    this.reindex(table, kind, key, undefined, value);
  }

  private append(table: KindTable<V>, entry: LogEntry<V>): void {
    this.entries.push(entry);
    table.log.push(entry);
    const versions = table.versions.get(entry.key);
    if (versions) {
      versions.revisions.push(entry.revision);
      versions.values.push(entry.value);
    } else {
      table.versions.set(entry.key, { revisions: [entry.revision], values: [entry.value] });
    }
    if (entry.value === undefined) table.head.delete(entry.key);
    else table.head.set(entry.key, entry.value);
    this.reindex(table, entry.kind, entry.key, entry.previous, entry.value);
  }

  private reindex(table: KindTable<V>, kind: string, key: string, previous: V | undefined, value: V | undefined): void {
    for (const definition of this.definitions) {
      if (definition.kind !== kind && definition.kind !== '*') continue;
      const before = previous === undefined ? [] : definition.valuesOf(previous);
      const after = value === undefined ? [] : definition.valuesOf(value);
      if (before.length === after.length && before.every((item, position) => item === after[position])) continue;
      let index = table.indexes.get(definition.name);
      if (!index) {
        index = new Map();
        table.indexes.set(definition.name, index);
      }
      for (const item of before) {
        const keys = index.get(item);
        keys?.delete(key);
        if (keys?.size === 0) index.delete(item);
      }
      for (const item of after) {
        const keys = index.get(item);
        if (keys) keys.add(key);
        else index.set(item, new Set([key]));
      }
    }
  }

  private table(kind: string): KindTable<V> {
    let table = this.tables.get(kind);
    if (!table) {
      table = { head: new Map(), versions: new Map(), log: [], indexes: new Map() };
      this.tables.set(kind, table);
    }
    return table;
  }
}

function firstAfter<V>(log: readonly LogEntry<V>[], revision: number): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((log[middle] as LogEntry<V>).revision <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}
