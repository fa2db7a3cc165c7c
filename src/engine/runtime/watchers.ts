/**
 * Who hears of a change: by kind, and of Nodes and Pods by the node, since each kubelet wants its own only
 * (upstream: a watch with the field selector spec.nodeName). Asking every kubelet of each would cost the square of a cluster's size.
 */
import { type Component, isCacheOnly, nodeOfChange, type WatchEvent, watchedAs } from '../client/component';

interface Watcher {
  readonly component: Component;
}

interface OfKind<W> {
  readonly all: W[];
  /** Those who may want changes on one node, in the order of `all`; made when asked for. */
  readonly byNode: Map<string, readonly W[]>;
}

const NOBODY: readonly never[] = [];

/** Whether a watcher may want changes of a kind on a node ('': on none). */
function reaches({ component }: Watcher, kind: string, node: string): boolean {
  return component.watches.some(
    (watch) => watch.kind === kind && !isCacheOnly(watch) && (watch.ofNode === undefined || watch.ofNode === node),
  );
}

/** See the header. */
export class Watchers<W extends Watcher> {
  private readonly kinds = new Map<string, OfKind<W>>();

  add(watcher: W): void {
    const delivered = watcher.component.watches.filter((watch) => !isCacheOnly(watch));
    for (const kind of new Set(delivered.map((watch) => watch.kind))) {
      const known = this.kinds.get(kind) ?? { all: [], byNode: new Map<string, readonly W[]>() };
      known.all.push(watcher);
      known.byNode.clear();
      this.kinds.set(kind, known);
    }
  }

  /** Those whom a change may concern, in the order they were added. */
  of(change: Pick<WatchEvent, 'kind' | 'value' | 'previous'>): readonly W[] {
    const kind = watchedAs(change.kind);
    const known = this.kinds.get(kind);
    if (!known) return NOBODY;
    const node = nodeOfChange(change) ?? '';
    let found = known.byNode.get(node);
    if (!found) {
      found = known.all.filter((watcher) => reaches(watcher, kind, node));
      known.byNode.set(node, found);
    }
    return found;
  }
}
