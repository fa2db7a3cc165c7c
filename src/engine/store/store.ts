/**
 * An etcd-like store: one counter of revisions over all keys, every version of every key kept, values immutable.
 * Looking back is reading at a revision; nothing is ever undone or forgotten: a run that grows too long is paused instead (see
 * runtime/limits.ts), where etcd would compact. Keys are unique within their kind. It knows nothing of Kubernetes.
 * A fork shares the past (kind-table.ts) and holds nothing of what its parent writes later.
 */
import { AppendList } from '../kernel/append-list';
import { AssertionError } from '../kernel/assertion-error';
import { inOnePiece } from '../kernel/in-one-piece';
import { KindTable } from './kind-table';
import { ChainedEntry, type IndexDefinition, Layer, type LogEntry } from './layer';

export type { IndexDefinition, LogEntry } from './layer';

/** Up to so many changes are gone through one by one; beyond that, what is alive at both ends is compared. */
const NEAR_CHANGES = 4096;

/** Values by key, by kind. */
export type Foundation<V> = ReadonlyMap<string, ReadonlyMap<string, V>>;

const NO_KEYS: ReadonlySet<string> = new Set();

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What stands at revision 0, as a layer that nothing lies below. */
function foundationLayer<V>(kind: string, values: ReadonlyMap<string, V> = new Map()): Layer<V> | undefined {
  if (values.size === 0) return undefined;
  const entries = new Map<string, ChainedEntry<V>>();
  for (const [key, value] of values) {
    entries.set(key, new ChainedEntry(0, 0, 0, kind, key, value));
  }
  return new Layer(entries);
}

function inOrder<V>(live: ReadonlyMap<string, ChainedEntry<V>>): V[] {
  return [...live.keys()].sort(byText).map((key) => live.get(key)?.value as V);
}

/** The revisioned map. `V` is any immutable value. */
export class Store<V> {
  private readonly tables = new Map<string, KindTable<V>>();
  private entries = new AppendList<ChainedEntry<V>>();

  /** `foundation`: what a kind holds before the first write, at revision 0. It makes no change of the log. */
  constructor(
    private readonly definitions: readonly IndexDefinition<V>[] = [],
    private readonly foundation: Foundation<V> = new Map(),
  ) {}

  /** The latest revision; 0 before the first write. */
  get revision(): number {
    return this.entries.length;
  }

  /** Writes a value (undefined deletes) and returns the change. `revision` of the new entry is always `this.revision + 1`. */
  write(kind: string, key: string, value: V | undefined, step: number, atMs: number, note?: unknown): LogEntry<V> {
    const earlier = this.table(kind).latest(key);
    const own = earlier?.key ?? inOnePiece(key);
    const entry = new ChainedEntry(this.revision + 1, step, atMs, kind, own, value, earlier, note);
    this.append(entry);
    return entry;
  }

  /** Takes over the next change of a store that this one was forked from, instead of writing an equal one. */
  adopt(entry: LogEntry<V>): void {
    this.append(entry as ChainedEntry<V>);
  }

  /** The value at the head. */
  get(kind: string, key: string): V | undefined {
    return this.known(kind)?.live(key)?.value;
  }

  /** The value as of a revision. */
  getAt(kind: string, key: string, revision: number): V | undefined {
    return this.known(kind)?.valueAt(key, revision);
  }

  /** Every value of a kind at the head, in key order. */
  list(kind: string): V[] {
    const table = this.known(kind);
    if (!table) return [];
    return inOrder(table.liveNow());
  }

  /** Every value of a kind as of a revision, in key order. */
  listAt(kind: string, revision: number): V[] {
    if (revision >= this.revision) return this.list(kind);
    const table = this.known(kind);
    return table ? inOrder(table.liveAt(revision)) : [];
  }

  /** Keys of a kind whose values differ between two revisions, with what they hold at the second (undefined: nothing). */
  differences(kind: string, from: number, to: number): Map<string, V | undefined> {
    const changed = new Map<string, V | undefined>();
    const table = this.tables.get(kind);
    if (!table) return changed;
    const low = table.lengthAt(Math.min(from, to));
    const high = table.lengthAt(Math.max(from, to));
    if (high - low <= NEAR_CHANGES) {
      for (const entry of table.slice(low, high)) {
        if (to >= from) changed.set(entry.key, entry.value);
        else if (!changed.has(entry.key)) changed.set(entry.key, entry.previous);
      }
      return changed;
    }
    const before = table.liveAt(from);
    const after = table.liveAt(to);
    for (const [key, { value }] of after) if (before.get(key)?.value !== value) changed.set(key, value);
    for (const key of before.keys()) if (!after.has(key)) changed.set(key, undefined);
    return changed;
  }

  /** The kinds that have ever held something, in order. */
  kinds(): string[] {
    return [...new Set([...this.tables.keys(), ...this.foundation.keys()])].sort(byText);
  }

  /** Number of live keys of a kind. */
  count(kind: string): number {
    return this.known(kind)?.size ?? 0;
  }

  /** What the latest change of a kind put, or took away. */
  newest(kind: string): V | undefined {
    return this.tables.get(kind)?.newest;
  }

  /** The revision of the latest change of a kind; 0 before the first. */
  latestOf(kind: string): number {
    return this.tables.get(kind)?.latestRevision ?? 0;
  }

  /** Keys found under `value` in an index at the head, unordered. */
  indexKeys(kind: string, index: string, value: string): ReadonlySet<string> {
    return this.known(kind)?.keysUnder(index, value) ?? NO_KEYS;
  }

  /** Under what a value would be found in an index. */
  indexValues(kind: string, index: string, value: V): readonly string[] {
    const definition = this.definitions.find((one) => one.name === index && (one.kind === kind || one.kind === '*'));
    return definition?.valuesOf(value) ?? [];
  }

  /** Changes of a kind with `after < revision <= upTo`, oldest first. */
  changes(kind: string, after: number, upTo: number): readonly LogEntry<V>[] {
    const table = this.tables.get(kind);
    return table ? table.slice(table.lengthAt(after), table.lengthAt(upTo)) : [];
  }

  /** All changes with `after < revision <= upTo`, oldest first. */
  allChanges(after: number, upTo: number): readonly LogEntry<V>[] {
    return this.entries.slice(after, upTo);
  }

  /** Every revision at which a key changed, with the value it got, oldest first. */
  history(kind: string, key: string): { revision: number; value: V | undefined }[] {
    const past = this.known(kind)?.pastOf(key) ?? [];
    return Array.from(past, ({ revision, value }) => ({ revision, value })).reverse();
  }

  /** The changes of a key, newest first, each made when it is asked for. */
  past(kind: string, key: string): Iterable<LogEntry<V>> {
    return this.known(kind)?.pastOf(key) ?? [];
  }

  /** The change that made a revision. */
  entryAt(revision: number): LogEntry<V> | undefined {
    return this.entries.at(revision - 1);
  }

  /** A store that holds this one's history up to a revision and goes on by itself. Everything in it is shared. */
  forkAt(revision: number): Store<V> {
    const copy = new Store<V>(this.definitions, this.foundation);
    copy.entries = this.entries.fork(Math.min(revision, this.revision));
    for (const [kind, table] of this.tables) {
      const forked = table.forkAt(revision);
      if (forked) copy.tables.set(kind, forked);
    }
    return copy;
  }

  private append(entry: ChainedEntry<V>): void {
    if (entry.revision !== this.revision + 1) {
      throw new AssertionError(`revision ${entry.revision} can't follow revision ${this.revision}`);
    }
    this.entries.push(entry);
    this.table(entry.kind).append(entry);
  }

  /** The table of a kind that holds or held something. */
  private known(kind: string): KindTable<V> | undefined {
    return this.tables.get(kind) ?? (this.foundation.has(kind) ? this.table(kind) : undefined);
  }

  private table(kind: string): KindTable<V> {
    let table = this.tables.get(kind);
    if (!table) {
      const definitions = this.definitions.filter((one) => one.kind === kind || one.kind === '*');
      table = new KindTable(definitions, foundationLayer(kind, this.foundation.get(kind)));
      this.tables.set(kind, table);
    }
    return table;
  }
}
