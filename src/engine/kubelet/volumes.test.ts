/** Volumes as Pods meet them: what keeps them waiting, in the kubelet's words, and whose data they see. */
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createWorld, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { CoreEvent, Node, PersistentVolumeClaim, Pod } from '../api/types';

const PROGRAMS = [{ image: 'app:*', pull: 100, startMs: 100 }];

/** A Pod on a node with one volume at /data; `does` is a shell text. */
const pod = (name: string, node: string, volume: string, does = 'sleep 600', mount = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default}
spec:
  nodeName: ${node}
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  containers:
  - {name: c, image: "busybox:1", command: [sh, -c, ${JSON.stringify(does)}], volumeMounts: [{name: d, mountPath: /data${mount}}]}
  volumes: [{name: d, ${volume}}]
---`;

const CLAIM = (className: string, mode = 'ReadWriteOnce'): string => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${className}}
provisioner: ${className === 'block' ? 'rook-ceph.rbd.csi.ceph.com' : 'nfs.csi.k8s.io'}
allowVolumeExpansion: true
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: claim, namespace: default}
spec: {storageClassName: ${className}, accessModes: [${mode}], resources: {requests: {storage: 1Gi}}}
---`;

const OF_CLAIM = 'persistentVolumeClaim: {claimName: claim}';
const SAY = 'cp /data/file /dev/termination-log';

function world(documents: string): World {
  return createWorld({ nodes: 2, programs: PROGRAMS, documents });
}

const apply = (one: World, text: string): void => {
  for (const document of parseAllDocuments(text)) {
    const object: KubeObject | null = document.toJS();
    if (object) one.client.create(object);
  }
};
const told = (one: World, name: string, reason: string): (string | undefined)[] =>
  one
    .list<CoreEvent>('Event')
    .filter((event) => event.involvedObject.name === name && event.reason === reason)
    .map(({ message }) => message);
const phase = (one: World, name: string): string | undefined => one.get<Pod>('Pod', 'default', name).status.phase;
const message = (one: World, name: string): string | undefined =>
  one.get<Pod>('Pod', 'default', name).status.containerStatuses?.[0]?.state?.terminated?.message;

test.each([
  ['hostPath: {path: /nosuch, type: Directory}', 'hostPath type check failed: /nosuch is not a directory'],
  ['hostPath: {path: /nosuch, type: File}', 'hostPath type check failed: /nosuch is not a file'],
  ['hostPath: {path: /tmp, type: Socket}', 'hostPath type check failed: /tmp is not a socket file'],
  [
    'hostPath: {path: /etc/machine-id, type: Directory}',
    'hostPath type check failed: /etc/machine-id is not a directory',
  ],
])('%s: %s', (volume, why) => {
  const one = world(pod('p', 'node-1', volume));
  one.runFor(2000);
  expect(phase(one, 'p')).toBe('Pending');
  expect(told(one, 'p', 'FailedMount')[0]).toBe(`MountVolume.SetUp failed for volume "d" : ${why}`);
});

test.each([
  'hostPath: {path: /new, type: DirectoryOrCreate}',
  'hostPath: {path: /etc, type: Directory}',
  'hostPath: {path: /var/lib/kubelet/plugins_registry/, type: Directory}',
  'hostPath: {path: /etc/machine-id, type: File}',
  'hostPath: {path: /dev/fuse, type: CharDevice}',
])('%s works', (volume) => {
  const one = world(pod('p', 'node-1', volume));
  one.runFor(5000);
  expect(phase(one, 'p')).toBe('Running');
});

test.each([
  ['$(NOPE)/$(NONE)', 'missing value for NONE, NOPE'],
  ['$(UP)', "unable to provision SubPath `../x`: must not contain '..'"],
  ['$(ROOT)', 'error SubPath `/x` must not be an absolute path'],
])('subPathExpr %s: %s', (path, why) => {
  const env = '[{name: UP, value: ../x}, {name: ROOT, value: /x}]';
  const one = world(
    pod('p', 'node-1', 'emptyDir: {}', 'sleep 600', `, subPathExpr: ${path}`).replace(
      'volumeMounts',
      `env: ${env}, volumeMounts`,
    ),
  );
  one.runFor(5000);
  const { waiting } = one.get<Pod>('Pod', 'default', 'p').status.containerStatuses?.[0]?.state ?? {};
  expect(waiting).toEqual({ reason: 'CreateContainerConfigError', message: why });
});

const PROFILE = '/var/lib/kubelet/seccomp/p.json';

test.each([
  [
    'seccompProfile: {type: Localhost, localhostProfile: p.json}',
    `failed to create containerd container: cannot load seccomp profile "${PROFILE}": open ${PROFILE}: no such file or directory`,
  ],
  [
    'appArmorProfile: {type: Localhost, localhostProfile: mine}',
    'failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found mine',
  ],
])('%s, and the node has no such profile', (profile, why) => {
  const one = world(
    pod('p', 'node-1', 'emptyDir: {}').replace('volumeMounts', `securityContext: {${profile}}, volumeMounts`),
  );
  one.runFor(5000);
  const { waiting } = one.get<Pod>('Pod', 'default', 'p').status.containerStatuses?.[0]?.state ?? {};
  expect(waiting).toEqual({ reason: 'CreateContainerError', message: why });
});

test('a seccomp profile is found once a Pod has put it on the node, and not asked for by a privileged container', () => {
  const asking = (name: string, more = ''): string =>
    pod(name, 'node-1', 'emptyDir: {}').replace(
      'volumeMounts',
      `securityContext: {seccompProfile: {type: Localhost, localhostProfile: p.json}${more}}, volumeMounts`,
    );
  const one = world(asking('p') + asking('free', ', privileged: true'));
  one.runFor(5000);
  expect([phase(one, 'p'), phase(one, 'free')]).toEqual(['Pending', 'Running']);
  apply(one, pod('brings', 'node-1', 'hostPath: {path: /var/lib/kubelet/seccomp}', 'echo {} > /data/p.json'));
  one.runFor(30_000);
  expect(phase(one, 'p')).toBe('Running');
});

test('an NFS server is waited for until it is declared, then nodes share its files', () => {
  const share = 'nfs: {server: 172.19.0.3, path: /data}';
  const one = world(pod('writer', 'node-1', share, 'echo hello > /data/file; sleep 600'));
  one.runFor(5000);
  expect(phase(one, 'writer')).toBe('Pending');
  const [why = ''] = told(one, 'writer', 'FailedMount');
  expect(why).toContain(
    'MountVolume.SetUp failed for volume "d" : mount failed: exit status 32\nMounting command: mount\n',
  );
  one.client.create({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'declared' },
    spec: { accessModes: ['ReadWriteMany'], capacity: { storage: '1Gi' }, nfs: { server: '172.19.0.3', path: '/' } },
  });
  one.runFor(30_000);
  expect(phase(one, 'writer')).toBe('Running');
  apply(one, pod('reader', 'node-2', share, SAY));
  one.runFor(5000);
  expect(message(one, 'reader')).toBe('hello\n');
});

test('nobody writes to a volume whose source is only read, whatever its mount says', () => {
  const write = '{ echo x > /data/f; } 2> /dev/termination-log';
  const one = world(
    [
      CLAIM('files', 'ReadWriteMany'),
      pod('writes', 'node-1', OF_CLAIM, write),
      pod('reads', 'node-1', 'persistentVolumeClaim: {claimName: claim, readOnly: true}', write),
    ].join(''),
  );
  one.runUntil(20_000);
  expect(phase(one, 'writes')).toBe('Succeeded');
  expect(phase(one, 'reads')).toBe('Failed');
  expect(message(one, 'reads')).toMatch(/Read-only file system/);
});

test("a PersistentVolume's own readOnly keeps nobody from writing: kubelets go by the Pod's claim (NewSpecFromPersistentVolume)", () => {
  const one = world(`apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteMany]
  storageClassName: files
  nfs: {server: nfs.example.com, path: /, readOnly: true}
---${CLAIM('files', 'ReadWriteMany')}${pod('writes', 'node-1', OF_CLAIM, 'echo x > /data/f')}`);
  one.runUntil(20_000);
  expect(phase(one, 'writes')).toBe('Succeeded');
  expect(one.get<PersistentVolumeClaim>('PersistentVolumeClaim', 'default', 'claim').spec.volumeName).toBe('pv');
});

test('what a hostPath holds stays on its node, nested or not, and outlives the Pod', () => {
  const at = (path: string): string => `hostPath: {path: ${path}}`;
  const one = world(pod('writer', 'node-1', at('/kept'), 'mkdir /data/in; echo hello > /data/in/file'));
  one.runFor(5000);
  one.client.delete('Pod', 'default', 'writer');
  apply(one, pod('same', 'node-1', at('/kept/in'), SAY) + pod('other', 'node-2', at('/kept/in'), SAY));
  one.runFor(6000);
  expect(message(one, 'same')).toBe('hello\n');
  expect(phase(one, 'other')).toBe('Failed');
});

test('a part of a hostPath that is not there is not found, as nothing makes the directory; the whole is', () => {
  const at = (path: string): string => `hostPath: {path: ${path}}`;
  const one = world(
    pod('part', 'node-1', at('/none'), 'true', ', subPath: in') + pod('whole', 'node-1', at('/new'), 'true'),
  );
  one.runFor(5000);
  expect(one.get<Pod>('Pod', 'default', 'part').status.containerStatuses?.[0]?.state?.waiting).toEqual({
    reason: 'CreateContainerConfigError',
    message: 'stat /none: no such file or directory',
  });
  one.runFor(5000);
  expect(phase(one, 'whole')).toBe('Succeeded');
  // Once another Pod has had it made, it is there.
  apply(one, pod('maker', 'node-1', at('/none'), 'true'));
  one.runFor(30_000);
  expect(phase(one, 'part')).toBe('Succeeded');
});

test('a Pod with a claim that is not bound is not started, nor one without its claim', () => {
  const one = world(pod('p', 'node-1', OF_CLAIM));
  one.runFor(2000);
  const text =
    'Unable to attach or mount volumes: unmounted volumes=[d], unattached volumes=[], failed to process volumes=[d]: error processing PVC default/claim: ';
  expect(told(one, 'p', 'FailedMount')).toEqual([
    `${text}failed to fetch PVC from API server: persistentvolumeclaims "claim" not found`,
  ]);
});

test('a volume is attached before it is mounted, and its data comes along to the next node', () => {
  const one = world(CLAIM('block') + pod('first', 'node-1', OF_CLAIM, 'echo hello > /data/file; sleep 600'));
  one.runFor(20_000);
  expect(phase(one, 'first')).toBe('Running');
  expect(told(one, 'first', 'SuccessfulAttachVolume')[0]).toMatch(
    /^AttachVolume.Attach succeeded for volume "pvc-.*" $/,
  );
  apply(one, pod('second', 'node-2', OF_CLAIM, SAY));
  one.runFor(5000);
  expect(told(one, 'second', 'FailedAttachVolume')[0]).toMatch(
    /^Multi-Attach error for volume "pvc-.*" Volume is already used by pod\(s\) first$/,
  );
  one.runFor(130_000);
  // That the kubelet has waited in vain for 2 min 3 s is told nobody.
  expect(told(one, 'second', 'FailedMount')).toEqual([]);
  one.client.delete('Pod', 'default', 'first');
  one.runFor(20_000);
  expect(message(one, 'second')).toBe('hello\n');
  // It is over, so nobody needs the volume any more.
  expect(one.list('VolumeAttachment')).toEqual([]);
});

test.each([
  // A status every 10 s tells of a volume once there is a Pod for it.
  ['a machine that has booted', { type: 'node-crash', node: 'node-1', for: 2_500 }, '00:51', 1],
  [
    'a kubelet that has been restarted',
    { type: 'component-down', component: 'kubelet', node: 'node-1', for: 2_500 },
    '00:12',
    0,
  ],
])(
  '%s takes no volume for reported in use that its Node was told of before',
  (_what, payload, startedAt, restartCount) => {
    const one = createWorld({
      nodes: 2,
      programs: PROGRAMS,
      documents:
        CLAIM('block') + pod('first', 'node-1', OF_CLAIM).replace('restartPolicy: Never', 'restartPolicy: Always'),
      inputs: [{ to: 'fault', kind: 'fault', payload, atMs: 38_000 }],
    });
    const inUse = (): number => one.get<Node>('Node', undefined, 'node-1').status.volumesInUse?.length ?? 0;
    one.runFor(42_000);
    expect(inUse()).toBe(1);
    one.runFor(20_000);
    const [status] = one.get<Pod>('Pod', 'default', 'first').status.containerStatuses ?? [];
    expect({ started: status?.state?.running?.startedAt?.slice(14, 19), restarts: status?.restartCount }).toEqual({
      started: startedAt,
      restarts: restartCount,
    });
  },
);

test('a subPath sees its part, and a new file system has lost+found', () => {
  const lists = 'ls /data > /tmp/all; cp /tmp/all /dev/termination-log';
  const one = world(
    CLAIM('block') +
      pod('whole', 'node-1', OF_CLAIM, lists) +
      pod('part', 'node-1', OF_CLAIM, lists, ', subPath: mine'),
  );
  one.runFor(20_000);
  expect(message(one, 'whole')).toBe('lost+found\n');
  expect(message(one, 'part')).toBeUndefined();
});

test('the file system of a claim that has grown grows where it is mounted', () => {
  const one = world(CLAIM('block') + pod('p', 'node-1', OF_CLAIM));
  one.runFor(20_000);
  const body = { spec: { resources: { requests: { storage: '3Gi' } } } };
  one.client.patch('PersistentVolumeClaim', 'default', 'claim', { type: 'merge', body });
  one.runFor(5000);
  const claim = one.get<Pod>('PersistentVolumeClaim', 'default', 'claim') as unknown as { status: object };
  expect(claim.status).toEqual({
    phase: 'Bound',
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '3Gi' },
    allocatedResources: { storage: '3Gi' },
  });
  expect(told(one, 'claim', 'FileSystemResizeRequired')).toHaveLength(1);
  expect(told(one, 'claim', 'FileSystemResizeSuccessful')[0]).toMatch(/^MountVolume.NodeExpandVolume succeeded for/);
});

test('mysql refuses a directory with lost+found, and subPath cures', () => {
  const database = (name: string, mount: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default}
spec:
  nodeName: node-1
  restartPolicy: Never
  containers:
  - name: mysql
    image: mysql:8
    env: [{name: MYSQL_ROOT_PASSWORD, value: x}]
    volumeMounts: [{name: d, mountPath: /var/lib/mysql${mount}}]
  volumes: [{name: d, ${OF_CLAIM}}]
---`;
  const one = world(CLAIM('block') + database('whole', '') + database('part', ', subPath: mysql'));
  one.runFor(40_000);
  expect(phase(one, 'whole')).toBe('Failed');
  expect(one.get<Pod>('Pod', 'default', 'whole').status.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(1);
  expect(phase(one, 'part')).toBe('Running');
});

test.each([
  ['', 'Disabled'],
  [', recursiveReadOnly: Disabled', 'Disabled'],
  [', recursiveReadOnly: IfPossible', 'Enabled'],
  [', recursiveReadOnly: Enabled', 'Enabled'],
])('a read-only mount with %s says %s in the status', (asked, recursiveReadOnly) => {
  const one = world(pod('p', 'node-1', 'emptyDir: {}', 'sleep 600', `, readOnly: true${asked}`));
  one.runFor(5000);
  const [container] = one.get<Pod>('Pod', 'default', 'p').status.containerStatuses ?? [];
  expect(container?.volumeMounts?.[0]).toEqual({ name: 'd', mountPath: '/data', readOnly: true, recursiveReadOnly });
});
