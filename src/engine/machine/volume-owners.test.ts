import { expect, it, test } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const CLASS = (provisioner: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: main, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: ${provisioner}
allowVolumeExpansion: true
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
`;
const CLAIM = 'persistentVolumeClaim: {claimName: data}';
const RBD = 'rook-ceph.rbd.csi.ceph.com';

/** A Pod with a volume at /d, whose user runs a line in it. */
function mounted(volume: string, context: string, { provisioner = RBD, init = '' } = {}) {
  const terminal = createTerminal();
  const text = `${CLASS(provisioner)}apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  securityContext: ${context}
  ${init}
  containers: [{name: c, image: busybox, command: [sleep, 1h], volumeMounts: [{name: v, mountPath: /d}]}]
  volumes: [{name: v, ${volume}}]
`;
  terminal.run('apply -f -', text);
  terminal.world.runFor(30_000);
  return { terminal, sh: (line: string) => terminal.run(`exec p -- sh -c '${line}'`) };
}
const USER = '{runAsUser: 1000}';
const WRITE = 'echo hi > /d/x && ls -ld /d | cut -c1-10';
const DENIED = "sh: can't create /d/x: Permission denied";

it.each([
  ['a claim of a block device', CLAIM, USER, ''],
  ['one that is given to a group', CLAIM, '{runAsUser: 1000, fsGroup: 2000}', 'drwxrwsrwx'],
  ['one for root', CLAIM, '{}', 'drwxr-xr-x'],
  ['an emptyDir', 'emptyDir: {}', USER, 'drwxrwxrwx'],
  ['a directory of the node', 'hostPath: {path: /srv/x, type: DirectoryOrCreate}', USER, ''],
  [
    'one that groups are not given',
    'hostPath: {path: /srv/x, type: DirectoryOrCreate}',
    '{runAsUser: 1000, fsGroup: 2000}',
    '',
  ],
  ['/tmp of the node', 'hostPath: {path: /tmp}', USER, 'drwxrwxrwx'],
])('whether somebody may write to %s', (_, volume, context, mode) => {
  const { stdout, stderr } = mounted(volume, context).sh(WRITE);
  expect(stdout.trim()).toBe(mode);
  expect(stderr.includes(DENIED)).toBe(mode === '');
});

test('directories that provisioners make are open', () =>
  expect(mounted(CLAIM, USER, { provisioner: 'rancher.io/local-path' }).sh(WRITE).stdout).toBe('drwxrwxrwx\n'));

it.each(['chown -R 1000:1000 /d', 'chmod 777 /d'])('%s before opens it', (line) => {
  const init = `initContainers: [{name: i, image: busybox, command: [sh, -c, "${line}"], securityContext: {runAsUser: 0}, volumeMounts: [{name: v, mountPath: /d}]}]`;
  const { terminal, sh } = mounted(CLAIM, USER, { init });
  expect(sh('echo hi > /d/x && cat /d/x')).toMatchObject({ stdout: 'hi\n', code: 0 });
  // The volume keeps it, for the Pods after this one.
  terminal.run('delete pod p');
  const again = `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  securityContext: ${USER}\n  containers: [{name: c, image: busybox, command: [sleep, 1h], volumeMounts: [{name: v, mountPath: /mnt}]}]\n  volumes: [{name: v, ${CLAIM}}]\n`;
  terminal.run('apply -f -', again);
  terminal.world.runFor(30_000);
  expect(sh('echo more >> /mnt/y && ls /mnt').stdout).toBe('lost+found\nx\ny\n');
});

test('df tells of the device of a claim and its size, and writing ends there', () => {
  const { terminal, sh } = mounted(CLAIM, '{}');
  expect(sh('df -h /d').stdout).toMatch(/^\/dev\/rbd0 +1\.0G +0 +1\.0G +0% \/d$/m);
  expect(sh('mount | grep " /d "').stdout).toBe('/dev/rbd0 on /d type ext4 (rw,relatime)\n');
  expect(sh('dd if=/dev/zero of=/d/big bs=1M count=2048').stderr).toContain('No space left on device');
  terminal.run(`patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"3Gi"}}}}'`);
  terminal.world.runFor(120_000);
  expect(sh('df -h /d').stdout).toMatch(/ 3\.0G +1\.0G +2\.0G +34% \/d$/m);
});

test('a share of an NFS server is called by the server', () =>
  expect(mounted('nfs: {server: files.example, path: /share}', '{}').sh('df /d').stdout).toMatch(
    /^files\.example:\/share /m,
  ));
