import { expect, it } from 'vitest';
import { createWorld } from '../../testing/world';
import type { CSINode, Node } from '../api/types';

it('every node has a CSINode of its own, which goes with it and takes no uid from what is drawn', () => {
  const world = createWorld({ nodes: [{ name: 'n1' }, { name: 'n2' }] });
  world.runUntil(100);
  const uidOf = (name: string) => world.get<Node>('Node', undefined, name).metadata.uid;
  const own = world.get<CSINode>('CSINode', undefined, 'n1');
  expect(own).toMatchObject({
    metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n1', uid: uidOf('n1') }] },
    spec: { drivers: null },
  });
  expect(new Set([own.metadata.uid, uidOf('n1'), world.get('CSINode', undefined, 'n2').metadata.uid]).size).toBe(3);
  world.client.delete('Node', undefined, 'n1');
  world.runUntil(5000);
  expect(world.list('CSINode').map(({ metadata }) => metadata.name)).toEqual(['n2']);
});

const RBD = 'rook-ceph.rbd.csi.ceph.com';
const VOLUME = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: block}
provisioner: ${RBD}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: default}
spec: {storageClassName: block, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: nobody.example.com}
spec: {}
`;

it('drivers of volumes register with the next heartbeat, once, and beside what is there', () => {
  const world = createWorld({ nodes: [{ name: 'n1' }, { name: 'n2' }], documents: VOLUME });
  const drivers = (name: string) => world.get<CSINode>('CSINode', undefined, name).spec.drivers;
  world.runUntil(5000);
  expect(drivers('n1')).toBeNull();
  const limited = { name: RBD, nodeID: 'n2', topologyKeys: null, allocatable: { count: 1 } };
  const other = { ...world.get<CSINode>('CSINode', undefined, 'n2'), spec: { drivers: [limited] } };
  world.client.update(other as unknown as CSINode);
  world.runUntil(15_000);
  expect(drivers('n1')).toEqual([{ name: RBD, nodeID: 'n1', topologyKeys: null }]);
  expect(drivers('n2')).toEqual([limited]);
  const { resourceVersion } = world.get<CSINode>('CSINode', undefined, 'n1').metadata;
  world.runUntil(45_000);
  expect(world.get<CSINode>('CSINode', undefined, 'n1').metadata.resourceVersion).toBe(resourceVersion);
});
