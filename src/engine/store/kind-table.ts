/**
 * All that one kind ever held. Every change is kept in a log; what is alive stands in layers, of which only the topmost changes and the
 * others are merged as they pile up, few of each size. Changes are immutable and know the one before them.
 * A fork shares all of that but the topmost layer, which it makes anew from the log: its cost does not depend on how long the past is.
 */
import { AppendList } from '../kernel/append-list';
import { type ChainedEntry, type IndexDefinition, Layer } from './layer';

/** So many changes of the log share a topmost layer. */
const CHANGES_PER_STRETCH = 2048;

const stretchOf = (index: number): number => Math.floor(index / CHANGES_PER_STRETCH);

/** What stands before a stretch of the log, and what was deleted in it. */
interface Stretch<V> {
  /** What is alive as of its start, lowest first. */
  readonly layers: readonly Layer<V>[];
  readonly liveCount: number;
  readonly firstRevision: number;
  /** The last deletion of each key deleted in it. */
  readonly deletions: Map<string, ChainedEntry<V>>;
}

/**
 * So many layers of about a size may lie on each other before they become one, as long as they hardly say anything of the same keys:
 * the more they are, the less often a change is copied.
 */
const LAYERS_OF_A_SIZE = 3;
const MOST_PER_LIVE_KEY = 1.25;

/** Puts a layer on top, making one of those of its size that are too many for `live` keys. Pure. */
export function pile<V>(layers: readonly Layer<V>[], next: Layer<V>, live: number): readonly Layer<V>[] {
  const larger = layers.findLastIndex((layer) => layer.entries.size >= 2 * next.entries.size) + 1;
  const alike = layers.slice(larger);
  const entries = layers.reduce((sum, layer) => sum + layer.entries.size, next.entries.size);
  const isSparse = entries <= live * MOST_PER_LIVE_KEY;
  if (alike.length < (isSparse ? LAYERS_OF_A_SIZE : 1)) return [...layers, next];
  const merged = [...alike, next].reduce((below, above) => below.merged(above, larger > 0));
  return pile(layers.slice(0, larger), merged, live);
}

/** See the header. */
export class KindTable<V> {
  private log = new AppendList<ChainedEntry<V>>();
  private stretches: Stretch<V>[] = [];
  private layers: readonly Layer<V>[];
  private top = new Layer<V>();
  private liveCount: number;

  /** @param foundation what stands before the first change */
  constructor(
    private readonly definitions: readonly IndexDefinition<V>[],
    foundation?: Layer<V>,
  ) {
    this.layers = foundation ? [foundation] : [];
    this.liveCount = foundation?.entries.size ?? 0;
  }

  /** The revision of the latest change; 0 before the first. */
  get latestRevision(): number {
    return this.lastEntry?.revision ?? 0;
  }

  /** What the latest change put, or took away. */
  get newest(): V | undefined {
    return this.lastEntry?.value ?? this.lastEntry?.previous;
  }

  private get lastEntry(): ChainedEntry<V> | undefined {
    return this.log.at(this.log.length - 1);
  }

  /** Number of live keys. */
  get size(): number {
    return this.liveCount;
  }

  /** The latest change of a key that is live. */
  live(key: string): ChainedEntry<V> | undefined {
    const found = this.standing(key);
    return found?.value === undefined ? undefined : found;
  }

  append(entry: ChainedEntry<V>): void {
    const index = this.log.length;
    if (index % CHANGES_PER_STRETCH === 0) this.beginStretch(entry.revision);
    this.log.push(entry);
    this.put(entry);
    if (entry.value === undefined) this.stretches[stretchOf(index)]?.deletions.set(entry.key, entry);
  }

  /** The change that a new one of this key follows, as far as it is near. */
  latest(key: string): ChainedEntry<V> | undefined {
    return this.live(key) ?? this.stretches[stretchOf(this.log.length)]?.deletions.get(key);
  }

  /** The value of a key as of a revision. */
  valueAt(key: string, revision: number): V | undefined {
    let near = this.live(key);
    while (near && near.revision > revision) near = near.earlier;
    if (near) return near.value;
    for (const entry of this.pastOf(key, revision)) if (entry.revision <= revision) return entry.value;
    return undefined;
  }

  /** The changes of a key, latest first, down to the one that a look at `revision` needs. */
  *pastOf(key: string, revision = 0): Generator<ChainedEntry<V>, void, undefined> {
    let oldest = Infinity;
    let entry = this.live(key);
    for (let index = this.stretches.length - 1; ; index--) {
      for (; entry; entry = entry.earlier) {
        yield entry;
        oldest = entry.revision;
      }
      const stretch = this.stretches[index];
      if (!stretch) return;
      entry = stretch.deletions.get(key);
      if (entry && entry.revision >= oldest) entry = undefined;
      // What lives in a stretch is alive at its end or was deleted in it, so an older one has nothing to say.
      if (!entry && stretch.firstRevision <= revision) return;
    }
  }

  /** What is alive now, by key. */
  liveNow(): Map<string, ChainedEntry<V>> {
    return spread([...this.layers, this.top]);
  }

  /** What was alive as of a revision, by key. */
  liveAt(revision: number): Map<string, ChainedEntry<V>> {
    const length = this.lengthAt(revision);
    if (length === this.log.length) return this.liveNow();
    const live = spread(this.stretches[stretchOf(length)]?.layers ?? []);
    for (const entry of this.log.slice(stretchOf(length) * CHANGES_PER_STRETCH, length)) place(live, entry);
    return live;
  }

  /** How many changes there were up to a revision. */
  lengthAt(revision: number): number {
    return this.log.firstIndex((entry) => entry.revision > revision);
  }

  /** Changes by their place in the log. */
  slice(from: number, to: number): ChainedEntry<V>[] {
    return this.log.slice(from, to);
  }

  /** Keys found under `text` in an index, unordered. */
  keysUnder(index: string, text: string): ReadonlySet<string> {
    const found = new Set<string>();
    const definition = this.definitions.find((one) => one.name === index);
    if (!definition) return found;
    for (const layer of [...this.layers, this.top]) {
      for (const key of layer.keysUnder(definition, text) ?? []) {
        if (layer === this.top || this.standing(key) === layer.entries.get(key)) found.add(key);
      }
    }
    return found;
  }

  /** This table as it was at a revision, to go on by itself; undefined when it held nothing yet. */
  forkAt(revision: number): KindTable<V> | undefined {
    const length = this.lengthAt(revision);
    if (length === 0) return undefined;
    const copy = new KindTable<V>(this.definitions);
    const last = stretchOf(length - 1);
    const begun = this.stretches[last] as Stretch<V>;
    copy.stretches = [...this.stretches.slice(0, last), { ...begun, deletions: new Map() }];
    copy.layers = begun.layers;
    copy.liveCount = begun.liveCount;
    copy.log = this.log.fork(length);
    for (const entry of this.log.slice(last * CHANGES_PER_STRETCH, length)) {
      copy.put(entry);
      if (entry.value === undefined) copy.stretches[last]?.deletions.set(entry.key, entry);
    }
    return copy;
  }

  private beginStretch(firstRevision: number): void {
    if (this.top.entries.size > 0) this.layers = pile(this.layers, this.top, this.liveCount);
    this.top = new Layer();
    const { layers, liveCount } = this;
    this.stretches.push({ layers, liveCount, firstRevision, deletions: new Map() });
  }

  private put(entry: ChainedEntry<V>): void {
    if (entry.previous === undefined) this.liveCount++;
    if (entry.value === undefined) this.liveCount--;
    this.top.set(entry);
  }

  /** What the layers say of a key: its latest change, also when that is a deletion. */
  private standing(key: string): ChainedEntry<V> | undefined {
    const found = this.top.entries.get(key);
    if (found) return found;
    for (let index = this.layers.length - 1; index >= 0; index--) {
      const below = (this.layers[index] as Layer<V>).entries.get(key);
      if (below) return below;
    }
    return undefined;
  }
}

function place<V>(live: Map<string, ChainedEntry<V>>, entry: ChainedEntry<V>): void {
  if (entry.value === undefined) live.delete(entry.key);
  else live.set(entry.key, entry);
}

/** What layers say together. */
function spread<V>(layers: readonly Layer<V>[]): Map<string, ChainedEntry<V>> {
  const live = new Map<string, ChainedEntry<V>>();
  for (const layer of layers) for (const entry of layer.entries.values()) place(live, entry);
  return live;
}
