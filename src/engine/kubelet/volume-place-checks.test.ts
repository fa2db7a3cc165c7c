/** Pods whose node somebody has written, with volumes that the scheduler would not have let them have there. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { CoreEvent, Node, Pod } from '../api/types';

const at = (key: string, value: string): string =>
  `nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: ${key}, operator: In, values: [${value}]}]}]}}`;
const HERE = at('kubernetes.io/hostname', 'node-1');

const bound = (name: string, spec: string, mode = 'ReadWriteOnce', volumeMode = 'Filesystem'): string => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: 1Gi}, accessModes: [${mode}], volumeMode: ${volumeMode}, storageClassName: ${name}, ${spec}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: default}
spec: {accessModes: [${mode}], volumeMode: ${volumeMode}, storageClassName: ${name}, resources: {requests: {storage: 1Gi}}}
---`;

const MOUNTED = 'volumeMounts: [{name: v, mountPath: /d}]';

const pod = (name: string, claim: string, use = MOUNTED): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default}
spec:
  nodeName: node-1
  terminationGracePeriodSeconds: 0
  containers: [{name: c, image: "app:1", ${use}}]
  volumes: [{name: v, persistentVolumeClaim: {claimName: ${claim}}}]
---`;

function world(documents: string, forMs: number): World {
  const one = createWorld({ nodes: 2, programs: [{ image: 'app:*', pull: 100, startMs: 100 }], documents });
  one.runFor(forMs);
  return one;
}

const phase = (one: World, name: string): string | undefined => one.get<Pod>('Pod', 'default', name).status.phase;
/** What was said of mounting, with how often; a claim that is not bound yet is left out. */
const told = (one: World, name: string): readonly string[] =>
  one
    .list<CoreEvent>('Event')
    .filter(({ involvedObject, reason }) => involvedObject.name === name && reason === 'FailedMount')
    .filter(({ message }) => !message?.includes('PVC is not bound'))
    .map(({ message, count }) => `${count} ${message}`);

const why = (volume: string, operation = 'Mount'): string =>
  `${operation}Volume.NodeAffinity check failed for volume "${volume}" : no matching NodeSelectorTerms`;

test.each(['local: {path: /l}', 'hostPath: {path: /h}', 'nfs: {server: nfs, path: /n}'])(
  'a volume of another node is not mounted, and is once the node has its label: %s',
  (source) => {
    const one = world(bound('other', `${source}, ${at('zone', 'a')}`) + pod('p', 'other'), 29_000);
    expect(phase(one, 'p')).toBe('Pending');
    // Bound after a moment, it is tried at once and 0.5, 1.5, 3.5, 7.5, 15.5 s later.
    expect(told(one, 'p')).toEqual([`6 ${why('other')}`]);
    const node = one.get<Node>('Node', undefined as never, 'node-1');
    one.client.update({ ...node, metadata: { ...node.metadata, labels: { ...node.metadata.labels, zone: 'a' } } });
    one.runFor(20_000);
    expect(phase(one, 'p')).toBe('Running');
  },
);

test('a volume of blocks is tried at each turn, of which an object may have 25 Events', () => {
  const documents =
    bound('other', `local: {path: /l}, ${at('zone', 'a')}`, 'ReadWriteOnce', 'Block') +
    pod('p', 'other', 'volumeDevices: [{name: v, devicePath: /dev/v}]');
  const one = world(documents, 60_000);
  expect(phase(one, 'p')).toBe('Pending');
  const [first = ''] = told(one, 'p');
  expect(first).toMatch(/^2[45] /);
  expect(first.slice(3)).toBe(why('other', 'Map'));
});

test('a volume for one Pod has one on its node, if it is one with a device', () => {
  const documents =
    bound('one', `local: {path: /l}, ${HERE}`, 'ReadWriteOncePod') +
    bound('any', `hostPath: {path: /h}, ${HERE}`, 'ReadWriteOncePod') +
    pod('a', 'one') +
    pod('b', 'one') +
    pod('c', 'any') +
    pod('d', 'any');
  const one = world(documents, 30_000);
  expect(['a', 'b', 'c', 'd'].map((name) => phase(one, name))).toEqual(['Running', 'Pending', 'Running', 'Running']);
  expect(told(one, 'b').at(-1)).toMatch(
    /^\d MountVolume.SetUp failed for volume "one" : volume uses the ReadWriteOncePod access mode and is already in use by another pod$/,
  );
  one.client.delete('Pod', 'default', 'a');
  one.runFor(30_000);
  expect(phase(one, 'b')).toBe('Running');
});
