/**
 * Who hears of a change: by kind, and of Nodes and Pods by the node, since each kubelet wants its own only
 * (upstream: a watch with the field selector spec.nodeName). Asking every kubelet of each would cost the square of a cluster's size.
 * Of claims, volumes and attachments by the storage driver.
 */
import { addresseeOf, type Component, isCacheOnly, type WatchEvent, watchedAs } from '../client/component';

interface Watcher {
  readonly component: Component;
}

interface OfKind<W> {
  readonly all: W[];
  /** Those who may want changes of one node or driver, in the order of `all`; made when asked for. */
  readonly byAddressee: Map<string, readonly W[]>;
}

const NOBODY: readonly never[] = [];

/** Whether a watcher may want changes of a kind about a node or driver ('': about none). */
function reaches({ component }: Watcher, kind: string, addressee: string): boolean {
  return component.watches.some(
    (watch) => watch.kind === kind && !isCacheOnly(watch) && (watch.of === undefined || watch.of === addressee),
  );
}

/** See the header. */
export class Watchers<W extends Watcher> {
  private readonly kinds = new Map<string, OfKind<W>>();

  add(watcher: W): void {
    const delivered = watcher.component.watches.filter((watch) => !isCacheOnly(watch));
    for (const kind of new Set(delivered.map((watch) => watch.kind))) {
      const known = this.kinds.get(kind) ?? { all: [], byAddressee: new Map<string, readonly W[]>() };
      known.all.push(watcher);
      known.byAddressee.clear();
      this.kinds.set(kind, known);
    }
  }

  /** Those whom a change may concern, in the order they were added. */
  of(change: Pick<WatchEvent, 'kind' | 'value' | 'previous'>): readonly W[] {
    const kind = watchedAs(change.kind);
    const known = this.kinds.get(kind);
    if (!known) return NOBODY;
    const addressee = addresseeOf(change) ?? '';
    let found = known.byAddressee.get(addressee);
    if (!found) {
      found = known.all.filter((watcher) => reaches(watcher, kind, addressee));
      known.byAddressee.set(addressee, found);
    }
    return found;
  }
}
