import { expect, test } from 'vitest';
import { createSession } from '../session/create-session';
import { Viewer } from './viewer';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;

test('while a question is open, no place after its moment is shown; before it, every one is', () => {
  const { session } = createSession(TEXT);
  if (!session) throw new Error('the text can be run');
  const { simulation } = session;
  simulation.run({ timeMs: 60_000 });
  const viewer = new Viewer(() => undefined);
  const shown = { id: 0, simulation };
  const end = { step: simulation.stepAtTime(1_000), timeMs: 1_000 };
  viewer.held.hold(1_000);
  expect(viewer.atPlace(shown, { timeMs: 60_000 }).cursor).toEqual(end);
  expect(viewer.atPlace(shown, { step: simulation.step }).cursor).toEqual(end);
  expect(viewer.at(shown, simulation.step, 60_000).cursor).toEqual(end);
  expect(viewer.atPlace(shown, { timeMs: 400 }).cursor.timeMs).toBe(400);
  expect(viewer.atPlace(shown, { step: 3 }).cursor.step).toBe(3);
  viewer.held.hold(null);
  expect(viewer.atPlace(shown, { timeMs: 60_000 }).cursor.timeMs).toBe(60_000);
  viewer.held.hold(1_000);
  viewer.forget();
  expect(viewer.atPlace(shown, { timeMs: 60_000 }).cursor.timeMs).toBe(60_000);
  expect(viewer.held.followed(500, 90_000)).toBe(90_000);
  viewer.held.hold(1_000);
  expect([viewer.held.followed(500, 90_000), viewer.held.followed(2_000, 90_000)]).toEqual([1_000, 2_000]);
});
