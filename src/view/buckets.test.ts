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
  const [web] = tracks.rollouts;
  expect(web?.name).toBe('web');
  expect(web?.ready[0]).toBe(0);
  expect(web?.ready.at(-1)).toBe(2);
  expect(web?.desired.every((desired) => desired === 2)).toBe(true);
});

test('a window counts only what lies in it', () => {
  const world = createWorld({ documents: DOCUMENTS });
  world.runFor(20_000);
  const { simulation } = world;
  const late = tracksOf(simulation, { fromMs: 9_000, toMs: 12_000, buckets: 3 });
  const inWindow = simulation.trace(1, simulation.step).filter(({ time }) => time >= 9_000 && time <= 12_000);
  expect(late.actors.reduce((sum, actor) => sum + actor.steps, 0)).toBe(inWindow.length);
});
