import { expect, test } from 'vitest';
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
