/** StatefulSets in the real engine, with real scheduler and kubelets. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../../../testing/world';
import type { ControllerRevision, CoreEvent, PersistentVolumeClaim, Pod, StatefulSet } from '../../api/types';

const CLAIMS = `volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], storageClassName: manual, resources: {requests: {storage: 1Gi}}}`;

function setYaml(spec = '', podSpec = ''): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, namespace: default}
spec:
  serviceName: web
  replicas: 3
  selector: {matchLabels: {app: web}}
  ${spec}
  template:
    metadata: {labels: {app: web}}
    spec:
      ${podSpec}
      containers:
      - {name: app, image: "app:v1"}
`;
}

function start(yaml: string): World {
  return createWorld({ nodes: 2, documents: yaml });
}

const web = (world: World): StatefulSet => world.get<StatefulSet>('StatefulSet', 'default', 'web');
const pods = (world: World): Pod[] => world.list<Pod>('Pod');
const images = (world: World): string =>
  pods(world)
    .map(({ metadata, spec }) => `${metadata.name}=${spec.containers[0]?.image?.slice(4)}`)
    .join(' ');
const said = (world: World): string[] =>
  world
    .steps()
    .filter(({ actor }) => actor === 'statefulset-controller')
    .map(({ message }) => message);

function setImage(world: World, image: string): void {
  const body = { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } };
  world.client.patch('StatefulSet', 'default', 'web', { type: 'strategic', body });
}

function update(world: World, spec: object): void {
  world.client.patch('StatefulSet', 'default', 'web', { type: 'merge', body: { spec } });
}

test('Pods come in order, each when the one before is ready, with names of their own', () => {
  const world = start(setYaml());
  const order: string[] = [];
  for (let ms = 0; ms < 30_000; ms += 100) {
    world.runFor(100);
    const now = pods(world);
    const unready = now.filter(
      ({ status }) => status.conditions?.find(({ type }) => type === 'Ready')?.status !== 'True',
    );
    expect(unready.length).toBeLessThan(2);
    for (const { metadata } of now) if (!order.includes(metadata.name)) order.push(metadata.name);
  }
  expect(order).toEqual(['web-0', 'web-1', 'web-2']);
  const [first] = pods(world);
  expect(first?.spec).toMatchObject({ hostname: 'web-0', subdomain: 'web' });
  expect(first?.metadata.labels).toMatchObject({
    'apps.kubernetes.io/pod-index': '0',
    'controller-revision-hash': web(world).status.currentRevision,
    'statefulset.kubernetes.io/pod-name': 'web-0',
  });
  expect(said(world)).toContain(
    'StatefulSet web waits for web-0 to be Ready before it makes web-1. StatefulSet web reports 1 of 3 Pods, 0 ready',
  );
  const events = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'SuccessfulCreate');
  expect(events.map(({ message }) => message)).toContain('Create Pod web-0 in StatefulSet web successful');
});

test('a revision is named as a real cluster names it', () => {
  const world = start(setYaml('podManagementPolicy: Parallel'));
  world.runUntil(1000);
  expect(web(world).status).toMatchObject({ currentRevision: 'web-6986cb69d8', updateRevision: 'web-6986cb69d8' });
  setImage(world, 'app:v2');
  world.runFor(100);
  expect(web(world).status).toMatchObject({ currentRevision: 'web-6986cb69d8', updateRevision: 'web-54b5d45b5' });
});

test('an update replaces Pods from the highest ordinal down to the partition; what is deleted below comes back old', () => {
  const world = start(setYaml('podManagementPolicy: Parallel'));
  world.runUntil(10_000);
  update(world, { updateStrategy: { rollingUpdate: { partition: 2 } } });
  setImage(world, 'app:v2');
  world.runFor(20_000);
  expect(images(world)).toBe('web-0=v1 web-1=v1 web-2=v2');
  const { status } = web(world);
  expect(status.currentRevision).not.toBe(status.updateRevision);
  expect(status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1, readyReplicas: 3 });
  world.client.delete('Pod', 'default', 'web-1');
  world.runFor(10_000);
  expect(images(world)).toBe('web-0=v1 web-1=v1 web-2=v2');
  update(world, { updateStrategy: { rollingUpdate: { partition: 0 } } });
  world.runFor(30_000);
  expect(images(world)).toBe('web-0=v2 web-1=v2 web-2=v2');
  expect(web(world).status.currentRevision).toBe(web(world).status.updateRevision);
  setImage(world, 'app:v1');
  world.runFor(30_000);
  const revisions = world.list<ControllerRevision>('ControllerRevision');
  expect(revisions.map(({ revision }) => revision).sort()).toEqual([2, 3]);
});

test('a Pod that never gets ready holds up its own repair, and that is said', () => {
  const probe = 'readinessProbe: {exec: {command: ["false"]}, periodSeconds: 1}';
  const world = start(setYaml('', '').replace('image: "app:v1"}', `image: "app:v1", ${probe}}`));
  world.runUntil(10_000);
  const body = {
    spec: { template: { spec: { containers: [{ name: 'app', image: 'app:v2', readinessProbe: null }] } } },
  };
  world.client.patch('StatefulSet', 'default', 'web', { type: 'strategic', body });
  update(world, { replicas: 1 });
  world.runFor(10_000);
  expect(images(world)).toBe('web-0=v1');
  expect(said(world).join('\n')).toContain(
    'StatefulSet web waits for web-0 to be Ready before it updates web-0: a Pod that never gets Ready holds up its own update until somebody deletes it',
  );
  world.client.delete('Pod', 'default', 'web-0');
  world.runFor(10_000);
  expect(images(world)).toBe('web-0=v2');
});

test('claims stay when Pods go, and are taken up again', () => {
  const world = start(setYaml(CLAIMS));
  world.runUntil(1000);
  const claims = () => world.list<PersistentVolumeClaim>('PersistentVolumeClaim').map(({ metadata }) => metadata.name);
  expect(claims()).toEqual(['data-web-0']);
  const [claim] = world.list<PersistentVolumeClaim>('PersistentVolumeClaim');
  expect(claim?.metadata.labels).toEqual({ app: 'web' });
  expect(claim?.metadata.ownerReferences).toBeUndefined();
  const [pod] = pods(world);
  expect(pod?.spec.volumes?.[0]).toEqual({ name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } });
  const messages = (world.events() as CoreEvent[]).map(({ message }) => message);
  expect(messages).toContain('Create Claim data-web-0 Pod web-0 in StatefulSet web success');
  update(world, { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } });
  world.runFor(1000);
  const [owned] = world.list<PersistentVolumeClaim>('PersistentVolumeClaim');
  expect(owned?.metadata.ownerReferences).toMatchObject([{ kind: 'StatefulSet', name: 'web', controller: true }]);
});

test('claims that go with the set are its own as soon as their Pod is made, and no Pod is said to be updated for it', () => {
  const policy = 'persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}';
  const world = start(setYaml(`podManagementPolicy: Parallel\n  ${policy}\n  ${CLAIMS}`));
  world.runUntil(1000);
  const claims = world.list<PersistentVolumeClaim>('PersistentVolumeClaim');
  expect(claims.map(({ metadata }) => metadata.ownerReferences?.map(({ name }) => name))).toEqual([
    ['web'],
    ['web'],
    ['web'],
  ]);
  expect((world.events() as CoreEvent[]).map(({ message }) => message).join('\n')).not.toContain('Update Pod');
});

test('a claim that was taken from its set is given back, also to a Pod that has been ready all along', () => {
  const block = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: manual}
provisioner: rook-ceph.rbd.csi.ceph.com
---`;
  const policy = 'persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}';
  const world = start(`${block}${setYaml(`podManagementPolicy: Parallel\n  ${policy}\n  ${CLAIMS}`)}`);
  world.runUntil(60_000);
  expect(web(world).status.readyReplicas).toBe(3);
  world.client.patch('PersistentVolumeClaim', 'default', 'data-web-1', {
    type: 'merge',
    body: { metadata: { ownerReferences: null } },
  });
  world.runFor(1000);
  const owners = () =>
    world
      .list<PersistentVolumeClaim>('PersistentVolumeClaim')
      .map(({ metadata }) => metadata.ownerReferences?.map(({ name }) => name).join());
  expect(owners()).toEqual(['web', undefined, 'web']);
  update(world, { minReadySeconds: 1 });
  world.runFor(1000);
  expect(owners()).toEqual(['web', 'web', 'web']);
});

test.each(['verify', 'drop'] as const)(
  'Pods by ordinal that are kept and from scratch are the same (%s)',
  (derivedTrial) => {
    const documents = setYaml('podManagementPolicy: Parallel\n  minReadySeconds: 2\n  ordinals: {start: 4}');
    const world = createWorld({ nodes: 2, documents, derivedTrial });
    world.runUntil(10_000);
    expect(pods(world).map(({ metadata }) => metadata.name)).toEqual(['web-4', 'web-5', 'web-6']);
    expect(web(world).status.availableReplicas).toBe(3);
    setImage(world, 'app:v2');
    world.client.scale('StatefulSet', 'default', 'web', 2);
    world.runFor(30_000);
    expect(images(world)).toBe('web-4=v2 web-5=v2');
    world.client.delete('StatefulSet', 'default', 'web');
    world.runFor(30_000);
    expect(pods(world)).toEqual([]);
    expect(world.list('ControllerRevision')).toEqual([]);
  },
);
