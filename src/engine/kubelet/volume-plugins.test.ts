/** Volumes that nothing can mount, in the words that a kubelet of 1.36 has for them. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { CoreEvent, CSIDriver, Pod } from '../api/types';

const pod = (name: string, volume: string, use = 'volumeMounts: [{name: v, mountPath: /d}]'): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default}
spec:
  nodeName: node-1
  containers: [{name: c, image: "app:1", ${use}}]
  volumes: [{name: v, ${volume}}]
---`;

const bound = (name: string, spec: string): string => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: ${name}, ${spec}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: default}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ${name}
  resources: {requests: {storage: 1Gi}}
  volumeMode: ${spec.includes('Block') ? 'Block' : 'Filesystem'}
---`;

const DRIVER = `
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: own.example}
spec: {attachRequired: false}
---`;

const of = (claimName: string): string => `persistentVolumeClaim: {claimName: ${claimName}}`;

function world(documents: string): World {
  const one = createWorld({ nodes: 1, programs: [{ image: 'app:*', pull: 100, startMs: 100 }], documents });
  one.runFor(30_000);
  return one;
}

const told = (one: World, name: string): readonly (string | undefined)[] => {
  const events = one.list<CoreEvent>('Event').filter(({ involvedObject }) => involvedObject.name === name);
  return [...new Set(events.filter(({ reason }) => reason === 'FailedMount').map(({ message }) => message))];
};
const phase = (one: World, name: string): string | undefined => one.get<Pod>('Pod', 'default', name).status.phase;
const unprocessed = (why: string): string =>
  `Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: ${why}`;

test.each([
  'rbd: {monitors: ["10.1.2.3:6789"], image: foo}',
  'cephfs: {monitors: ["10.1.2.3:6789"]}',
  'glusterfs: {endpoints: e, path: p}',
  'flexVolume: {driver: kubernetes.io/lvm}',
  'quobyte: {registry: "a:1", volume: v}',
])('a Pod with a volume whose plugin is gone is not started: %s', (volume) => {
  const one = world(pod('p', volume));
  expect(phase(one, 'p')).toBe('Pending');
  expect(told(one, 'p').at(-1)).toBe(
    unprocessed('failed to get Plugin from volumeSpec for volume "v" err=no volume plugin matched'),
  );
});

test('nor with a PersistentVolume of such a plugin', () => {
  const one = world(bound('old', 'rbd: {monitors: ["10.1.2.3:6789"], image: foo}') + pod('p', of('old')));
  expect(phase(one, 'p')).toBe('Pending');
  expect(told(one, 'p').at(-1)).toBe(
    unprocessed('failed to get Plugin from volumeSpec for volume "old" err=no volume plugin matched'),
  );
});

test('a volume of blocks is not mounted, and one of files is no device', () => {
  const device = 'volumeDevices: [{name: v, devicePath: /dev/x}]';
  const one = world(
    bound('blocks', 'volumeMode: Block, hostPath: {path: /b}') +
      bound('files', 'hostPath: {path: /f}') +
      pod('mounts', of('blocks')) +
      pod('opens', of('files'), device) +
      pod('fits', of('blocks'), device),
  );
  expect(['mounts', 'opens', 'fits'].map((name) => phase(one, name))).toEqual(['Pending', 'Pending', 'Running']);
  expect(told(one, 'mounts').at(-1)).toBe(
    unprocessed('volume v has volumeMode Block, but is specified in volumeMounts'),
  );
  expect(told(one, 'opens').at(-1)).toBe(
    unprocessed('volume v has volumeMode Filesystem, but is specified in volumeDevices'),
  );
});

test('git repositories are no longer cloned, though those who run to the cloud still find their disks', () => {
  const one = world(
    pod('git', 'gitRepo: {repository: "https://x/y.git"}') + pod('disk', 'awsElasticBlockStore: {volumeID: v1}'),
  );
  expect(phase(one, 'git')).toBe('Pending');
  expect(told(one, 'git')).toEqual([
    'MountVolume.SetUp failed for volume "v" : git-repo volume plugin has been disabled; if necessary, it may be re-enabled by enabling the feature-gate `GitRepoVolumeDriver`',
  ]);
  expect(phase(one, 'disk')).toBe('Running');
});

test('a driver mounts once it is installed on the node: its CSIDriver alone is not enough', () => {
  const one = world(
    bound('own', 'csi: {driver: own.example, volumeHandle: h}') +
      DRIVER +
      pod('inline', 'csi: {driver: own.example}') +
      pod('claim', of('own')),
  );
  const missing = 'driver name own.example not found in the list of registered CSI drivers';
  expect(told(one, 'inline')).toEqual([
    `MountVolume.SetUp failed for volume "v" : kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: ${missing}`,
  ]);
  expect(told(one, 'claim').at(-1)).toBe(
    `MountVolume.MountDevice failed for volume "own" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: ${missing}`,
  );
});

const REGISTRAR = pod('registrar', 'hostPath: {path: /var/lib/kubelet/plugins_registry/}');

test.each([
  { mode: 'Persistent', other: 'Ephemeral', mounted: 'claim', refused: 'inline', volume: 'v' },
  { mode: 'Ephemeral', other: 'Persistent', mounted: 'inline', refused: 'claim', volume: 'own' },
])('a driver that is installed mounts volumes of its modes: $mode', ({ mode, other, mounted, refused, volume }) => {
  const one = world(
    DRIVER.replace('false}', `false, volumeLifecycleModes: [${mode}]}`) +
      REGISTRAR +
      bound('own', 'csi: {driver: own.example, volumeHandle: h}') +
      pod('inline', 'csi: {driver: own.example}') +
      pod('claim', of('own')),
  );
  expect(phase(one, mounted)).toBe('Running');
  expect(phase(one, refused)).toBe('Pending');
  expect(told(one, refused).at(-1)).toBe(
    `MountVolume.SetUp failed for volume "${volume}" : kubernetes.io/csi: mounter.SetupAt failed to check volume lifecycle mode: volume mode "${other}" not supported by driver own.example (only supports ["${mode}"])`,
  );
});

test('a driver whose CSIDriver says later that nothing is to be attached mounts at once, and what was asked to be attached is not', () => {
  const one = world(REGISTRAR + bound('own', 'csi: {driver: own.example, volumeHandle: h}') + pod('claim', of('own')));
  expect([phase(one, 'claim'), one.list('VolumeAttachment').length]).toEqual(['Pending', 1]);
  one.client.create<CSIDriver>({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    metadata: { name: 'own.example' },
    spec: { attachRequired: false },
  });
  one.runFor(3_000);
  expect(phase(one, 'claim')).toBe('Running');
  one.runFor(20_000);
  expect(one.list('VolumeAttachment')).toEqual([]);
});
