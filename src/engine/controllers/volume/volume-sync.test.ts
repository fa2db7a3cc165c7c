/** Volumes whose claims are gone. */
import { expect, test } from 'vitest';
import { createWorld } from '../../../testing/world';
import type { CoreEvent, PersistentVolume } from '../../api/types';

const VOLUME = `
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: m, hostPath: {path: /data}, persistentVolumeReclaimPolicy: Delete}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: c, namespace: default}
spec: {accessModes: [ReadWriteOnce], storageClassName: m, resources: {requests: {storage: 1Gi}}}
`;

test.each([
  { first: false, phase: 'Failed', told: ['host_path deleter only supports /tmp/.+ but received provided /data'] },
  { first: true, phase: undefined, told: [] },
])('a volume that nobody can delete fails, unless it is being deleted already: $first', ({ first, phase, told }) => {
  const world = createWorld({ nodes: 1, documents: VOLUME });
  world.runFor(2000);
  if (first) world.client.delete('PersistentVolume', undefined, 'pv');
  world.client.delete('PersistentVolumeClaim', 'default', 'c');
  world.runFor(2000);
  expect(world.list<PersistentVolume>('PersistentVolume')[0]?.status.phase).toBe(phase);
  const events = world.list<CoreEvent>('Event').filter(({ reason }) => reason === 'VolumeFailedDelete');
  expect(events.map(({ message }) => message)).toEqual(told);
});
