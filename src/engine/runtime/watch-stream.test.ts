import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/meta';
import type { Component, WatchEvent } from '../client/component';
import type { Store } from '../store/store';
import { newFiring } from './firing';
import { newPace } from './latency';
import { announce, listed, relisted, takeArrived } from './watch-stream';

const change = (revision: number): WatchEvent => ({ revision, step: revision }) as WatchEvent;

describe('the watch stream', () => {
  it('hands over what was stored by then, in order; what is under way is told later', () => {
    const watcher = {
      component: { name: 'c' } as Component,
      pace: newPace(),
      inbox: [] as WatchEvent[],
      deliveryPending: false,
      held: false,
    };
    const at = (nowMs: number, elapsedMs = 0) => ({ nowMs, firing: { ...newFiring(), elapsedMs } });
    announce(at(0, 2000), watcher, change(1));
    announce(at(1500, 2000), watcher, change(2));
    announce(at(1600), watcher, change(3));

    const early = at(2010);
    expect(takeArrived(early, watcher).map(({ revision }) => revision)).toEqual([1]);
    expect(early.firing.timers).toMatchObject([{ atMs: 3510, to: 'c', cause: 2 }]);
    expect(takeArrived(at(3510), watcher).map(({ revision }) => revision)).toEqual([2, 3]);
    expect([watcher.deliveryPending, watcher.pace.arrivals.size, watcher.inbox.length]).toEqual([false, 0, 0]);
  });

  it('lists to a process that starts all that there is, as of the steps that wrote it', () => {
    const pods = [3, 7].map((revision) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${revision}`, namespace: 'ns', resourceVersion: `${revision}` },
    }));
    const store = {
      list: (kind: string) => (kind === 'Pod' ? pods : []),
      entryAt: (revision: number) => (revision === 3 ? { step: 2 } : undefined),
    } as unknown as Store<KubeObject>;
    const common = { atMs: 9, kind: 'Pod', previous: undefined, relisted: true };
    expect(listed({ store, nowMs: 9 }, 'Pod')).toEqual([
      { ...common, revision: 3, step: 2, key: 'ns/p3', value: pods[0] },
      { ...common, revision: 7, step: 0, key: 'ns/p7', value: pods[1] },
    ]);
  });

  it('tells after a break of each object its last state, of what is gone that it is, and nothing of what came and went', () => {
    const state = (name: string, uid: string, resourceVersion: number) => ({
      metadata: { name, uid, resourceVersion: String(resourceVersion) },
    });
    const missed = (revision: number, key: string, [before, after]: [string?, string?]) => ({
      ...change(revision),
      kind: 'Pod',
      key,
      previous: before && state(key, before, revision - 1),
      value: after && state(key, after, revision),
    });
    const events = [
      missed(11, 'changed', ['a', 'a']),
      missed(12, 'guest', [undefined, 'b']),
      missed(13, 'gone', ['c', 'c']),
      missed(14, 'changed', ['a', 'a']),
      missed(15, 'guest', ['b', undefined]),
      missed(16, 'gone', ['c', undefined]),
      missed(17, 'again', ['d', undefined]),
      missed(18, 'again', [undefined, 'e']),
    ] as WatchEvent[];
    const shown = relisted(events).map(({ revision, key, previous, value, relisted: is }) =>
      [revision, key, previous?.metadata.resourceVersion, value?.metadata.resourceVersion, is].join(' '),
    );
    expect(shown).toEqual(['14 changed 10 14 true', '16 gone 12  true', '17 again 16  true', '18 again  18 true']);
  });
});
