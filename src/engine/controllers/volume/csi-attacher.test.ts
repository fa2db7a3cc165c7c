import { expect, it } from 'vitest';
import { createTerminal } from '../../../testing/terminal';
import type { CoreEvent, Node, PersistentVolume, VolumeAttachment } from '../../api/types';

const SET = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: block}
provisioner: rook-ceph.rbd.csi.ceph.com
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {terminationGracePeriodSeconds: 1, containers: [{name: db, image: redis}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], storageClassName: block, resources: {requests: {storage: 1Gi}}}}]
`;
const ATTACHER = 'external-attacher/rook-ceph-rbd-csi-ceph-com';

function running() {
  const terminal = createTerminal({ documents: SET, nodes: 1 });
  const { world } = terminal;
  const listed = <T extends object>(kind: string) =>
    (JSON.parse(terminal.run(`get ${kind} -o json`).stdout) as { items: T[] }).items;
  world.runFor(20_000);
  const volumes = () => listed<PersistentVolume>('pv');
  return { terminal, world, volumes, attachments: () => listed<VolumeAttachment>('volumeattachments') };
}

it('a volume keeps the finalizer of its attacher when it is detached, until it is deleted', () => {
  const { terminal, world, volumes, attachments } = running();
  expect(attachments().map(({ metadata }) => [metadata.finalizers, metadata.annotations])).toEqual(
    Array(2).fill([[ATTACHER], { 'csi.alpha.kubernetes.io/node-id': 'node-1' }]),
  );
  terminal.run('scale statefulset db --replicas=0');
  world.runFor(20_000);
  expect(attachments()).toEqual([]);
  expect(volumes().map(({ metadata }) => metadata.finalizers?.includes(ATTACHER))).toEqual([true, true]);
  terminal.run('delete pvc --all');
  world.runFor(20_000);
  expect(volumes()).toEqual([]);
});

it('a volume that is marked for deletion is not attached again; its Pod is told why', () => {
  const { terminal, world, volumes, attachments } = running();
  terminal.run('scale statefulset db --replicas=0');
  world.runFor(20_000);
  terminal.run('delete pv --all --wait=false');
  expect(volumes().map(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([true, true]);
  terminal.run('scale statefulset db --replicas=1');
  world.runFor(20_000);
  const name = volumes()[0]?.metadata.name;
  const message = `PersistentVolume "${name}" is marked for deletion`;
  const refused = attachments().filter(({ status }) => !status.attached);
  expect(refused.map(({ status }) => status.attachError?.message)).toEqual([message]);
  const told = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'FailedAttachVolume');
  expect(new Set(told.map((event) => event.message))).toEqual(
    new Set([`AttachVolume.Attach failed for volume "${name}" : ${message}`]),
  );
});

it('what is attached to a node at a time is said in one write', () => {
  const { world } = running();
  const lists = world.simulation
    .changes(0, world.simulation.revision)
    .filter(({ kind }) => kind === 'Node')
    .map(({ value }) => (value as Node).status.volumesAttached?.length ?? 0);
  expect(lists.filter((length, at) => length !== lists[at - 1])).toEqual([0, 2]);
});
