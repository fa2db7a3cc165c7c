/**
 * A controller's memory of its own last write for each key, so that it does not act before its cache shows that write.
 * Follows pkg/controller/util/consistency (ConsistencyStore, on since 1.36).
 */
import type { Lister } from './client';

/** By key: the revision of the last write for it. */
export type OwnWrites = Map<string, number>;

/** Remembers a write, by the resourceVersion it gave. */
export function noteWrite(writes: OwnWrites, key: string, resourceVersion: string | undefined): void {
  const revision = Number(resourceVersion);
  if (revision > (writes.get(key) ?? 0)) writes.set(key, revision);
}

/** Whether the cache shows all own writes for a key. */
export function showsOwnWrites(lister: Lister, writes: OwnWrites, key: string): boolean {
  return lister.revision >= (writes.get(key) ?? 0);
}
