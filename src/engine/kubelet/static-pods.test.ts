/** Static Pods and their mirrors; what happens to a mirror that is deleted was recorded from a real kubelet. */
import { expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Pod } from '../api/types';

const programs = [{ image: '*', pull: 0, startMs: 100, sigterm: { exitAfterMs: 500 } }];

const manifest = (name: string, spec: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'app', image: 'app:v1' }], ...spec },
});

function worldOf(staticPods: readonly KubeObject[], options: WorldOptions = {}): World {
  return createWorld({ nodes: [{ name: 'node-1', staticPods }], programs, ...options });
}

const find = (world: World, name = 'web-node-1'): Pod | undefined => world.find<Pod>('Pod', 'default', name);
const restartsOf = (world: World) => find(world)?.status.containerStatuses?.[0]?.restartCount;

it('a file in the manifest folder is run, and shown by a mirror that its Node owns', () => {
  const world = worldOf([manifest('web')]);
  world.runFor(1000);
  const { metadata, spec, status } = find(world) as Pod;
  const hash = metadata.annotations?.['kubernetes.io/config.hash'];
  expect(metadata.annotations).toMatchObject({
    'kubernetes.io/config.mirror': hash,
    'kubernetes.io/config.source': 'file',
  });
  expect(metadata.ownerReferences).toMatchObject([{ kind: 'Node', name: 'node-1', controller: true }]);
  expect(spec).toMatchObject({ nodeName: 'node-1', tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] });
  expect(spec.serviceAccountName).toBeUndefined();
  expect(status.phase).toBe('Running');
});

it('a node that can register only later makes its mirrors then', () => {
  const payload = { type: 'api-server-down', forMs: 5000 };
  const world = worldOf([], {
    nodes: [{ name: 'node-1' }, { name: 'node-2', joinsAtMs: 3000, staticPods: [manifest('web')] }],
    inputs: [{ to: 'fault', kind: 'fault', atMs: 1000, payload }],
  });
  world.runFor(5900);
  expect(world.list('Node')).toHaveLength(1);
  world.runFor(1200);
  expect(world.list('Node')).toHaveLength(2);
  expect(find(world, 'web-node-2')).toBeDefined();
});

it('a mirror that is deleted comes back at once, its status at the next look, and the Pod runs on', () => {
  const world = worldOf([manifest('web')]);
  world.runFor(2000);
  const before = find(world) as Pod;
  world.client.delete('Pod', 'default', 'web-node-1');
  world.runFor(100);
  const after = find(world) as Pod;
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
  expect(after.status.containerStatuses).toBeUndefined();
  world.runFor(8000);
  expect(find(world)?.status.containerStatuses?.[0]?.containerID).toBe(
    before.status.containerStatuses?.[0]?.containerID,
  );
  expect(restartsOf(world)).toBe(0);
});

it('a mirror that is deleted by force comes back when the worker looks again', () => {
  const world = worldOf([manifest('web')]);
  world.runFor(2000);
  world.client.delete('Pod', 'default', 'web-node-1', { gracePeriodSeconds: 0 });
  world.runFor(60_000);
  expect(find(world)).toBeUndefined();
  world.runFor(25_000);
  expect(find(world)?.status.phase).toBe('Running');
});

it('a kubelet that is restarted, and one that was cut off, find their static Pods and mirrors', () => {
  const down = { type: 'component-down', component: 'kubelet', node: 'node-1', forMs: 5000 };
  const cut = { type: 'node-partition', node: 'node-1', forMs: 5000 };
  const inputs = [down, cut].map((payload, index) => ({
    to: 'fault',
    kind: 'fault',
    payload,
    atMs: 5000 + index * 20_000,
  }));
  const world = worldOf([manifest('web')], { inputs });
  world.runFor(4000);
  const id = find(world)?.status.containerStatuses?.[0]?.containerID;
  world.runFor(10_000);
  expect(find(world)?.status.containerStatuses?.[0]?.containerID).toBe(id);
  world.runUntil(26_000);
  world.client.delete('Pod', 'default', 'web-node-1');
  world.runUntil(50_000);
  expect(find(world)?.status.containerStatuses?.[0]?.containerID).toBe(id);
  expect(find(world)?.metadata.deletionTimestamp).toBeUndefined();
});

it('a machine that has crashed runs its static Pods again', () => {
  const fault = { type: 'node-crash', node: 'node-1', forMs: 5000 };
  const world = worldOf([manifest('web')], { inputs: [{ to: 'fault', kind: 'fault', payload: fault, atMs: 5000 }] });
  world.runFor(20_000);
  expect(find(world)?.status.phase).toBe('Running');
  expect(restartsOf(world)).toBe(1);
});

it('a machine that has shut down and comes up again begins its static Pods anew, but those that have done their work', () => {
  const once = manifest('once', {
    restartPolicy: 'Never',
    containers: [{ name: 'app', image: 'busybox:1', command: ['sh', '-c', 'sleep 1'] }],
  });
  const fault = { type: 'node-shutdown', node: 'node-1', forMs: 20_000 };
  const world = worldOf([manifest('web'), once], {
    flags: { kubelet: { 'shutdown-grace-period': '5s' } },
    inputs: [{ to: 'fault', kind: 'fault', payload: fault, atMs: 10_000 }],
  });
  world.runFor(20_000);
  expect(find(world)?.status).toMatchObject({ reason: 'Terminated' });
  world.runUntil(60_000);
  const { phase, reason, conditions } = find(world)?.status ?? {};
  expect([phase, reason, conditions?.find(({ type }) => type === 'Ready')?.status]).toEqual([
    'Running',
    undefined,
    'True',
  ]);
  expect(find(world, 'once-node-1')?.status.phase).toBe('Succeeded');
});

it('a manifest that makes no sense is said, and the others run', () => {
  const broken = manifest('broken', { containers: [] });
  const world = worldOf([broken, manifest('web')]);
  world.runFor(1000);
  expect(find(world)?.status.phase).toBe('Running');
  const said = world.steps().find(({ verb }) => verb === 'refuse')?.message;
  expect(said).toBe("Node node-1 can't run the static Pod of broken.json: spec.containers: Required value");
});

it('a file that a Pod writes or takes away begins and ends static Pods', () => {
  const text = JSON.stringify(manifest('late'));
  const command = `echo '${text}' > /m/late.json; rm /m/web.json; sleep 1000`;
  const writer: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'writer', namespace: 'default' },
    spec: {
      nodeName: 'node-1',
      volumes: [{ name: 'm', hostPath: { path: '/etc/kubernetes/manifests' } }],
      containers: [
        { name: 'w', image: 'busybox', command: ['sh', '-c', command], volumeMounts: [{ name: 'm', mountPath: '/m' }] },
      ],
    },
  };
  const world = worldOf([manifest('web')]);
  world.runFor(1000);
  expect(find(world)?.status.phase).toBe('Running');
  world.client.create(writer);
  world.runFor(25_000);
  expect(find(world)).toBeUndefined();
  expect(find(world, 'late-node-1')?.status.phase).toBe('Running');
});

it('a Pod that ends while the node is down goes, though static Pods were begun before the API server answered', () => {
  const faults = [
    { type: 'api-server-down', forMs: 20_000 },
    { type: 'node-crash', node: 'node-1', forMs: 7000 },
  ];
  const world = worldOf([manifest('web')], {
    programs: [{ image: '*', pull: 0, startMs: 100, sigterm: 'ignore' }],
    inputs: faults.map((payload) => ({ to: 'fault', kind: 'fault', payload, atMs: 5500 })),
  });
  world.client.create(manifest('other', { nodeName: 'node-1' }));
  world.runFor(5000);
  world.client.delete('Pod', 'default', 'other');
  world.runFor(15_000);
  expect(find(world, 'other')).toBeDefined();
  world.runFor(15_000);
  expect(find(world, 'other')).toBeUndefined();
  expect(find(world)?.status.phase).toBe('Running');
});
