/**
 * A component's view of the store: as of the last revision delivered to it. While nothing is on its way to it, the
 * head is that view; else the past is read from the store's versions, so a stale cache costs one integer, not a copy.
 */

import { joinKey, type KubeObject, keyOf, type ObjectMeta } from '../api/meta';
import type { Store } from '../store/store';
import type { Lister } from './client';
import { watchedAs } from './component';
import { controlledPlace } from './indexers';
import { PastIndex } from './past-index';

/** Where the view stands. `stale` = deliveries are pending; then `revision` is what was delivered last. */
export interface ViewPosition {
  readonly stale: boolean;
  readonly revision: number;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Builds the lister of a component that watches `kinds`. Asking for another kind is a bug and throws. */
export function createLister(store: Store<KubeObject>, position: ViewPosition, kinds: ReadonlySet<string>): Lister {
  const requireWatched = (kind: string): void => {
    if (!kinds.has(watchedAs(kind))) throw new Error(`${kind} is read from the cache but not watched`);
  };
  const read = (kind: string, key: string): KubeObject | undefined => {
    requireWatched(kind);
    return position.stale ? store.getAt(kind, key, position.revision) : store.get(kind, key);
  };
  const pasts = new Map<string, PastIndex>();
  const indexedAt = (revision: number, kind: string, index: string, value: string): ReadonlyMap<string, KubeObject> => {
    let past = pasts.get(kind);
    if (past?.revision !== revision) {
      past = new PastIndex(store, kind, revision);
      pasts.set(kind, past);
    }
    return past.find(index, value);
  };
  const byIndex = (kind: string, index: string, value: string, ordered = true): KubeObject[] => {
    requireWatched(kind);
    if (!position.stale) pasts.clear();
    const past = position.stale ? indexedAt(position.revision, kind, index, value) : undefined;
    const keys = past ? [...past.keys()] : [...store.indexKeys(kind, index, value)];
    if (ordered && keys.length > 1) keys.sort(byText);
    return keys.map((key) => (past ? past.get(key) : store.get(kind, key)) as KubeObject);
  };
  return {
    get: <T extends KubeObject>(kind: string, namespace: string | undefined, name: string) =>
      read(kind, joinKey(namespace, name)) as T | undefined,
    byKey: <T extends KubeObject>(kind: string, key: string) => read(kind, key) as T | undefined,
    list: <T extends KubeObject>(kind: string, namespace?: string) => {
      requireWatched(kind);
      if (namespace) return byIndex(kind, 'namespace', namespace) as T[];
      return (position.stale ? store.listAt(kind, position.revision) : store.list(kind)) as T[];
    },
    controlledBy: <T extends KubeObject>(kind: string, owner: Pick<ObjectMeta, 'namespace' | 'uid'>) =>
      byIndex(kind, 'controller', controlledPlace(owner)) as T[],
    byIndex: <T extends KubeObject>(kind: string, index: string, value: string) => byIndex(kind, index, value) as T[],
    unordered: <T extends KubeObject>(kind: string, index: string, value: string) =>
      byIndex(kind, index, value, false) as T[],
    since: <T extends KubeObject>(kind: string, object: T, holds: (object: T) => boolean) => {
      requireWatched(kind);
      let step: number | undefined;
      for (const change of store.past(kind, keyOf(object))) {
        if (position.stale && change.revision > position.revision) continue;
        const value = change.value as T | undefined;
        if (!value || value.metadata.uid !== object.metadata.uid || !holds(value)) break;
        step = change.step;
      }
      return step;
    },
    get revision() {
      return position.stale ? position.revision : store.revision;
    },
  };
}
