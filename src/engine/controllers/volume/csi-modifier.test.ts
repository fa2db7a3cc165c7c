import { expect, it } from 'vitest';
import { createTerminal } from '../../../testing/terminal';
import type { CoreEvent, PersistentVolume, PersistentVolumeClaim } from '../../api/types';

const CLASSES = ['silver', 'gold'].map(
  (name) =>
    `{apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: {name: ${name}}, driverName: ebs.csi.aws.com, parameters: {iops: "3000"}}`,
);
const STORE = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ebs}
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: ebs, volumeAttributesClassName: silver, resources: {requests: {storage: 1Gi}}}
`;

it('a volume gets the class that its claim names, once there is such a class', () => {
  const terminal = createTerminal({ documents: [CLASSES[0], STORE].join('\n---'), nodes: 1 });
  const claim = () => terminal.world.get<PersistentVolumeClaim>('PersistentVolumeClaim', 'default', 'data');
  const said = () =>
    (terminal.world.events() as CoreEvent[])
      .filter(({ reason }) => reason?.startsWith('VolumeModify'))
      .map((e) => e.message);
  terminal.world.runFor(5000);
  expect(claim().status).toMatchObject({ phase: 'Bound', currentVolumeAttributesClassName: 'silver' });
  expect(said()).toEqual([]);
  terminal.run(`patch pvc data -p '{"spec":{"volumeAttributesClassName":"gold"}}'`);
  terminal.world.runFor(2000);
  const modifyVolumeStatus = { status: 'Pending', targetVolumeAttributesClassName: 'gold' };
  expect(claim().status).toMatchObject({ currentVolumeAttributesClassName: 'silver', modifyVolumeStatus });
  terminal.run('create -f -', CLASSES[1]);
  terminal.world.runFor(500);
  expect(claim().status.conditions?.map(({ type }) => type)).toEqual(['ModifyingVolume']);
  terminal.world.runFor(2000);
  expect(claim().status.modifyVolumeStatus).toBeUndefined();
  expect(claim().status.currentVolumeAttributesClassName).toBe('gold');
  const volume = terminal.world.get<PersistentVolume>('PersistentVolume', undefined, claim().spec.volumeName ?? '');
  expect(volume.spec.volumeAttributesClassName).toBe('gold');
  expect(said()).toEqual([
    'VAC "gold" does not exist.',
    'external resizer is modifying volume data with vac gold',
    'external resizer modified volume data with vac gold successfully',
  ]);
});
