/**
 * The one mechanism for everything a component derives from what it was told, so as not to find it out again each time.
 *
 * A cache is declared as data: the kinds it `follows`, how the value of a key is `build` from the lister, and how a delivered
 * change is `apply`ed to the values that are kept. It is asked with `context.derived.read(cache, key)`, which builds what is not
 * there yet. Rules, on which exact forks rest (a checkpoint holds no caches, so a fork builds them anew, later and at once):
 *  - A value is a pure function of its key and of what the lister shows (and of memory: then whoever changes that memory
 *    changes the kept value in the same breath). No time, no chance, no history: neither when it was built nor in which order
 *    changes came may show. A value that needs a selector keeps the one it was built with, and `apply` drops it when that changes.
 *  - The changes of one delivery are applied to all caches before any watch handler is called; handlers and `apply` see the
 *    lister as it stands after the whole delivery. Deletions come as changes without a value.
 *  - What is gone through is a {@link SortedMap}, or what is made of it does not depend on order (sums, membership).
 *  - Readers change nothing, and keep no value beyond their own call.
 *  - A kind whose watch has a `filter` is shown whole by the lister but delivered in part: don't derive from the other part.
 *
 * With the composition option `derivedTrial: 'verify'` each delivery ends with every kept value built anew and compared (so in the
 * tests' worlds, golden traces and the swarm); with `'drop'` each begins with all of them dropped, and the run must be the same.
 *
 * What is a function of immutable objects alone goes through `context.derived.memo`: remembered while they are the same objects; or, where
 * it is the work of a moment for each of very many, through `context.derived.pure`, which all branches of a simulation share.
 */
import type { KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import type { LogEntry } from '../store/store';
import type { Lister } from './client';
import { SortedMap } from './sorted-map';

/** All that a cached value may be made of. */
export interface DerivedSource<M = Record<string, unknown>> {
  readonly actor: string;
  readonly lister: Lister;
  readonly memory: M;
  readonly derived: Pick<Derived, 'pure'>;
  flag(name: string): string | undefined;
}

/** The declaration of a cache; a module constant, whose identity stands for it. */
export interface DerivedCache<V, M = Record<string, unknown>> {
  /** Names it where something is wrong. */
  readonly name: string;
  /** The kinds whose changes are applied. */
  readonly follows: readonly string[];
  /** The value of a key. Pure. */
  build(source: DerivedSource<M>, key: string): V;
  /** Takes one change into account: changes kept values in place, puts others in their place, or drops them. */
  apply(kept: SortedMap<V>, change: LogEntry<KubeObject>, source: DerivedSource<M>): void;
  /** Where a kept value differs from one built anew, if it matters; default: {@link differenceOf}. */
  difference?(kept: V, fresh: V): string | undefined;
}

/** What a component uses. */
export interface Derived {
  /** The value of a key, kept or built. */
  read<V>(cache: DerivedCache<V>, key?: string): V;
  /**
   * The result of a pure function of immutable inputs, called again when one of them is another object than the last time
   * for this name and key.
   */
  memo<V>(name: string, key: string, inputs: readonly unknown[], compute: () => V): V;
  /** Lets go of what was remembered for a name and key that will hardly be asked for again. */
  forget(name: string, key: string): void;
  /** The same, remembered with the object itself, for all branches, as long as there is it: a fork need not find it out again. */
  pure<V>(name: string, object: object, others: readonly unknown[], compute: () => V): V;
}

/** What is tried out: nothing, comparing after each delivery, or dropping before each. */
export type DerivedTrial = 'none' | 'verify' | 'drop';

interface Remembered {
  readonly inputs: readonly unknown[];
  readonly result: unknown;
}

/** So many results of a name that differ are kept at hand, to be shared by the next objects with the same. */
const AT_HAND = 8;

/** Results of one name. */
class Results {
  private readonly byObject = new WeakMap<object, Remembered>();
  private latest: readonly Remembered[] = [];

  get(object: object): Remembered | undefined {
    return this.byObject.get(object);
  }

  /** Remembers what was made of an object; returns it, or what is equal to it. */
  note(object: object, made: Remembered): Remembered {
    const { result, inputs } = made;
    const same = this.latest.find((known) => isMadeOf(known, inputs) && deepEqual(known.result, result));
    if (!same) this.latest = [made, ...this.latest].slice(0, AT_HAND);
    this.byObject.set(object, same ?? made);
    return same ?? made;
  }
}

/** Results by name and object. They are functions of what never changes, so that it can't show who found them out. */
export class PureResults {
  private readonly byName = new Map<string, Results>();

  of(name: string): Results {
    let results = this.byName.get(name);
    if (!results) {
      results = new Results();
      this.byName.set(name, results);
    }
    return results;
  }
}

function isMadeOf(known: Remembered | undefined, inputs: readonly unknown[]): known is Remembered {
  if (known?.inputs.length !== inputs.length) return false;
  for (let at = 0; at < inputs.length; at++) if (inputs[at] !== known.inputs[at]) return false;
  return true;
}

/** A memo that has grown beyond this forgets everything, which costs time and alters nothing. */
const MAX_REMEMBERED = 20_000;

/** The caches of one component. */
export class DerivedCaches implements Derived {
  private readonly kept = new Map<DerivedCache<unknown>, SortedMap<unknown>>();
  private readonly memos = new Map<string, Map<string, Remembered>>();

  constructor(
    private readonly source: DerivedSource,
    private readonly trial: DerivedTrial,
    private readonly pureResults: PureResults,
  ) {}

  read<V>(cache: DerivedCache<V>, key = ''): V {
    let values = this.kept.get(cache as DerivedCache<unknown>) as SortedMap<V> | undefined;
    if (!values) {
      values = new SortedMap<V>();
      this.kept.set(cache as DerivedCache<unknown>, values as SortedMap<unknown>);
    }
    if (!values.has(key)) values.set(key, cache.build(this.source, key));
    return values.get(key) as V;
  }

  memo<V>(name: string, key: string, inputs: readonly unknown[], compute: () => V): V {
    let results = this.memos.get(name);
    if (!results || results.size > MAX_REMEMBERED) {
      results = new Map();
      this.memos.set(name, results);
    }
    const known = results.get(key);
    if (isMadeOf(known, inputs)) return this.checked(name, key, known, compute);
    const result = compute();
    results.set(key, { inputs, result });
    return result;
  }

  pure<V>(name: string, object: object, others: readonly unknown[], compute: () => V): V {
    const results = this.pureResults.of(name);
    const known = results.get(object);
    if (isMadeOf(known, others)) return this.checked(name, '', known, compute);
    return results.note(object, { inputs: others, result: compute() }).result as V;
  }

  forget(name: string, key: string): void {
    this.memos.get(name)?.delete(key);
  }

  /** Takes in the changes of one delivery; the lister stands after all of them. */
  deliver(changes: readonly LogEntry<KubeObject>[]): void {
    if (this.trial === 'drop') {
      this.clear();
      return;
    }
    for (const [cache, values] of this.kept) {
      if (values.size === 0) continue;
      for (const change of changes) {
        if (cache.follows.includes(change.kind)) cache.apply(values, change, this.source);
      }
    }
  }

  /** After a delivery: when told to, compares all that is kept with what the lister shows. Throws where they differ. */
  verify(): void {
    if (this.trial !== 'verify') return;
    for (const [cache, values] of this.kept) {
      for (const [key, value] of values.entries()) {
        const fresh = cache.build(this.source, key);
        const difference = cache.difference ? cache.difference(value, fresh) : differenceOf(value, fresh);
        this.requireSame(cache.name, key, difference);
      }
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.kept.clear();
    this.memos.clear();
  }

  private checked<V>(name: string, key: string, { result }: Remembered, compute: () => V): V {
    if (this.trial === 'verify') this.requireSame(name, key, differenceOf(result, compute()));
    return result as V;
  }

  private requireSame(name: string, key: string, difference: string | undefined): void {
    if (difference === undefined) return;
    throw new Error(`the cache ${name} of ${this.source.actor} is not what the lister shows: '${key}'${difference}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A container's contents by key; the members of a Set are keys. Undefined for what is no container. */
function contentsOf(value: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (value instanceof Map) return value;
  if (value instanceof Set) return new Map([...value].map((member) => [member, true]));
  if (value instanceof SortedMap) return new Map(value.entries());
  if (Array.isArray(value)) return new Map(value.map((item, index) => [index, item]));
  return isRecord(value) ? new Map(Object.entries(value).filter(([, field]) => field !== undefined)) : undefined;
}

/** Short enough for a message. */
function shown(value: unknown): string {
  const text = isRecord(value) ? (contentsOf(value)?.size ?? 0) : String(value);
  return isRecord(value) ? `${value.constructor?.name ?? 'record'} of ${text}` : String(text);
}

/**
 * Where two values differ, as a path with both sides; undefined when they are the same. Maps and Sets are compared whatever
 * their order, functions are not compared.
 */
export function differenceOf(kept: unknown, fresh: unknown): string | undefined {
  if (Object.is(kept, fresh) || (typeof kept === 'function' && typeof fresh === 'function')) return undefined;
  const left = contentsOf(kept);
  const right = contentsOf(fresh);
  if (!left || !right) return `: kept ${shown(kept)}, should be ${shown(fresh)}`;
  for (const [key, value] of left) {
    if (!right.has(key)) return `.${String(key)}: kept ${shown(value)}, should not be there`;
    const inner = differenceOf(value, right.get(key));
    if (inner !== undefined) return `.${String(key)}${inner}`;
  }
  for (const [key, value] of right) if (!left.has(key)) return `.${String(key)}: missing, should be ${shown(value)}`;
  return undefined;
}
