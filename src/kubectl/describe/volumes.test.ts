/** Volumes as `kubectl describe pod` shows them, in a real one's words. */
import { expect, it } from 'vitest';
import { createTerminal } from '../../testing/terminal';

const pod = (volume: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers: [{name: c, image: "nginx:1", volumeMounts: [{name: v, mountPath: /v}]}]
  volumes: [{name: v, ${volume}}]
`;

it.each([
  [
    'ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b, c: d}}, spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}}}',
    [
      'Type: EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
      'StorageClass: none',
      'Volume:',
      'Labels: a=b',
      'c=d',
      'Annotations: <none>',
      'Capacity:',
      'Access Modes:',
      'VolumeMode: Filesystem',
    ],
  ],
  [
    'iscsi: {targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:disk1", lun: 0, secretRef: {name: s}}',
    [
      "Type: ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
      'TargetPortal: 10.0.0.1:3260',
      'IQN: iqn.2001-04.com.example:disk1',
      'Lun: 0',
      'ISCSIInterface default',
      'FSType:',
      'ReadOnly: false',
      'Portals: []',
      'DiscoveryCHAPAuth: false',
      'SessionCHAPAuth: false',
      'SecretRef: &LocalObjectReference{Name:s,}',
      'InitiatorName: <none>',
    ],
  ],
  [
    'cephfs: {monitors: ["a:1", "b:2"]}',
    [
      "Type: CephFS (a CephFS mount on the host that shares a pod's lifetime)",
      'Monitors: [a:1 b:2]',
      'Path:',
      'User:',
      'SecretFile:',
      'SecretRef: nil',
      'ReadOnly: false',
    ],
  ],
])('%s', (volume, lines) => {
  const { run } = createTerminal({ nodes: 1 });
  run('apply -f -', pod(volume));
  const [, shown = ''] = run('describe pod p').stdout.split('\n  v:\n');
  const [mine = ''] = shown.split('\n  kube-api-access');
  expect(mine.split('\n').map((line) => line.trim().replace(/ +/g, ' '))).toEqual(lines);
});
