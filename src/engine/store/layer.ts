/**
 * Part of what a kind holds: the latest change of some keys, which covers what the layers below say of them. A full layer never
 * changes again, so branches share it together with its indexes; each of these is made when it is first asked for.
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
  /** What the writer says of the change; the store only keeps it. */
  readonly note?: unknown;
}

/** A change with the one before it of the same key. The chain ends where the key came into being, or soon before that. */
export class ChainedEntry<V> implements LogEntry<V> {
  constructor(
    readonly revision: number,
    readonly step: number,
    readonly atMs: number,
    readonly kind: string,
    readonly key: string,
    readonly value: V | undefined,
    readonly earlier?: ChainedEntry<V>,
    readonly note?: unknown,
  ) {}

  get previous(): V | undefined {
    return this.earlier?.value;
  }
}

/** A named index over a kind: the values under which an object can be found. */
export interface IndexDefinition<V> {
  readonly name: string;
  /** `*` stands for every kind. */
  readonly kind: string;
  readonly valuesOf: (value: V) => readonly string[];
}

interface Index<V> {
  readonly definition: IndexDefinition<V>;
  readonly keys: Map<string, Set<string>>;
}

function replace<V>({ definition, keys }: Index<V>, key: string, previous: V | undefined, value: V | undefined): void {
  const before = previous === undefined ? [] : definition.valuesOf(previous);
  const after = value === undefined ? [] : definition.valuesOf(value);
  if (before.length === after.length && before.every((item, position) => item === after[position])) return;
  for (const item of before) {
    const found = keys.get(item);
    found?.delete(key);
    if (found?.size === 0) keys.delete(item);
  }
  for (const item of after) {
    const found = keys.get(item);
    if (found) found.add(key);
    else keys.set(item, new Set([key]));
  }
}

/** See the header. */
export class Layer<V> {
  private readonly indexes: Index<V>[] = [];

  constructor(readonly entries: Map<string, ChainedEntry<V>> = new Map()) {}

  set(entry: ChainedEntry<V>): void {
    if (this.indexes.length > 0) {
      const previous = this.entries.get(entry.key)?.value;
      for (const index of this.indexes) replace(index, entry.key, previous, entry.value);
    }
    this.entries.set(entry.key, entry);
  }

  /** Keys found under `text` in this layer, unordered. */
  keysUnder(definition: IndexDefinition<V>, text: string): ReadonlySet<string> | undefined {
    let index = this.indexes.find((one) => one.definition === definition);
    if (!index) {
      index = { definition, keys: new Map() };
      for (const { key, value } of this.entries.values()) replace(index, key, undefined, value);
      this.indexes.push(index);
    }
    return index.keys.get(text);
  }

  /** One layer that says what this and the one above it say together. Without anything `below`, deletions need not be told. */
  merged(above: Layer<V>, below: boolean): Layer<V> {
    const entries = new Map(this.entries);
    for (const [key, entry] of above.entries) {
      if (entry.value !== undefined || below) entries.set(key, entry);
      else entries.delete(key);
    }
    return new Layer(entries);
  }
}
