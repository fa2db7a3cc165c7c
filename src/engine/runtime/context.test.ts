/** What a component is told of time, and what becomes of the Events it records. */
import { expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { CoreEvent } from '../api/types';
import type { Component } from '../client/component';

it('a component knows the time, and its Events say who saw what', () => {
  const told: unknown[] = [];
  const watcher: Component = {
    name: 'watcher/n1',
    process: 'watcher',
    eventSource: 'watcher',
    node: 'n1',
    watches: [],
    initial: () => ({}),
    start: ({ after }) => after(1234, 'look', ''),
    handle: ({ now, nowMs, nowMicro, timeOf, actor, client, events }) => {
      told.push(now, nowMs, nowMicro, timeOf('2026-01-01T00:00:05Z'), actor);
      const namespace = client.find('Namespace', undefined, 'default');
      if (!namespace) throw new Error('no namespace');
      events.record(namespace, 'Normal', 'Plain', 'is plain');
      events.record(namespace, 'Warning', 'Marked', 'is marked', { fieldPath: 'spec', annotations: { a: 'b' } });
    },
  };
  const world = createWorld({ nodes: 0, components: [watcher] });
  world.runUntil(5000);
  expect(told).toEqual(['2026-01-01T00:00:01Z', 1234, '2026-01-01T00:00:01.234000Z', 5000, 'watcher/n1']);
  const events = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'Plain' || reason === 'Marked');
  expect(events.map(({ type, reason, source, metadata }) => [type, reason, source, metadata.annotations])).toEqual([
    ['Normal', 'Plain', { component: 'watcher', host: 'n1' }, undefined],
    ['Warning', 'Marked', { component: 'watcher', host: 'n1' }, { a: 'b' }],
  ]);
  expect(events[1]?.involvedObject).toMatchObject({ kind: 'Namespace', name: 'default', fieldPath: 'spec' });
});

it('a component hears of changes while its watch is open', () => {
  const heard: string[] = [];
  const listener: Component = {
    name: 'listener',
    process: 'listener',
    watches: [{ kind: 'Namespace', open: ({ isOpen }) => isOpen === true, on: (_context, { key }) => heard.push(key) }],
    initial: () => ({ isOpen: false }),
    start: ({ after }) => after(1000, 'open', ''),
    handle: ({ memory }) => {
      memory.isOpen = true;
    },
  };
  const world = createWorld({ nodes: 0, components: [listener] });
  const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  world.runUntil(500);
  world.client.create(namespace('unheard'));
  world.runUntil(1500);
  world.client.create(namespace('told'));
  world.runUntil(2000);
  expect([...new Set(heard)]).toEqual(['told']);
});
