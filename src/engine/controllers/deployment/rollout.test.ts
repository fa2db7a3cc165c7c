/** Rollouts in the real engine, with a stand-in for scheduler and kubelets (`never:` images never get ready). */
import { expect, test } from 'vitest';
import { createPodRunner } from '../../../testing/pod-runner';
import { createWorld, type World } from '../../../testing/world';
import { isPodReady } from '../../api/conditions';
import { controllerOf } from '../../api/meta';
import { isPodActive } from '../../api/pod';
import type { CoreEvent, Deployment, Pod, ReplicaSet } from '../../api/types';

function deploymentYaml(replicas: number, spec: string, image = 'app:v1'): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  progressDeadlineSeconds: 600
  revisionHistoryLimit: 10
  selector: {matchLabels: {app: web}}
  ${spec}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: app, image: "${image}"}
`;
}

const rolling = (surge: string | number, unavailable: string | number): string =>
  `strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: ${surge}, maxUnavailable: ${unavailable}}}`;

function start(documents: string): World {
  const nodes = ['node-a', 'node-b', 'node-c'];
  const machines = nodes.map(
    (name) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
`,
  );
  return createWorld({
    nodes: 0,
    without: ['default-scheduler', 'node-lifecycle-controller', 'node-controller'],
    components: [createPodRunner({ nodes })],
    documents: [...machines, documents].join('---'),
  });
}

const web = (world: World): Deployment => world.get<Deployment>('Deployment', 'default', 'web');

function setImage(world: World, image: string): void {
  const deployment = web(world);
  const { template } = deployment.spec;
  const containers = [{ name: 'app', image }];
  world.client.update({
    ...deployment,
    spec: { ...deployment.spec, template: { ...template, spec: { ...template.spec, containers } } },
  } as Deployment);
}

function setSpec(world: World, spec: Partial<Deployment['spec']>): void {
  const deployment = web(world);
  world.client.update({ ...deployment, spec: { ...deployment.spec, ...spec } });
}

/** `2/1` for each ReplicaSet in order of revision: wanted / available. */
function sizes(world: World): string {
  return world
    .list<ReplicaSet>('ReplicaSet')
    .map(({ metadata, spec, status }) => ({
      revision: Number(metadata.annotations?.['deployment.kubernetes.io/revision']),
      text: `${spec.replicas}/${status.availableReplicas ?? 0}`,
    }))
    .sort((a, b) => a.revision - b.revision)
    .map(({ text }) => text)
    .join(' ');
}

/** Messages of ScalingReplicaSet Events, with the ReplicaSets named r1, r2 … by age. */
function scalings(world: World): string[] {
  const names = new Map<string, string>();
  return world
    .events()
    .map((event) => event as CoreEvent)
    .filter(({ reason }) => reason === 'ScalingReplicaSet')
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map(({ message = '' }) =>
      message.replace(/web-[a-z0-9]+/, (name) => {
        if (!names.has(name)) names.set(name, `r${names.size + 1}`);
        return names.get(name) as string;
      }),
    );
}

function reason(world: World, type = 'Progressing'): string {
  const condition = web(world).status.conditions?.find((one) => one.type === type);
  return `${condition?.status} ${condition?.reason}`;
}

test('3 replicas, 1 surge, 1 unavailable: never more than 4 Pods, never fewer than 2 ready', () => {
  const world = start(deploymentYaml(3, rolling(1, 1)));
  world.runUntil(10_000);
  const from = world.simulation.step;
  setImage(world, 'app:v2');
  world.runUntil(60_000);
  for (let step = from; step <= world.simulation.step; step++) {
    const pods = (world.simulation.objectsAt(step, 'Pod') as Pod[]).filter(isPodActive);
    expect(pods.length, `Pods at step ${step}`).toBeLessThanOrEqual(4);
    expect(pods.filter(isPodReady).length, `ready Pods at step ${step}`).toBeGreaterThanOrEqual(2);
  }
  expect(sizes(world)).toBe('0/0 3/3');
  expect(reason(world)).toBe('True NewReplicaSetAvailable');
  expect(world.list<Pod>('Pod').map((pod) => pod.spec.containers[0]?.image)).toEqual(['app:v2', 'app:v2', 'app:v2']);
});

test('surge 1, unavailable 0: each new Pod is ready before an old one goes', () => {
  const world = start(deploymentYaml(2, rolling(1, 0)));
  world.runUntil(5000);
  setImage(world, 'app:v2');
  world.runUntil(30_000);
  expect(scalings(world)).toEqual([
    'Scaled up replica set r1 from 0 to 2',
    'Scaled up replica set r2 from 0 to 1',
    'Scaled down replica set r1 from 2 to 1',
    'Scaled up replica set r2 from 1 to 2',
    'Scaled down replica set r1 from 1 to 0',
  ]);
});

test('the first rollout: events, revision, conditions and counts', () => {
  const world = start(deploymentYaml(2, rolling(1, 0)));
  world.runUntil(500);
  expect(reason(world)).toBe('True ReplicaSetUpdated');
  expect(reason(world, 'Available')).toBe('False MinimumReplicasUnavailable');
  expect(web(world).status).toMatchObject({ replicas: 2, updatedReplicas: 2, unavailableReplicas: 2 });
  world.runUntil(5000);
  const { metadata, status } = web(world);
  expect(metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('1');
  expect(reason(world, 'Available')).toBe('True MinimumReplicasAvailable');
  const { conditions, ...counts } = status;
  expect(counts).toEqual({
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    terminatingReplicas: 0,
  });
  expect(conditions?.find(({ type }) => type === 'Progressing')?.message).toMatch(
    /^ReplicaSet "web-[a-z0-9]+" has successfully progressed\.$/,
  );
});

test.each([
  [4, '"25%"', '"25%"', '3/3 2/0'],
  [10, '"25%"', '"25%"', '8/8 5/0'],
  [3, '"10%"', 0, '3/3 1/0'],
  [5, '"50%"', '"50%"', '3/3 5/0'],
])(
  'a version that never gets ready stops a rollout of %d (surge %s, unavailable %s) at %s',
  (n, surge, unavailable, then) => {
    const world = start(deploymentYaml(n, rolling(surge, unavailable)));
    world.runUntil(8000);
    setImage(world, 'never:v1');
    world.runUntil(20_000);
    expect(sizes(world)).toBe(then);
  },
);

test('a stuck rollout of 10 that is scaled to 15 has 11 old and 7 new Pods, and an undo clears it', () => {
  const world = start(deploymentYaml(10, rolling(3, 2)));
  world.runUntil(8000);
  setImage(world, 'never:v1');
  world.runUntil(15_000);
  expect(sizes(world)).toBe('8/8 5/0');
  setSpec(world, { replicas: 15 });
  world.runUntil(24_000);
  expect(sizes(world)).toBe('11/11 7/0');
  setImage(world, 'app:v1');
  world.runUntil(60_000);
  expect(sizes(world)).toBe('0/0 15/15');
  const current = world.list<ReplicaSet>('ReplicaSet').find(({ spec }) => spec.replicas === 15);
  expect(current?.metadata.annotations).toMatchObject({
    'deployment.kubernetes.io/revision': '3',
    'deployment.kubernetes.io/revision-history': '1',
  });
});

test('Recreate makes no new Pod while an old one is still there', () => {
  const world = start(deploymentYaml(3, 'strategy: {type: Recreate}'));
  world.runUntil(6000);
  setImage(world, 'app:v2');
  const from = world.simulation.step;
  world.runUntil(30_000);
  for (let step = from; step <= world.simulation.step; step++) {
    const images = new Set(
      (world.simulation.objectsAt(step, 'Pod') as Pod[]).map((pod) => pod.spec.containers[0]?.image),
    );
    expect(images.size, `versions at step ${step}`).toBeLessThanOrEqual(1);
  }
  expect(scalings(world)).toEqual([
    'Scaled up replica set r1 from 0 to 3',
    'Scaled down replica set r1 from 3 to 0',
    'Scaled up replica set r2 from 0 to 3',
  ]);
  expect(sizes(world)).toBe('0/0 3/3');
});

test('while paused, template changes wait but the size follows; resuming makes one rollout of them', () => {
  const world = start(deploymentYaml(2, rolling(1, 0)));
  world.runUntil(6000);
  setSpec(world, { paused: true });
  world.runUntil(7000);
  expect(reason(world)).toBe('Unknown DeploymentPaused');
  setImage(world, 'app:v2');
  setSpec(world, { replicas: 4 });
  world.runUntil(15_000);
  expect(sizes(world)).toBe('4/4');
  setImage(world, 'app:v3');
  setSpec(world, { paused: false });
  world.runUntil(15_010);
  expect(reason(world)).toMatch(/NewReplicaSetCreated|ReplicaSetUpdated/);
  world.runUntil(40_000);
  expect(sizes(world)).toBe('0/0 4/4');
});

test('a rollout without progress runs into its deadline, and a good version heals it', () => {
  const world = start(deploymentYaml(3, rolling('"25%"', '"25%"')));
  world.runUntil(8000);
  setSpec(world, { progressDeadlineSeconds: 10 });
  setImage(world, 'never:v1');
  world.runUntil(17_000);
  expect(reason(world)).toBe('True ReplicaSetUpdated');
  world.runUntil(20_500);
  expect(reason(world)).toBe('False ProgressDeadlineExceeded');
  expect(reason(world, 'Available')).toBe('True MinimumReplicasAvailable');
  setImage(world, 'app:v3');
  world.runUntil(40_000);
  expect(reason(world)).toBe('True NewReplicaSetAvailable');
});

test('revisionHistoryLimit 0 keeps no old ReplicaSet', () => {
  const world = start(deploymentYaml(2, rolling(1, 0)));
  world.runUntil(6000);
  setSpec(world, { revisionHistoryLimit: 0 });
  setImage(world, 'app:v2');
  world.runUntil(24_000);
  expect(sizes(world)).toBe('2/2');
});

test('minReadySeconds holds the rollout until Pods have been ready that long', () => {
  const world = start(deploymentYaml(2, `${rolling(1, 0)}\n  minReadySeconds: 5`));
  world.runUntil(4000);
  expect(sizes(world)).toBe('2/0');
  world.runUntil(8000);
  expect(sizes(world)).toBe('2/2');
  setImage(world, 'app:v2');
  world.runUntil(12_000);
  expect(sizes(world)).toBe('2/2 1/0');
  world.runUntil(30_000);
  expect(sizes(world)).toBe('0/0 2/2');
});

test('an orphaned ReplicaSet with the same template is adopted with its Pods', () => {
  const world = start(deploymentYaml(2, rolling(1, 0)));
  world.runUntil(5000);
  const [replicaSet] = world.list<ReplicaSet>('ReplicaSet');
  const names = world.list<Pod>('Pod').map(({ metadata }) => metadata.name);
  world.client.delete('Deployment', 'default', 'web', { propagationPolicy: 'Orphan' });
  world.runUntil(8000);
  expect(controllerOf(world.get<ReplicaSet>('ReplicaSet', 'default', replicaSet?.metadata.name ?? ''))).toBeUndefined();
  world.client.create(deploymentManifest());
  world.runUntil(15_000);
  const [adopted] = world.list<ReplicaSet>('ReplicaSet');
  expect(controllerOf(adopted as ReplicaSet)?.uid).toBe(web(world).metadata.uid);
  expect(world.list<Pod>('Pod').map(({ metadata }) => metadata.name)).toEqual(names);
  expect(reason(world)).toMatch(/FoundNewReplicaSet|NewReplicaSetAvailable/);
});

function deploymentManifest(): Deployment {
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:v1' }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 2, progressDeadlineSeconds: 600, selector: { matchLabels: { app: 'web' } }, strategy, template },
  } as unknown as Deployment;
}

test('the change-cause is copied to the ReplicaSet of the revision', () => {
  const world = start(deploymentYaml(1, rolling(1, 0)));
  world.runUntil(3000);
  const deployment = web(world);
  const annotations = { ...deployment.metadata.annotations, 'kubernetes.io/change-cause': 'first' };
  world.client.update({ ...deployment, metadata: { ...deployment.metadata, annotations } });
  world.runUntil(4000);
  const [replicaSet] = world.list<ReplicaSet>('ReplicaSet');
  expect(replicaSet?.metadata.annotations?.['kubernetes.io/change-cause']).toBe('first');
});

test('a name that is taken by another ReplicaSet makes the Deployment try another hash', () => {
  const world = start(deploymentYaml(1, rolling(1, 0)));
  world.runUntil(3000);
  const [first] = world.list<ReplicaSet>('ReplicaSet');
  const taken = first?.metadata.name ?? '';
  const other = start(`
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: ${taken}, labels: {app: other}}
spec:
  replicas: 0
  selector: {matchLabels: {app: other}}
  template:
    metadata: {labels: {app: other}}
    spec: {containers: [{name: app, image: "app:v9"}]}
---${deploymentYaml(1, rolling(1, 0))}`);
  other.runUntil(5000);
  expect(web(other).status.collisionCount).toBe(1);
  expect(other.list<ReplicaSet>('ReplicaSet').map(({ metadata }) => metadata.name)).toHaveLength(2);
  expect(reason(other)).toBe('True NewReplicaSetAvailable');
});
