/** Names of Events in the real engine: two sources that speak at the same moment of objects of the same name. */
import { expect, test } from 'vitest';
import { createWorld } from '../../testing/world';
import type { CoreEvent } from '../api/types';

const WEB = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "app:1"}]}
`;

test('a Deployment and a budget of one name each have their Events', () => {
  const world = createWorld({ nodes: 1, documents: WEB });
  world.runUntil(3000);
  const about = (world.events() as CoreEvent[]).filter(({ involvedObject }) => involvedObject.name === 'web');
  const said = about.map(({ involvedObject, reason, message }) => `${involvedObject.kind} ${reason}: ${message}`);
  expect(said.sort()).toEqual([
    expect.stringMatching(/^Deployment ScalingReplicaSet: Scaled up replica set web-[a-z0-9]+ from 0 to 2$/),
    'PodDisruptionBudget NoPods: No matching pods found',
  ]);
  for (const { metadata } of about) expect(metadata.name).toMatch(/^web\.[0-9a-f]{16}$/);
});
