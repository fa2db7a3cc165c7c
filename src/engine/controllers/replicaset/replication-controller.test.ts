/** ReplicationControllers: the ReplicaSet's controller with another selector. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { CoreEvent, Pod, ReplicationController } from '../../api/types';

const YAML = `
apiVersion: v1
kind: ReplicationController
metadata: {name: web, namespace: default}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "app:v1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: orphan, namespace: default, labels: {app: web}}
spec: {containers: [{name: app, image: "app:v1"}]}
`;

const web = (world: World): ReplicationController =>
  world.get<ReplicationController>('ReplicationController', 'default', 'web');

test('it keeps as many Pods as it wants, adopts, releases and reports', () => {
  const world = createWorld({ documents: YAML });
  world.runUntil(20_000);
  const pods = world.list<Pod>('Pod');
  expect(pods).toHaveLength(2);
  const owner = { apiVersion: 'v1', kind: 'ReplicationController', name: 'web', uid: web(world).metadata.uid };
  for (const { metadata } of pods) expect(metadata.ownerReferences).toMatchObject([owner]);
  expect(web(world).status).toEqual({
    availableReplicas: 2,
    fullyLabeledReplicas: 2,
    observedGeneration: 1,
    readyReplicas: 2,
    replicas: 2,
  });
  const body = { metadata: { labels: { app: 'other' } } };
  world.client.patch('Pod', 'default', pods[0]?.metadata.name as string, { type: 'merge', body });
  world.runFor(1000);
  expect(world.list<Pod>('Pod')).toHaveLength(3);
  world.client.scale('ReplicationController', 'default', 'web', 1);
  world.runFor(10_000);
  expect(world.list<Pod>('Pod')).toHaveLength(2);
  const events = world.events() as CoreEvent[];
  const made = events.filter(({ involvedObject }) => involvedObject.kind === 'ReplicationController');
  expect(new Set(made.map(({ reason, source }) => `${reason} ${source?.component}`))).toEqual(
    new Set(['SuccessfulCreate replication-controller', 'SuccessfulDelete replication-controller']),
  );
});
