import { expect, test } from 'vitest';
import type { Deployment } from '../../engine/api/types';
import { createWorld } from '../../testing/world';
import { totalsOf } from './totals';
import { TrackIndex } from './track-index';

const DOCUMENTS = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.9.1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: ends}
spec: {containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 3; exit 1"]}]}
`;

test('a stretch is what happened in it, and no more', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(30_000);
  const { simulation } = world;
  const index = new TrackIndex(simulation).advance();
  const all = totalsOf(index, { fromMs: 0, toMs: 30_000 }, null);
  expect(all).toMatchObject({
    podsCreated: 3,
    podsRemoved: 0,
    lowest: { id: 'Deployment/default/web', available: 0, desired: 2 },
  });
  const restarts = simulation.objectAt(simulation.step, 'Pod', 'default', 'ends') as unknown as {
    status: { containerStatuses: { restartCount: number }[] };
  };
  expect(all.restarts).toBe(restarts.status.containerStatuses[0]?.restartCount);
  expect(all.restarts).toBeGreaterThan(0);
  const firstReady = simulation
    .history('Deployment', 'default', 'web')
    .find(({ value }) => ((value as { status?: { availableReplicas?: number } }).status?.availableReplicas ?? 0) > 0);
  const readyMs = simulation.traceAt(simulation.stepOfRevision(firstReady?.revision ?? 0)).time;
  const createdMs = simulation.traceAt(
    simulation.stepOfRevision(simulation.history('Deployment', 'default', 'web')[0]!.revision),
  ).time;
  expect(all.unavailable).toEqual({ id: 'Deployment/default/web', ms: readyMs - createdMs });
  expect(all.short?.ms).toBeGreaterThanOrEqual(all.unavailable?.ms ?? 0);
  const late = totalsOf(index, { fromMs: 20_000, toMs: 25_000 }, 'Deployment/default/web');
  expect(late).toEqual({
    podsCreated: 0,
    podsRemoved: 0,
    restarts: 0,
    lowest: { id: 'Deployment/default/web', available: 2, desired: 2 },
    unavailable: null,
    short: null,
  });
});

test('lowest is what falls furthest below what it wants, however many it has', () => {
  const documents = DOCUMENTS.split('---')[0]!;
  const named = (name: string, replicas: number, more = '') =>
    documents.replaceAll('web', name).replace('replicas: 2', `replicas: ${replicas}${more}`);
  const world = createWorld({
    documents: `${named('db', 1)}---${named('shop', 4, '\n  strategy: {rollingUpdate: {maxUnavailable: 2, maxSurge: 0}}')}`,
  });
  world.runFor(10_000);
  const shop = world.get<Deployment>('Deployment', 'default', 'shop');
  const template = { ...shop.spec.template, metadata: { labels: { app: 'shop' }, annotations: { again: '1' } } };
  world.client.update({ ...shop, spec: { ...shop.spec, template } });
  world.runFor(10_000);
  const index = new TrackIndex(world.simulation).advance();
  expect(totalsOf(index, { fromMs: 9_000, toMs: 20_000 }, null).lowest).toEqual({
    id: 'Deployment/default/shop',
    available: 2,
    desired: 4,
  });
  // Where nothing is missing, it is the fewest.
  expect(totalsOf(index, { fromMs: 9_000, toMs: 9_500 }, null).lowest).toMatchObject({ available: 1, desired: 1 });
});
