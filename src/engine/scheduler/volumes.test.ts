/** What the scheduler says of volumes, in upstream's words, and what brings a Pod back that waits for one. */
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createWorld, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Pod } from '../api/types';

const PROGRAMS = [{ image: '*', pull: 100, startMs: 100 }];
const NODES = ['a', 'b'].map((zone) => ({ name: `node-${zone}`, labels: { 'topology.kubernetes.io/zone': zone } }));

const world = (documents: string): World => createWorld({ nodes: NODES, programs: PROGRAMS, documents });

const pod = (name: string, claim: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default}
spec: {containers: [{name: c, image: app}], volumes: [{name: d, persistentVolumeClaim: {claimName: ${claim}}}]${more}}
---`;

const claim = (name: string, more: string, mode = 'ReadWriteOnce'): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: default}
spec: {accessModes: [${mode}], resources: {requests: {storage: 1Gi}}, ${more}}
---`;

const volume = (name: string, more: string, labels = '{}', mode = 'ReadWriteOnce'): string => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}, labels: ${labels}}
spec: {accessModes: [${mode}], capacity: {storage: 1Gi}, ${more}}
---`;

const storageClass = (name: string, provisioner: string): string => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}}
provisioner: ${provisioner}
volumeBindingMode: WaitForFirstConsumer
---`;

const NFS = 'nfs: {server: nfs.example.com, path: /a}';
const onNode = (zone: string): string =>
  `nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [${zone}]}]}]}}`;

const apply = (one: World, text: string): void => {
  for (const document of parseAllDocuments(text)) {
    const object: KubeObject | null = document.toJS();
    if (object) one.client.create(object);
  }
};

/** The node of a Pod, or why it has none. */
function placeOf(one: World, name: string): string | undefined {
  const { spec, status } = one.get<Pod>('Pod', 'default', name);
  return spec.nodeName ?? status.conditions?.find(({ type }) => type === 'PodScheduled')?.message;
}

const NOT_HELPFUL =
  ' no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';

describe('a Pod waits', () => {
  it('for its claim to be there, then to be bound, and is brought back each time', () => {
    const one = world(pod('p', 'data'));
    one.runFor(1000);
    expect(placeOf(one, 'p')).toBe('0/2 nodes are available: persistentvolumeclaim "data" not found. not found');
    apply(one, claim('data', 'storageClassName: ""'));
    one.runFor(5000);
    expect(placeOf(one, 'p')).toBe(
      '0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    );
    apply(one, volume('v', NFS));
    one.runFor(60_000);
    expect(placeOf(one, 'p')).toMatch(/^node-/);
  });

  it('for an ephemeral claim, and for one that is not going', () => {
    const ephemeral =
      '\napiVersion: v1\nkind: Pod\nmetadata: {name: e, namespace: default}\nspec: {containers: [{name: c, image: app}], volumes: [{name: d, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], storageClassName: none, resources: {requests: {storage: 1Gi}}}}}}]}\n---';
    const one = world(claim('data', 'storageClassName: ""') + volume('v', NFS) + pod('user', 'data') + ephemeral);
    one.runFor(40_000);
    expect(placeOf(one, 'e')).toBe(
      '0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    );
    one.client.delete('PersistentVolumeClaim', 'default', 'data');
    apply(one, pod('late', 'data'));
    one.runFor(1000);
    expect(placeOf(one, 'late')).toBe(
      '0/2 nodes are available: persistentvolumeclaim "data" is being deleted. not found',
    );
  });

  it('while another one has a claim that is for one Pod only', () => {
    const mode = 'ReadWriteOncePod';
    const one = world(
      claim('data', 'storageClassName: ""', mode) + volume('v', NFS, '{}', mode) + pod('first', 'data'),
    );
    one.runFor(40_000);
    apply(one, pod('second', 'data'));
    one.runFor(1000);
    expect(placeOf(one, 'second')).toContain(
      '0/2 nodes are available: 2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod.',
    );
    one.client.delete('Pod', 'default', 'first');
    one.runFor(60_000);
    expect(placeOf(one, 'second')).toMatch(/^node-/);
  });
});

describe('a node is out', () => {
  it('when the volume lies elsewhere: by its affinity or by its labels', () => {
    const one = world(
      `${volume('v', `${NFS}, ${onNode('b')}`)}${claim('data', 'storageClassName: "", volumeName: v')}${volume('w', NFS, '{topology.kubernetes.io/zone: a__c}')}${claim('zoned', 'storageClassName: "", volumeName: w')}`,
    );
    one.runFor(1000);
    apply(
      one,
      pod('p', 'data') + pod('q', 'zoned') + pod('r', 'data', ', nodeSelector: {topology.kubernetes.io/zone: a}'),
    );
    one.runFor(3000);
    expect([placeOf(one, 'p'), placeOf(one, 'q')]).toEqual(['node-b', 'node-a']);
    expect(placeOf(one, 'r')).toBe(
      `0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) didn't match Pod's node affinity/selector.${NOT_HELPFUL}`,
    );
  });

  it('when it has as many volumes of a driver as it may', () => {
    const driver = 'rook-ceph.rbd.csi.ceph.com';
    const limit = (node: string, count: number): string =>
      `apiVersion: storage.k8s.io/v1\nkind: CSINode\nmetadata: {name: ${node}}\nspec: {drivers: [{name: ${driver}, nodeID: ${node}, allocatable: {count: ${count}}}]}\n---\n`;
    const of = (name: string): string => volume(name, `csi: {driver: ${driver}, volumeHandle: ${name}}`);
    const claims = ['x', 'y']
      .map((name) => of(name) + claim(name, `storageClassName: "", volumeName: ${name}`))
      .join('');
    const one = world(claims);
    for (const name of ['node-a', 'node-b']) one.client.delete('CSINode', undefined, name);
    apply(one, `${limit('node-a', 1)}${limit('node-b', 0)}`);
    one.runFor(1000);
    apply(one, pod('p', 'x'));
    one.runFor(3000);
    apply(one, pod('q', 'y'));
    one.runFor(3000);
    expect(placeOf(one, 'p')).toBe('node-a');
    expect(placeOf(one, 'q')).toContain('0/2 nodes are available: 2 node(s) exceed max volume count.');
  });
});

describe('claims that wait for their first consumer', () => {
  it('get volumes that the node reaches, no two the same, or none', () => {
    const local = (name: string, zone: string): string =>
      volume(name, `local: {path: /${name}}, storageClassName: disks, ${onNode(zone)}`);
    const both =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\nspec: {containers: [{name: c, image: app}], volumes: [{name: d, persistentVolumeClaim: {claimName: x}}, {name: e, persistentVolumeClaim: {claimName: y}}]}\n---';
    const claims = ['x', 'y', 'z'].map((name) => claim(name, 'storageClassName: disks')).join('');
    const one = world(
      storageClass('disks', 'kubernetes.io/no-provisioner') +
        local('a1', 'a') +
        local('b1', 'b') +
        local('b2', 'b') +
        claims,
    );
    one.runFor(1000);
    apply(one, both);
    one.runFor(10_000);
    expect(placeOf(one, 'p')).toBe('node-b');
    apply(one, pod('q', 'z', ', nodeSelector: {topology.kubernetes.io/zone: b}'));
    one.runFor(3000);
    expect(placeOf(one, 'q')).toBe(
      `0/2 nodes are available: 1 node(s) didn't find available persistent volumes to bind, 1 node(s) didn't match Pod's node affinity/selector.${NOT_HELPFUL}`,
    );
  });

  it('give up the binding when the Pod goes while its volume is made', () => {
    const one = world(
      storageClass('slow', 'rancher.io/local-path') + claim('x', 'storageClassName: slow') + pod('p', 'x'),
    );
    one.runFor(500);
    one.client.delete('Pod', 'default', 'p');
    one.runFor(10_000);
    expect(one.list('Pod')).toEqual([]);
    apply(one, pod('again', 'x'));
    one.runFor(10_000);
    expect(placeOf(one, 'again')).toMatch(/^node-/);
  });
});
