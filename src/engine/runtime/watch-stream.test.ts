import { describe, expect, it } from 'vitest';
import type { Component, WatchEvent } from '../client/component';
import { newFiring } from './firing';
import { newPace } from './latency';
import { announce, takeArrived } from './watch-stream';

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
});
