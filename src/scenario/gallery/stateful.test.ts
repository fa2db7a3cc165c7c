/** What the scenarios about StatefulSets and DaemonSets promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import type {
  CoreEvent,
  DaemonSet,
  Deployment,
  PersistentVolumeClaim,
  Pod,
  ReplicaSet,
  StatefulSet,
} from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import type { CommandRecord } from '../../kubectl/user';
import { startText } from '../../testing/swarm';
import { createTerminal } from '../../testing/terminal';
import { GALLERY } from '.';

async function runTo(name: string, timeMs: number): Promise<Simulation> {
  const simulation = startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
  simulation.run({ timeMs });
  return simulation;
}

const listed = <T>(simulation: Simulation, kind: string) =>
  simulation.objectsAt(simulation.step, kind) as unknown as T[];
const outputs = (simulation: Simulation): string[] =>
  Array.from({ length: simulation.step }, (_, at) => simulation.detailAt(at + 1) as CommandRecord | undefined)
    .filter((detail) => detail?.type === 'command')
    .map((record) => record?.stdout ?? '');
const isReady = ({ status }: Pod): boolean =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
const names = (simulation: Simulation, kind: string): string[] =>
  listed<Pod>(simulation, kind).map(({ metadata }) => metadata.name);
const versions = (simulation: Simulation): string =>
  listed<Pod>(simulation, 'Pod')
    .map(({ metadata, spec }) => `${metadata.name} ${spec.containers[0]?.image?.split(':')[1]}`)
    .join(', ');
const said = (simulation: Simulation): string =>
  simulation
    .trace(1, simulation.step)
    .map(({ message }) => message)
    .join('\n');

test('six Pods that are deleted at once come back in order, each with its claim and what it wrote', async () => {
  const simulation = await runTo('six-come-back', 34_000);
  const six = Array.from({ length: 6 }, (_, index) => `redis-${index}`);
  expect(names(simulation, 'Pod')).toEqual(six);
  const bornOf = () => listed<Pod>(simulation, 'Pod').map(({ metadata }) => metadata.uid);
  const born = bornOf();
  simulation.run({ timeMs: 90_000 });
  expect(names(simulation, 'Pod')).toEqual(six);
  expect(listed<Pod>(simulation, 'Pod').every(isReady)).toBe(true);
  expect(bornOf().filter((uid) => born.includes(uid))).toEqual([]);
  expect(listed(simulation, 'PersistentVolumeClaim')).toHaveLength(6);
  expect(outputs(simulation).slice(-2)).toEqual(['redis-0\n', 'redis-5\n']);
  expect(said(simulation)).toContain('StatefulSet redis waits for redis-4 to be Ready before it makes redis-5');
});

test('numbered Pods come one after the other, and a claim waits for its Pod', async () => {
  const simulation = await runTo('names-that-stay', 30_000);
  const messages = listed<CoreEvent>(simulation, 'Event').map(({ message }) => message);
  expect(messages).toContain('Create Claim myappdata-myapp-0 Pod myapp-0 in StatefulSet myapp success');
  expect(messages).toContain('Create Pod myapp-0 in StatefulSet myapp successful');
  expect(said(simulation)).toContain('StatefulSet myapp waits for myapp-0 to be Ready before it makes myapp-1');
  expect(names(simulation, 'Pod')).toEqual(['myapp-0', 'myapp-1', 'myapp-2']);
  const claimOf = (): PersistentVolumeClaim | undefined =>
    listed<PersistentVolumeClaim>(simulation, 'PersistentVolumeClaim').find(
      ({ metadata }) => metadata.name === 'myappdata-myapp-2',
    );
  const { uid } = claimOf()?.metadata ?? {};
  simulation.run({ timeMs: 48_000 });
  expect(names(simulation, 'Pod')).toEqual(['myapp-0', 'myapp-1']);
  expect(claimOf()?.metadata.uid).toBe(uid);
  simulation.run({ timeMs: 80_000 });
  expect(listed<Pod>(simulation, 'Pod').filter(isReady)).toHaveLength(3);
  expect(claimOf()?.metadata.uid).toBe(uid);
  expect(claimOf()?.status?.phase).toBe('Bound');
});

test('a partition holds an update back, then it goes down one by one', async () => {
  const simulation = await runTo('from-the-top', 34_000);
  expect(versions(simulation)).toBe('web-0 1.25, web-1 1.25, web-2 1.25, web-3 1.25, web-4 1.26');
  const [set] = listed<StatefulSet>(simulation, 'StatefulSet');
  expect(set?.status.currentRevision).not.toBe(set?.status.updateRevision);
  simulation.run({ timeMs: 49_000 });
  expect(versions(simulation)).toBe('web-0 1.25, web-1 1.25, web-2 1.25, web-3 1.25, web-4 1.26');
  const order: string[] = [];
  for (let timeMs = 50_000; timeMs <= 95_000; timeMs += 100) {
    simulation.run({ timeMs });
    const pods = listed<Pod>(simulation, 'Pod');
    expect(pods.filter(isReady).length).toBeGreaterThanOrEqual(4);
    for (const { metadata, spec } of pods) {
      if (spec.containers[0]?.image === 'nginx:1.26' && !order.includes(metadata.name)) order.push(metadata.name);
    }
  }
  expect(order).toEqual(['web-4', 'web-3', 'web-2', 'web-1', 'web-0']);
  expect(outputs(simulation)).toContain('partitioned roll out complete: 1 new pods have been updated...\n');
});

test('a broken Pod holds up its own repair until somebody deletes it', async () => {
  const simulation = await runTo('stuck-in-order', 69_000);
  expect(versions(simulation)).toBe('db-0 7.2, db-1 7.2, db-2 7.4-typo');
  expect(said(simulation)).toContain('StatefulSet db waits for db-2 to be Ready before it updates db-2');
  simulation.run({ timeMs: 110_000 });
  expect(versions(simulation)).toBe('db-0 7.2, db-1 7.2, db-2 7.2');
});

test('a numbered Pod on a lost node is not replaced before it is gone for certain', async () => {
  const simulation = await runTo('no-second-self', 119_000);
  const places = (): string[] =>
    listed<Pod>(simulation, 'Pod').map(
      ({ metadata, spec }) =>
        `${metadata.name.split('-')[0]} ${spec.nodeName}${metadata.deletionTimestamp ? ' going' : ''}`,
    );
  expect(places().sort()).toEqual(['db node-1', 'db node-2 going', 'web node-1', 'web node-1', 'web node-2 going']);
  simulation.run({ timeMs: 175_000 });
  expect(places().sort()).toEqual(['db node-1', 'db node-1', 'web node-1', 'web node-1']);
});

test('a DaemonSet goes where it is let, with a joining node and without a deleted one', async () => {
  const simulation = await runTo('one-per-node', 12_000);
  const nodes = (): string =>
    listed<Pod>(simulation, 'Pod')
      .map(({ spec }) => spec.nodeName)
      .sort()
      .join(' ');
  expect(nodes()).toBe('k-node1 k-node2');
  const [pod] = listed<Pod>(simulation, 'Pod');
  expect(pod?.spec.tolerations).toHaveLength(6);
  expect(pod?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toMatchObject({
    nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In' }] }],
  });
  expect(said(simulation)).toContain(
    'not k-master: it has the untolerated taint node-role.kubernetes.io/control-plane:NoSchedule',
  );
  simulation.run({ timeMs: 25_000 });
  expect(nodes()).toBe('k-node1 k-node2 k-node3');
  const tables = outputs(simulation).filter((text) => text.startsWith('NAME'));
  expect(tables[0]).toMatch(/\nfilebeat +2 +2 +2 +2 +2 +<none> /);
  simulation.run({ timeMs: 99_000 });
  expect(nodes()).toBe('k-node1 k-node3');
  simulation.run({ timeMs: 130_000 });
  expect(nodes()).toBe('k-master k-node1 k-node3');
  expect(listed<DaemonSet>(simulation, 'DaemonSet')[0]?.status.updatedNumberScheduled).toBe(3);
});

const RC = `
kind: ReplicationController
apiVersion: v1
metadata: {name: nginx, namespace: default}
spec:
  replicas: 2
  selector: {app: nginx}
  template:
    metadata: {labels: {app: nginx}}
    spec: {containers: [{name: nginx, image: nginx, ports: [{containerPort: 80, name: http}]}]}
`;

test('a ReplicationController is described as what it is', () => {
  const terminal = createTerminal({ nodes: 2 });
  terminal.run('apply -f -', RC);
  terminal.world.runFor(20_000);
  expect(terminal.run('describe rc nginx').stdout).toContain('Replicas:     2 current / 2 desired\n');
  expect(terminal.run('get rc').stdout).toMatch(/\nnginx +2 +2 +2 /);
});

const workload = (kind: string, name: string): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}, labels: {app: nginx}}
spec:
  replicas: 3
  selector: {matchLabels: {app: nginx}}
  template:
    metadata: {labels: {app: nginx}}
    spec: {containers: [{name: nginx, image: "nginx:1.25"}]}
`;

test('a Deployment takes a ReplicaSet that its selector matches for its own, and scales it away', () => {
  const terminal = createTerminal({ nodes: 2 });
  terminal.run('apply -f -', workload('ReplicaSet', 'nginx-set'));
  terminal.world.runFor(10_000);
  terminal.run('apply -f -', workload('Deployment', 'nginx-deployment'));
  terminal.world.runFor(30_000);
  const { simulation } = terminal.world;
  const deployments = simulation.objectsAt(simulation.step, 'Deployment') as Deployment[];
  const sets = simulation.objectsAt(simulation.step, 'ReplicaSet') as ReplicaSet[];
  const adopted = sets.find(({ metadata }) => metadata.name === 'nginx-set');
  expect(adopted?.metadata.ownerReferences?.[0]?.uid).toBe(deployments[0]?.metadata.uid);
});

test('what a StatefulSet is called by never changes', () => {
  const terminal = createTerminal({ nodes: 1 });
  terminal.run('apply -f -', workload('StatefulSet', 'web'));
  const answer = terminal.run(`patch sts web -p '{"spec":{"serviceName":"other"}}'`).stderr;
  expect(answer).toContain("updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template'");
});
