/**
 * What one firing read, found out by running it once more. Ordinary runs keep no such log: nothing is paid for it until somebody asks.
 * Reads of a cache's builder are not told of: what was asked for is the cache, by its name.
 */
import { joinKey, type KubeObject } from '../api/meta';
import type { ApiRequest } from '../api/request';
import type { Lister } from '../client/client';
import type { Derived } from '../client/derived';
import type { Read } from '../simulation';

/** More are not told of. */
const MOST = 100;
/** So many objects of a list are named. */
const NAMED = 6;

/** A log of the latest firing; what it has from listers, derived caches and the API server goes through here. */
export class ReadLog {
  private reads = new Map<string, Read>();
  private actor = '';
  private isPaused = false;

  /** What the latest firing read, in order, each but once. */
  get all(): readonly Read[] {
    return [...this.reads.values()];
  }

  /** Another firing begins: what was read before it is forgotten. */
  begin(actor: string): void {
    this.actor = actor;
    this.reads = new Map();
  }

  /** A component's lister, whose reads are noted. */
  lister(actor: string, lister: Lister): Lister {
    const one = <T extends KubeObject>(kind: string, key: string, object: T | undefined): T | undefined => {
      this.note(actor, { from: 'cache', kind, what: key, ...found(object ? [object] : []) });
      return object;
    };
    const many = <T extends KubeObject>(kind: string, what: string, objects: T[]): T[] => {
      this.note(actor, { from: 'cache', kind, what, ...found(objects) });
      return objects;
    };
    const indexed = (index: string, value: string) => (value ? `${index}=${value}` : index);
    return {
      get: (kind, namespace, name) => one(kind, joinKey(namespace, name), lister.get(kind, namespace, name)),
      byKey: (kind, key) => one(kind, key, lister.byKey(kind, key)),
      list: (kind, namespace) => many(kind, namespace ? `${namespace}/*` : '*', lister.list(kind, namespace)),
      controlledBy: (kind, owner) => many(kind, `controller=${owner.uid}`, lister.controlledBy(kind, owner)),
      byIndex: (kind, index, value) => many(kind, indexed(index, value), lister.byIndex(kind, index, value)),
      unordered: (kind, index, value) => many(kind, indexed(index, value), lister.unordered(kind, index, value)),
      since: lister.since,
      get revision() {
        return lister.revision;
      },
    };
  }

  /** A component's derived caches, whose use is noted. */
  derived(actor: string, derived: Derived): Derived {
    return {
      read: (cache, key = '') => {
        this.note(actor, { from: 'derived', kind: cache.name, what: key, count: 0, named: [] });
        return this.unheard(() => derived.read(cache, key));
      },
      memo: (...args) => derived.memo(...args),
      forget: (...args) => derived.forget(...args),
      pure: (...args) => derived.pure(...args),
    };
  }

  /** Notes a request, if it only reads. */
  request(actor: string, { verb, resource, namespace, name, subresource }: ApiRequest): void {
    if (verb !== 'get' && verb !== 'list') return;
    const what = name ? joinKey(namespace, name) : namespace ? `${namespace}/*` : '*';
    const kind = subresource ? `${resource}/${subresource}` : resource;
    this.note(actor, { from: 'server', kind, what, count: 0, named: [] });
  }

  private note(actor: string, read: Read): void {
    if (this.isPaused || actor !== this.actor || this.reads.size >= MOST) return;
    const key = `${read.from} ${read.kind} ${read.what}`;
    if (!this.reads.has(key)) this.reads.set(key, read);
  }

  private unheard<T>(work: () => T): T {
    const before = this.isPaused;
    this.isPaused = true;
    try {
      return work();
    } finally {
      this.isPaused = before;
    }
  }
}

function found(objects: readonly KubeObject[]): Pick<Read, 'count' | 'named'> {
  const named = objects.slice(0, NAMED).map(({ metadata: { namespace, name, resourceVersion } }) => ({
    key: joinKey(namespace, name),
    revision: Number(resourceVersion),
  }));
  return { count: objects.length, named };
}
