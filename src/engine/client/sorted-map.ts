/**
 * A Map that is always gone through in key order, so that what is read from it can't depend on the order in which it was filled.
 * Getting and setting known keys cost what a Map's cost; the order is found out when it is asked for after keys came or went.
 */

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** See the header. */
export class SortedMap<V> {
  private readonly values = new Map<string, V>();
  private order: readonly string[] | undefined = [];

  get size(): number {
    return this.values.size;
  }

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  set(key: string, value: V): void {
    if (!this.values.has(key)) this.order = undefined;
    this.values.set(key, value);
  }

  delete(key: string): boolean {
    const isGone = this.values.delete(key);
    if (isGone) this.order = undefined;
    return isGone;
  }

  clear(): void {
    this.values.clear();
    this.order = [];
  }

  /** The keys as they are now, in order. */
  keys(): readonly string[] {
    this.order ??= [...this.values.keys()].sort(byText);
    return this.order;
  }

  /** Keys and values as they are now, in order of the keys. */
  entries(): readonly (readonly [string, V])[] {
    return this.keys().map((key) => [key, this.values.get(key) as V] as const);
  }
}
