/**
 * How changes reach a component: one stream for all kinds it watches, ordered by revision. A change arrives 10 ms after it was
 * stored, together with whatever was stored meanwhile.
 */
import { type KubeObject, keyOf } from '../api/meta';
import { WATCH_LATENCY_MS } from '../api/watch-latency';
import { type Component, CUSTOM_KINDS, type WatchEvent, watchedAs } from '../client/component';
import type { Store } from '../store/store';
import type { Firing } from './firing';
import type { Pace } from './latency';

/** The timer kind that hands over what is in a component's inbox. */
export const DELIVER = '@deliver';

/** The timer kind that starts a component. */
export const START = '@start';

interface Watcher {
  readonly component: Component;
  readonly pace: Pace;
  inbox: WatchEvent[];
  deliveryPending: boolean;
  readonly held: boolean;
}

interface Surroundings {
  readonly nowMs: number;
  readonly firing: Firing;
}

function requestDelivery({ firing }: Surroundings, watcher: Watcher, atMs: number, cause: number): void {
  if (watcher.deliveryPending || watcher.held) return;
  watcher.deliveryPending = true;
  firing.timers.push({ atMs, to: watcher.component.name, kind: DELIVER, key: '', cause });
}

/** Puts a change that is being written into a component's inbox. */
export function announce(world: Surroundings, watcher: Watcher, event: WatchEvent): void {
  const { nowMs, firing } = world;
  const atMs = nowMs + firing.elapsedMs + WATCH_LATENCY_MS;
  watcher.inbox.push(event);
  if (firing.elapsedMs > 0) watcher.pace.arrivals.set(event.revision, atMs);
  requestDelivery(world, watcher, atMs, event.step);
}

/** What a process that starts finds of what it watches, a kind or all custom ones: all that there is. */
export function listed(
  { store, nowMs: atMs }: { readonly store: Store<KubeObject>; readonly nowMs: number },
  watched: string,
): WatchEvent[] {
  const kinds = watched === CUSTOM_KINDS ? store.kinds().filter((kind) => watchedAs(kind) === watched) : [watched];
  return kinds.flatMap((kind) =>
    store.list(kind).map((value) => {
      const revision = Number(value.metadata.resourceVersion);
      const step = store.entryAt(revision)?.step ?? 0;
      return { revision, step, atMs, kind, key: keyOf(value), value, previous: undefined, relisted: true };
    }),
  );
}

/**
 * What a list finds after the watch was broken: of each object its last state, however often it changed; of those that are gone the last state
 * known; what came and went meanwhile was never there. As client-go's queue puts it: Replaced, and Deleted with the final state unknown.
 */
export function relisted(missed: readonly WatchEvent[]): WatchEvent[] {
  const found = new Map<string, WatchEvent>();
  for (const event of missed) {
    // One that was deleted and made anew is another one.
    const uid = (event.value ?? event.previous)?.metadata.uid ?? event.key;
    const known = found.get(uid);
    found.delete(uid);
    found.set(uid, { ...event, previous: known ? known.previous : event.previous, relisted: true });
  }
  return [...found.values()].filter(({ value, previous }) => value || previous);
}

/** Takes what has arrived out of the inbox, and has the rest delivered when that arrives. */
export function takeArrived(world: Surroundings, watcher: Watcher): WatchEvent[] {
  const { inbox, pace } = watcher;
  const { arrivals } = pace;
  watcher.deliveryPending = false;
  const isUnderWay = ({ revision }: WatchEvent): boolean => (arrivals.get(revision) ?? 0) > world.nowMs;
  const next = arrivals.size > 0 ? inbox.findIndex(isUnderWay) : -1;
  watcher.inbox = next < 0 ? [] : inbox.slice(next);
  const arrived = next < 0 ? inbox : inbox.slice(0, next);
  if (arrivals.size > 0) for (const { revision } of arrived) arrivals.delete(revision);
  const [first] = watcher.inbox;
  if (first) requestDelivery(world, watcher, arrivals.get(first.revision) ?? world.nowMs, first.step);
  return arrived;
}
