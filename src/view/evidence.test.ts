import { expect, test } from 'vitest';
import { createWorld } from '../testing/world';
import { evidenceTable, testimonyOn } from './evidence';

const VOLUME = (name: string, size: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: ${size}}, accessModes: [ReadWriteOnce], hostPath: {path: /d}, storageClassName: manual}
---`;

const DOCUMENTS = `${VOLUME('small', '1Gi')}${VOLUME('fitting', '5Gi')}${VOLUME('large', '50Gi')}
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: manual, resources: {requests: {storage: 4Gi}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - {matchFields: [{key: metadata.name, operator: In, values: [node-1]}]}
      containers: [{name: a, image: "nginx:1.27"}]
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: a, image: "nginx:1.27"}]}
`;

function heardOn(world: ReturnType<typeof createWorld>, kind: string, name: string, written = 0) {
  const { simulation } = world;
  return testimonyOn(simulation, { kind, namespace: 'default', name }, { from: 1, written, to: simulation.step });
}

const decisionOn = (world: ReturnType<typeof createWorld>, kind: string, name: string) =>
  heardOn(world, kind, name).decision;

test('what controllers weighed comes out of their own steps', () => {
  const world = createWorld({ documents: DOCUMENTS, nodes: 2 });
  world.runFor(30_000);
  const claim = decisionOn(world, 'PersistentVolumeClaim', 'data')?.detail;
  expect(claim).toMatchObject({ topic: 'volumes', columns: ['volume', 'verdict'] });
  expect(claim?.lines.find(({ isChosen }) => isChosen)?.cells).toEqual(['fitting', '']);
  expect(claim?.lines.map(({ object }) => object)).toContain('PersistentVolume/small');

  const agent = decisionOn(world, 'DaemonSet', 'agent')?.detail;
  expect(agent?.topic).toBe('nodes');
  expect(agent?.lines.map(({ cells, isChosen }) => [cells[0], isChosen])).toEqual([
    ['node-1', true],
    ['node-2', false],
  ]);

  world.client.patch('ReplicaSet', 'default', 'web', { type: 'merge', body: { spec: { replicas: 1 } } });
  world.runFor(5_000);
  const victims = decisionOn(world, 'ReplicaSet', 'web')?.detail;
  expect(victims?.topic).toBe('victims');
  expect(victims?.lines.map(({ isChosen }) => isChosen)).toEqual([true, true, false]);
});

test('an autoscaler shows the way from use to replicas; evidence of no known form makes no table', () => {
  const detail = {
    target: 'Deployment web',
    current: 3,
    replicas: 6,
    metric: 'cpu',
    ratio: 4.9,
    wanted: 15,
    stabilized: 15,
  };
  expect(evidenceTable(detail, 'default')?.lines[0]?.cells).toEqual(['cpu', '4.90', '15', '15', '6']);
  expect(evidenceTable({ hard: {}, used: {} }, 'default')).toBeUndefined();
  expect(evidenceTable({ type: 'scheduling', nodes: [] }, 'default')).toBeUndefined();
  expect(evidenceTable(undefined, 'default')).toBeUndefined();
});

test('what is tried and refused after the last write is remembered, the latest three times', () => {
  const quota = `
apiVersion: v1
kind: ResourceQuota
metadata: {name: none}
spec: {hard: {pods: "0"}}
---`;
  const world = createWorld({ documents: quota + DOCUMENTS, nodes: 2 });
  world.runFor(60_000);
  const { since } = heardOn(world, 'ReplicaSet', 'web', 0);
  expect(since).toHaveLength(3);
  expect(since.at(-1)?.message).toContain('exceeded quota: none');
  expect(heardOn(world, 'ReplicaSet', 'web', world.simulation.step).since).toEqual([]);
});

test('who is evicted first, and whom the kernel kills, are tables', () => {
  const mebibyte = 1024 ** 2;
  const first = { namespace: 'default', pod: 'spared', exceeds: true, priority: 9, used: 64 * mebibyte, requested: 0 };
  const evicting = [first, { ...first, pod: 'web', exceeds: false, priority: 0, requested: 128 * mebibyte }];
  expect(evidenceTable({ resource: 'memory', evicting, chosen: 'web' }, 'default')).toEqual({
    topic: 'eviction',
    columns: ['pod', 'exceeds', 'priority', 'used', 'requested'],
    lines: [
      { cells: ['spared', 'true', '9', '64Mi', '0'], object: 'Pod/default/spared', isChosen: false },
      { cells: ['web', 'false', '0', '64Mi', '128Mi'], object: 'Pod/default/web', isChosen: true },
    ],
  });
  const killed = [{ namespace: 'a', pod: 'hog', memoryBytes: mebibyte, oomScoreAdj: 1000, points: 1025 * mebibyte }];
  expect(evidenceTable({ killed }, 'a')?.lines).toEqual([
    { cells: ['hog', '1Mi', '1000', '1025Mi'], object: 'Pod/a/hog', isChosen: true },
  ]);
});
