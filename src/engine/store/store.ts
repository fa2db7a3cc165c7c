/**
 * An etcd-like store: one counter of revisions over all keys, every version of every key kept, values immutable.
 * Looking back is reading at a revision; nothing is ever undone or forgotten: a run that grows too long is paused instead (see
 * runtime/limits.ts), where etcd would compact. Keys are unique within their kind. It knows nothing of Kubernetes.
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

/** A change with the one before it of the same key: a key's past is a chain. */
interface ChainedEntry<V> extends LogEntry<V> {
  readonly earlier: ChainedEntry<V> | undefined;
}

interface Snapshot<V> {
  readonly revision: number;
  readonly keys: readonly string[];
  /** What each of the keys holds, in the same order. */
  readonly values: readonly V[];
}

/** A snapshot is taken after so many changes, or as many as there are live keys if these are more. */
const CHANGES_PER_SNAPSHOT = 4096;

interface KindTable<V> {
  /** The latest change of every live key. */
  readonly head: Map<string, ChainedEntry<V>>;
  /** The deletion of every key that is gone. */
  readonly gone: Map<string, ChainedEntry<V>>;
  readonly log: ChainedEntry<V>[];
  /** All live keys at some revisions, so that a far look starts near. */
  readonly snapshots: Snapshot<V>[];
  loggedAtSnapshot: number;
  readonly indexes: Map<string, Map<string, Set<string>>>;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The revisioned map. `V` is any immutable value. */
export class Store<V> {
  private readonly tables = new Map<string, KindTable<V>>();
  private readonly entries: ChainedEntry<V>[] = [];

  constructor(private readonly definitions: readonly IndexDefinition<V>[] = []) {}

  /** The latest revision; 0 before the first write. */
  get revision(): number {
    return this.entries.length;
  }

  /** Writes a value (undefined deletes) and returns the change. `revision` of the new entry is always `this.revision + 1`. */
  write(kind: string, key: string, value: V | undefined, step: number, atMs: number): LogEntry<V> {
    const table = this.table(kind);
    const earlier = table.head.get(key) ?? table.gone.get(key);
    const entry: ChainedEntry<V> = {
      revision: this.revision + 1,
      step,
      atMs,
      kind,
      key: earlier?.key ?? key,
      value,
      previous: earlier?.value,
      earlier,
    };
    this.append(table, entry);
    return entry;
  }

  /** The value at the head. */
  get(kind: string, key: string): V | undefined {
    return this.tables.get(kind)?.head.get(key)?.value;
  }

  /** The value as of a revision. */
  getAt(kind: string, key: string, revision: number): V | undefined {
    let entry = this.latest(kind, key);
    while (entry && entry.revision > revision) entry = entry.earlier;
    return entry?.value;
  }

  /** Every value of a kind at the head, in key order. */
  list(kind: string): V[] {
    const head = this.tables.get(kind)?.head;
    if (!head) return [];
    return [...head.keys()].sort(byText).map((key) => head.get(key)?.value as V);
  }

  /** Every value of a kind as of a revision, in key order. */
  listAt(kind: string, revision: number): V[] {
    if (revision >= this.revision) return this.list(kind);
    const live = this.liveAt(kind, revision);
    return [...live.keys()].sort(byText).map((key) => live.get(key) as V);
  }

  /** What was live as of a revision, by key: the nearest earlier snapshot and the changes since. */
  private liveAt(kind: string, revision: number): ReadonlyMap<string, V> {
    const table = this.tables.get(kind);
    if (!table) return new Map();
    const snapshot = table.snapshots.findLast((candidate) => candidate.revision <= revision);
    const live = new Map<string, V>();
    snapshot?.keys.forEach((key, index) => {
      live.set(key, snapshot.values[index] as V);
    });
    for (let index = firstAfter(table.log, snapshot?.revision ?? 0); index < table.log.length; index++) {
      const entry = table.log[index] as LogEntry<V>;
      if (entry.revision > revision) break;
      if (entry.value === undefined) live.delete(entry.key);
      else live.set(entry.key, entry.value);
    }
    return live;
  }

  /** Keys of a kind whose values differ between two revisions, with what they hold at the second (undefined: nothing). */
  differences(kind: string, from: number, to: number): Map<string, V | undefined> {
    const changed = new Map<string, V | undefined>();
    const table = this.tables.get(kind);
    if (!table) return changed;
    const low = firstAfter(table.log, Math.min(from, to));
    const high = firstAfter(table.log, Math.max(from, to));
    if (high - low <= CHANGES_PER_SNAPSHOT) {
      for (let index = low; index < high; index++) {
        const entry = table.log[index] as LogEntry<V>;
        if (to >= from) changed.set(entry.key, entry.value);
        else if (!changed.has(entry.key)) changed.set(entry.key, entry.previous);
      }
      return changed;
    }
    const before = this.liveAt(kind, from);
    const after = this.liveAt(kind, to);
    for (const [key, value] of after) if (before.get(key) !== value) changed.set(key, value);
    for (const key of before.keys()) if (!after.has(key)) changed.set(key, undefined);
    return changed;
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
    return this.entries.slice(Math.max(0, after), Math.max(0, upTo));
  }

  /** Every revision at which a key changed, with the value it got. */
  history(kind: string, key: string): { revision: number; value: V | undefined }[] {
    const changes: { revision: number; value: V | undefined }[] = [];
    for (let entry = this.latest(kind, key); entry; entry = entry.earlier) {
      changes.push({ revision: entry.revision, value: entry.value });
    }
    return changes.reverse();
  }

  /** The change that made a revision. */
  entryAt(revision: number): LogEntry<V> | undefined {
    return this.entries[revision - 1];
  }

  /** A store that holds this one's history up to a revision and goes on by itself. Values are shared. */
  forkAt(revision: number): Store<V> {
    const copy = new Store<V>(this.definitions);
    for (const entry of this.entries) {
      if (entry.revision > revision) break;
      copy.append(copy.table(entry.kind), entry);
    }
    return copy;
  }

  private latest(kind: string, key: string): ChainedEntry<V> | undefined {
    const table = this.tables.get(kind);
    return table?.head.get(key) ?? table?.gone.get(key);
  }

  private append(table: KindTable<V>, entry: ChainedEntry<V>): void {
    this.entries.push(entry);
    table.log.push(entry);
    if (entry.value === undefined) {
      table.head.delete(entry.key);
      table.gone.set(entry.key, entry);
    } else {
      if (!entry.previous) table.gone.delete(entry.key);
      table.head.set(entry.key, entry);
    }
    const since = table.log.length - table.loggedAtSnapshot;
    if (since >= Math.max(CHANGES_PER_SNAPSHOT, table.head.size)) {
      const values = [...table.head.values()].map(({ value }) => value as V);
      table.snapshots.push({ revision: entry.revision, keys: [...table.head.keys()], values });
      table.loggedAtSnapshot = table.log.length;
    }
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
      table = {
        head: new Map(),
        gone: new Map(),
        log: [],
        snapshots: [],
        loggedAtSnapshot: 0,
        indexes: new Map(),
      };
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
