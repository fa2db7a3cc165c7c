import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/api/meta';
import { Store } from '../engine/store/store';
import { createWorld } from '../testing/world';
import { projectAll, projectBetween, type RowsDelta, type Viewable } from './diff';
import type { Row } from './rows';

/** A store in which every write is a step of its own, as seen through the simulation's door. */
function viewOf(store: Store<KubeObject>): Viewable {
  return {
    kinds: () => store.kinds(),
    objectsAt: (step, kind) => store.listAt(kind, step),
    differences: (kind, from, to) => store.differences(kind, from, to),
  };
}

function pod(name: string, nodeName?: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', uid: name }, spec: { nodeName } };
}

function apply(rows: Map<string, Row>, delta: RowsDelta): Map<string, Row> {
  const next = delta.full ? new Map<string, Row>() : new Map(rows);
  for (const id of delta.removed) next.delete(id);
  for (const row of delta.put) next.set(row.id, row);
  return next;
}

const ROLLOUT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.9.1"}]
`;

const sorted = (rows: Map<string, Row>) => [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

test('a delta between any two steps equals the full projection of the second', () => {
  const store = new Store<KubeObject>();
  const write = (name: string, value: KubeObject | undefined) => {
    store.write('Pod', `default/${name}`, value, store.revision + 1, 0);
  };
  write('a', pod('a'));
  write('b', pod('b'));
  write('a', pod('a', 'node-1'));
  write('b', undefined);
  write('c', pod('c'));
  write('b', pod('b', 'node-2'));
  write('a', undefined);
  const view = viewOf(store);
  for (let from = 0; from <= store.revision; from += 1) {
    for (let to = 0; to <= store.revision; to += 1) {
      const start = apply(new Map(), projectAll(view, from));
      const reached = apply(start, projectBetween(view, from, to));
      expect(sorted(reached), `${from} to ${to}`).toEqual(sorted(apply(new Map(), projectAll(view, to))));
    }
  }
});

test('on the real engine too, between any two of its steps', () => {
  const world = createWorld({ documents: ROLLOUT, nodes: 3 });
  world.runFor(5_000);
  world.client.patch('Deployment', 'default', 'web', { type: 'merge', body: { spec: { replicas: 1 } } });
  world.runFor(5_000);
  const { simulation } = world;
  const full = (step: number) => sorted(apply(new Map(), projectAll(simulation, step)));
  let shown = apply(new Map(), projectAll(simulation, 0));
  let at = 0;
  for (let hop = 1; hop <= 60; hop += 1) {
    const to = (hop * 7919) % (simulation.step + 1);
    shown = apply(shown, projectBetween(simulation, at, to));
    expect(sorted(shown), `${at} to ${to}`).toEqual(full(to));
    at = to;
  }
});

test('events and leases never become rows', () => {
  const store = new Store<KubeObject>();
  store.write('Event', 'default/e', { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' } }, 1, 0);
  store.write('Pod', 'default/a', pod('a'), 2, 0);
  expect(projectAll(viewOf(store), 2).put.map((row) => row.id)).toEqual(['Pod/default/a']);
  expect(projectBetween(viewOf(store), 0, 2).put.map((row) => row.id)).toEqual(['Pod/default/a']);
});
