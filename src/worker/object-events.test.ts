import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { eventsAbout } from './object-events';

const event = (kind: string, name: string, uid: string | undefined, reason: string, namespace = 'default') =>
  ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: reason, namespace },
    involvedObject: { kind, name, uid, ...(kind === 'Node' ? {} : { namespace }) },
    reason,
    lastTimestamp: '2026-01-01T00:00:01Z',
  }) as unknown as KubeObject;

const object = (kind: string, name: string, uid: string, namespace?: string): KubeObject =>
  ({ apiVersion: 'v1', kind, metadata: { name, uid, namespace } }) as KubeObject;

const EVENTS = [
  event('Pod', 'web', 'old', 'Killing'),
  event('Pod', 'web', 'new', 'Started'),
  event('Pod', 'web', 'new', 'Elsewhere', 'other'),
  event('Pod', 'web', 'web', 'NamedByName'),
  event('Pod', 'web', undefined, 'WithoutUid'),
  event('Deployment', 'web', 'new', 'OtherKind'),
  event('Node', 'node-1', 'node-1', 'NodeReady'),
  event('Node', 'node-1', 'n1', 'RegisteredNode'),
  event('Node', 'node-1', 'gone', 'OfADeadNode'),
];

test.each([
  ['a Pod that has been made anew', object('Pod', 'web', 'new', 'default'), ['Started']],
  ['its dead namesake', object('Pod', 'web', 'old', 'default'), ['Killing']],
  ['a Node, by uid and by name', object('Node', 'node-1', 'n1'), ['NodeReady', 'RegisteredNode']],
])('Events about %s', (_what, about, reasons) => {
  const found = eventsAbout(EVENTS, about).map(({ reason }) => reason);
  expect(found.sort()).toEqual(reasons);
});
