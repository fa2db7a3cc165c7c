import { expect, test } from 'vitest';
import { createWorld } from '../testing/world';
import { tracksOf } from './buckets';

const DOCUMENTS = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.9.1"}]
`;

test('buckets count every step once and hold a Deployment’s Pods until they change', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const tracks = tracksOf(simulation, { fromMs: 0, toMs: 20_000, buckets: 40 });
  const counted = tracks.actors.reduce((sum, actor) => sum + actor.steps, 0);
  expect(counted).toBe(simulation.step);
  expect(tracks.actors.map(({ actor }) => actor)).toContain('kubelet');
  const [web] = tracks.workloads;
  expect(web).toMatchObject({ id: 'Deployment/default/web', name: 'web' });
  expect(web?.series.ready?.[0]).toBe(0);
  expect(web?.series.ready?.at(-1)).toBe(2);
  expect(web?.series.desired?.every((desired) => desired === 2)).toBe(true);
  expect(tracks.workloads, 'ReplicaSets that are owned have none').toHaveLength(1);
});

test('a window counts only what lies in it', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const late = tracksOf(simulation, { fromMs: 9_000, toMs: 12_000, buckets: 3 });
  const inWindow = simulation.trace(1, simulation.step).filter(({ time }) => time >= 9_000 && time <= 12_000);
  expect(late.actors.reduce((sum, actor) => sum + actor.steps, 0)).toBe(inWindow.length);
});

test('steps at the very edges of a window lie in its first and its last bucket', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const times = [...new Set(simulation.trace(1, simulation.step).map(({ time }) => time))].filter((time) => time > 0);
  const [fromMs = 0, toMs = 0] = [times[0], times.at(-1)];
  const inWindow = simulation.trace(1, simulation.step).filter(({ time }) => time >= fromMs && time <= toMs);
  const { actors } = tracksOf(simulation, { fromMs, toMs, buckets: 7 });
  const inBucket = (at: number) => actors.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0);
  expect([0, 1, 2, 3, 4, 5, 6].reduce((sum, at) => sum + inBucket(at), 0)).toBe(inWindow.length);
  const atEdge = (edge: number) => inWindow.filter(({ time }) => time === edge).length;
  expect(inBucket(0)).toBeGreaterThanOrEqual(atEdge(fromMs));
  expect(inBucket(6)).toBeGreaterThanOrEqual(atEdge(toMs));
  const fine = tracksOf(simulation, { fromMs, toMs, buckets: toMs - fromMs });
  expect(fine.actors.every(({ counts }) => counts.length === toMs - fromMs)).toBe(true);
});

const RUNS = `
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: "* * * * *"
  successfulJobsHistoryLimit: 1
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 20"]}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  completions: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: "busybox:1.36", command: [sh, -c, "sleep 5"]}]
`;

test('runs of a CronJob are bars, also those whose Jobs are gone; a Job of its own counts what succeeded', () => {
  const world = createWorld({ documents: RUNS });
  world.runFor(250_000);
  const { simulation } = world;
  const tracks = tracksOf(simulation, { fromMs: 0, toMs: 300_000, buckets: 300 });
  expect(tracks.runs).toMatchObject([{ id: 'CronJob/default/tick', name: 'tick' }]);
  const runs = tracks.runs[0]?.runs ?? [];
  expect(runs.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete', 'running']);
  expect(runs.map(({ from }) => from)).toEqual([60, 120, 180, 240]);
  expect(runs[0]!.to - runs[0]!.from).toBeGreaterThan(19);
  expect(runs[3]!.to).toBe(251);
  expect(simulation.objectsAt(simulation.step, 'Job').length).toBeLessThan(5);
  expect(tracks.workloads.map(({ id }) => id)).toEqual(['Job/default/once']);
  const { ready, desired } = tracks.workloads[0]?.series ?? {};
  expect([ready?.[250], desired?.[250], ready?.[251]]).toEqual([2, 2, -1]);
});
