/** The swarm's storage: classes, volumes, claims and the Pods that use them, and what people do to them. */
import type { KubeObject } from '../engine/api/meta';
import type { Random } from '../engine/kernel/random';
import { once, pick, type SwarmAction } from './swarm-draws';

const CLASSES: readonly (readonly [name: string, provisioner: string, more: object])[] = [
  ['block', 'rook-ceph.rbd.csi.ceph.com', { allowVolumeExpansion: true }],
  ['kept', 'ebs.csi.aws.com', { reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer' }],
  ['files', 'nfs.csi.k8s.io', { allowVolumeExpansion: true }],
  ['local', 'rancher.io/local-path', { volumeBindingMode: 'WaitForFirstConsumer' }],
  ['nobody', 'example.com/none', {}],
];

/** A class of volumes. */
export const storageClass = ([name, provisioner, more]: (typeof CLASSES)[number]): KubeObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner,
  ...more,
});

const SIZES = ['1Gi', '2Gi', '5Gi', '10Gi'];

function drawVolume(random: Random, index: number): KubeObject {
  const source = pick(random, [
    { nfs: { server: 'nfs.example.com', path: `/v${index}` } },
    { hostPath: { path: `/tmp/v${index}`, type: 'DirectoryOrCreate' } },
  ]);
  const spec = {
    capacity: { storage: pick(random, SIZES) },
    accessModes: pick(random, [['ReadWriteOnce'], ['ReadWriteMany', 'ReadWriteOnce']]),
    persistentVolumeReclaimPolicy: pick(random, ['Retain', 'Retain', 'Delete', 'Recycle']),
    ...(once(random, 4) ? { claimRef: { namespace: 'default', name: `c${1 + random.below(4)}` } } : {}),
    ...source,
  };
  return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: `v${index}` }, spec };
}

function drawClaim(random: Random, name: string): KubeObject {
  const className = pick(random, ['', '', 'block', 'block', 'kept', 'files', 'local', 'nobody', 'missing']);
  const spec = {
    storageClassName: className,
    accessModes: [pick(random, ['ReadWriteOnce', 'ReadWriteOnce', 'ReadWriteMany', 'ReadWriteOncePod'])],
    resources: { requests: { storage: pick(random, SIZES) } },
    ...(className === '' && once(random, 5) ? { volumeName: `v${1 + random.below(4)}` } : {}),
  };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec };
}

function drawUser(random: Random, name: string, claimName: string): KubeObject {
  const ephemeral = {
    volumeClaimTemplate: {
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'block', resources: { requests: { storage: '1Gi' } } },
    },
  };
  const source = once(random, 6) ? { ephemeral } : { persistentVolumeClaim: { claimName } };
  const container = {
    name: 'main',
    image: 'good:1',
    resources: { requests: { cpu: '50m' } },
    volumeMounts: [{ name: 'data', mountPath: '/data', ...(once(random, 4) ? { subPath: 'part' } : {}) }],
  };
  const spec = {
    restartPolicy: pick(random, ['Always', 'Never']),
    terminationGracePeriodSeconds: pick(random, [0, 2, 10]),
    containers: [container],
    volumes: [{ name: 'data', ...source }],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec };
}

/** In half of the runs: classes, up to four volumes, up to four claims and a Pod or two for each. */
export function drawStorage(random: Random): KubeObject[] {
  if (once(random, 2)) return [];
  const documents: KubeObject[] = CLASSES.map(storageClass);
  const [volumes, claims] = [random.below(5), 1 + random.below(4)];
  for (let index = 1; index <= volumes; index++) documents.push(drawVolume(random, index));
  for (let index = 1; index <= claims; index++) {
    const name = `c${index}`;
    documents.push(drawClaim(random, name));
    if (!once(random, 3)) documents.push(drawUser(random, `user-${name}`, name));
    if (once(random, 3)) documents.push(drawUser(random, `other-${name}`, name));
  }
  return documents;
}

const isClaim = ({ kind }: KubeObject): boolean => kind === 'PersistentVolumeClaim';

/** What people do to it until they stop. */
export function drawStorageActions(random: Random, documents: readonly KubeObject[], stopMs: number): SwarmAction[] {
  const claims = documents.filter(isClaim);
  if (claims.length === 0) return [];
  const actions: SwarmAction[] = [];
  for (let count = 2 + random.below(6); count > 0; count--) {
    const { name } = pick(random, claims).metadata;
    const at = `${2000 + random.below(stopMs)}ms`;
    const size = { spec: { resources: { requests: { storage: pick(random, SIZES) } } } };
    const commands: (() => Omit<SwarmAction, 'at'>)[] = [
      () => ({ kubectl: `delete pvc ${name} --wait=false` }),
      () => ({ kubectl: `delete pod user-${name} --wait=false` }),
      () => ({ kubectl: `delete pod user-${name} --grace-period=0 --force` }),
      () => ({ apply: drawUser(random, `user-${name}`, name) }),
      () => ({ apply: drawUser(random, `other-${name}`, name) }),
      () => ({ apply: pick(random, claims) }),
      () => ({ kubectl: `patch pvc ${name} -p '${JSON.stringify(size)}'` }),
      () => ({ kubectl: `delete pv v${1 + random.below(4)} --wait=false` }),
      () => ({
        kubectl: `patch pv v${1 + random.below(4)} --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`,
      }),
      () => ({
        fault: { type: 'component-down', component: 'rook-ceph.rbd.csi.ceph.com', for: `${1 + random.below(30)}s` },
      }),
    ];
    actions.push({ at, ...pick(random, commands)() });
  }
  return actions;
}

/** In the end nobody claims anything of it. */
export function finalStorageActions(atMs: number, documents: readonly KubeObject[]): SwarmAction[] {
  const names = documents.filter(isClaim).map(({ metadata }) => metadata.name);
  if (names.length === 0) return [];
  return [{ at: `${atMs}ms`, kubectl: `delete pvc ${names.join(' ')} --ignore-not-found --wait=false` }];
}
