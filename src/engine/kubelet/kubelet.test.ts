import { describe, expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Container, CoreEvent, Pod, PodSpec } from '../api/types';

const app: Container = { name: 'app', image: 'app:v1', ports: [{ containerPort: 80 }] };

function podOf(spec: Partial<PodSpec>, name = 'web'): KubeObject {
  const whole = { nodeName: 'node-1', containers: [app], ...spec };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: whole };
}

function worldOf(spec: Partial<PodSpec>, options: WorldOptions = {}): World {
  return createWorld({ nodes: 1, documents: [podOf(spec)], without: ['default-scheduler'], ...options });
}

const pod = (world: World, name = 'web'): Pod => world.get<Pod>('Pod', 'default', name);
const status = (world: World, name = 'web', index = 0) => pod(world, name).status.containerStatuses?.[index];

/** `Reason message`, in the order written, of the Events about a Pod. */
function events(world: World, name = 'web'): string[] {
  const all = world.events() as CoreEvent[];
  return all
    .filter((event) => event.involvedObject.name === name)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map((event) => `${event.reason} ${event.message}`);
}

const conditions = (world: World, name = 'web'): string =>
  (pod(world, name).status.conditions ?? [])
    .map(({ type, status: value, reason }) => `${type}=${value}${reason ? `(${reason})` : ''}`)
    .join(' ');

describe('a Pod comes to a node', () => {
  it('waits for its image, then runs, with the Events of 1.36', () => {
    const world = worldOf({});
    world.runFor(1000);
    expect(pod(world).status).toMatchObject({ phase: 'Pending', hostIP: '192.168.0.10', observedGeneration: 1 });
    expect(status(world)).toMatchObject({
      state: { waiting: { reason: 'ContainerCreating' } },
      ready: false,
      image: 'app:v1',
    });
    expect(conditions(world)).toBe(
      'PodReadyToStartContainers=True Initialized=True Ready=False(ContainersNotReady) ContainersReady=False(ContainersNotReady) PodScheduled=True',
    );
    expect(pod(world).status.podIP).toBeUndefined();
    world.runFor(2000);
    expect(pod(world).status).toMatchObject({ phase: 'Running', podIP: '10.244.0.2', podIPs: [{ ip: '10.244.0.2' }] });
    expect(status(world)).toMatchObject({
      state: { running: { startedAt: '2026-01-01T00:00:02Z' } },
      ready: true,
      started: true,
      restartCount: 0,
      image: 'docker.io/library/app:v1',
    });
    expect(status(world)?.containerID).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
    expect(conditions(world)).toBe(
      'PodReadyToStartContainers=True Initialized=True Ready=True ContainersReady=True PodScheduled=True',
    );
    expect(events(world)).toEqual([
      'Pulling Pulling image "app:v1"',
      'Pulled Successfully pulled image "app:v1" in 2s (2s including waiting). Image size: 20600018 bytes.',
      'Created Container created',
      'Started Container started',
    ]);
  });

  it('tells as whom its containers run, with all groups', () => {
    const world = createWorld({
      documents: `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000, 500], fsGroup: 2000}
  containers: [{name: a, image: nginx}, {name: b, image: redis, securityContext: {runAsUser: 7, runAsGroup: 9000}}]
`,
    });
    world.runUntil(10_000);
    expect(world.get<Pod>('Pod', 'default', 'a').status.containerStatuses?.map(({ user }) => user?.linux)).toEqual([
      { uid: 1000, gid: 3000, supplementalGroups: [500, 2000, 3000, 4000] },
      { uid: 7, gid: 9000, supplementalGroups: [500, 2000, 4000, 9000] },
    ]);
  });

  it('finds the image there the second time', () => {
    const world = worldOf({});
    world.runFor(5000);
    world.client.create(podOf({}, 'second'));
    world.runFor(1000);
    expect(pod(world, 'second').status).toMatchObject({ phase: 'Running', podIP: '10.244.0.3' });
    expect(events(world, 'second')[0]).toBe(
      'Pulled Container image "app:v1" already present on machine and can be accessed by the pod',
    );
  });

  it('pulls one image after the other', () => {
    const world = worldOf(
      {},
      { documents: [podOf({}, 'a'), podOf({ containers: [{ ...app, image: 'other:v1' }] }, 'b')] },
    );
    world.runFor(10_000);
    expect(events(world, 'b')[1]).toContain('in 2s (4s including waiting)');
    expect(status(world, 'b')?.state?.running?.startedAt).toBe('2026-01-01T00:00:04Z');
  });

  it('starts containers one after the other and is ready when all are', () => {
    const world = worldOf({ containers: [app, { ...app, name: 'second', ports: [] }] });
    world.runFor(2600);
    expect(pod(world).status.phase).toBe('Pending');
    world.runFor(500);
    expect(pod(world).status.phase).toBe('Running');
    expect(status(world, 'web', 1)?.ready).toBe(true);
  });
});

describe('images that do not come', () => {
  const NOT_FOUND =
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/app:v1": failed to resolve reference "docker.io/library/app:v1": docker.io/library/app:v1: not found';

  it('backs off 10 s, 20 s, … up to 5 min, and looks every 12.5 s', () => {
    const world = worldOf({}, { programs: [{ image: 'app:*', pull: { error: 'ErrImagePull' } }] });
    world.runFor(500);
    expect(status(world)?.state?.waiting).toEqual({ reason: 'ErrImagePull', message: NOT_FOUND });
    world.runFor(13_500);
    expect(status(world)?.state?.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "app:v1": ErrImagePull: ${NOT_FOUND}`,
    });
    expect(events(world)).toEqual([
      'Pulling Pulling image "app:v1"',
      `Failed Failed to pull image "app:v1": ${NOT_FOUND}`,
      'Failed Error: ErrImagePull',
      'BackOff Back-off pulling image "app:v1"',
      'Failed Error: ImagePullBackOff',
    ]);
    world.runUntil(700_000);
    const pulls = world.steps().filter((step) => step.message.startsWith('Could not pull'));
    const seconds = pulls.map((step) => Math.floor(step.time / 1000));
    expect(seconds).toEqual([0, 13, 38, 88, 176, 338, 638]);
    expect(pod(world).status.phase).toBe('Pending');
  });

  it('says when the runtime can not tell what it has', () => {
    const world = worldOf({}, { programs: [{ image: 'app:*', pull: { error: 'ImageInspectError' } }] });
    world.runFor(500);
    const { reason, message = '' } = status(world)?.state?.waiting ?? {};
    expect(reason).toBe('ImageInspectError');
    expect(message).toMatch(
      /^Failed to inspect image "": rpc error: code = Unknown desc = can not resolve "docker.io\/library\/app:v1" locally: content digest sha256:[0-9a-f]{64}: not found$/,
    );
    expect(events(world)).toEqual([`InspectFailed ${message}`, 'Failed Error: ImageInspectError']);
  });

  it('says when a name is none, or must not be pulled', () => {
    const world = worldOf(
      { containers: [{ ...app, image: 'App' }] },
      {
        documents: [
          podOf({ containers: [{ ...app, image: 'App' }] }),
          podOf({ containers: [{ ...app, imagePullPolicy: 'Never' }] }, 'never'),
        ],
      },
    );
    world.runFor(100);
    expect(status(world)?.state?.waiting?.reason).toBe('InvalidImageName');
    expect(status(world, 'never')?.state?.waiting).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "app:v1" is not present with pull policy of Never',
    });
  });
});

describe('ConfigMaps and Secrets', () => {
  const configMap = (data: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'default' },
    data,
  });

  it('waits for those that the environment needs', () => {
    const env = [{ name: 'COLOR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'color' } } }];
    const world = worldOf({ containers: [{ ...app, env }] });
    world.runFor(3000);
    const missing = { reason: 'CreateContainerConfigError', message: 'configmap "settings" not found' };
    expect(status(world)?.state?.waiting).toEqual(missing);
    expect(events(world).at(-1)).toBe('Failed Error: configmap "settings" not found');
    world.client.create(configMap({ size: '1' }));
    world.runFor(12_500);
    expect(status(world)?.state?.waiting?.message).toBe("couldn't find key color in ConfigMap default/settings");
    const stored = world.get('ConfigMap', 'default', 'settings');
    world.client.update({ ...stored, data: { color: 'red' } } as KubeObject);
    world.runFor(13_500);
    expect(pod(world).status.phase).toBe('Running');
  });

  it('waits for those that volumes need', () => {
    const volumes = [{ name: 'config', configMap: { name: 'settings' } }];
    const volumeMounts = [{ name: 'config', mountPath: '/config' }];
    const world = worldOf({ volumes, containers: [{ name: 'web', image: 'nginx', volumeMounts }] });
    world.runFor(3000);
    expect(status(world)?.state?.waiting?.reason).toBe('ContainerCreating');
    expect(events(world)).toEqual([
      'FailedMount MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
    ]);
    world.client.create(configMap({}));
    world.runFor(8000);
    expect(pod(world).status.phase).toBe('Running');
  });

  it('does not look at volumes that no container mounts', () => {
    const world = worldOf({ volumes: [{ name: 'config', configMap: { name: 'nosuch' } }] });
    world.runFor(8000);
    expect(pod(world).status.phase).toBe('Running');
  });
});

describe('init containers and sidecars', () => {
  const programs = [{ image: 'init:*', exit: { afterMs: 1000, code: 0 } }];

  it('run before the app containers, one by one', () => {
    const world = worldOf({ initContainers: [{ name: 'prepare', image: 'init:1' }] }, { programs });
    world.runFor(3000);
    expect(pod(world).status.phase).toBe('Pending');
    expect(status(world)?.state?.waiting?.reason).toBe('PodInitializing');
    expect(conditions(world)).toContain('Initialized=False(ContainersNotInitialized)');
    const incomplete = pod(world).status.conditions?.find((condition) => condition.type === 'Initialized')?.message;
    expect(incomplete).toBe('containers with incomplete status: [prepare]');
    world.runFor(4000);
    expect(pod(world).status.phase).toBe('Running');
    expect(pod(world).status.initContainerStatuses?.[0]).toMatchObject({
      ready: true,
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
  });

  it('fail the Pod when nothing may be restarted', () => {
    const failing = [{ image: 'init:*', exit: { afterMs: 1000, code: 2 } }];
    const world = worldOf(
      { initContainers: [{ name: 'prepare', image: 'init:1' }], restartPolicy: 'Never' },
      { programs: failing },
    );
    world.runFor(5000);
    expect(pod(world).status.phase).toBe('Failed');
    expect(conditions(world)).toContain('Ready=False(PodFailed)');
  });

  it('stay beside the app containers when they are sidecars, and end after them', () => {
    const sidecar: Container = { name: 'proxy', image: 'side:1', restartPolicy: 'Always' };
    const world = worldOf(
      { initContainers: [sidecar], restartPolicy: 'Never' },
      {
        programs: [{ image: 'app:*', exit: { afterMs: 3000, code: 0 } }],
      },
    );
    world.runFor(6000);
    expect(pod(world).status.initContainerStatuses?.[0]).toMatchObject({ started: true, ready: true });
    world.runFor(10_000);
    expect(pod(world).status.phase).toBe('Succeeded');
    expect(pod(world).status.initContainerStatuses?.[0]?.state?.terminated?.exitCode).toBe(143);
    expect(events(world).at(-1)).toBe('Killing Stopping container proxy');
  });
});

describe('what a node turns away', () => {
  it.each([
    [
      { containers: [{ ...app, resources: { requests: { cpu: '5' } } }] },
      'OutOfcpu',
      "Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 4000",
    ],
    [
      { nodeSelector: { disk: 'ssd' } },
      'NodeAffinity',
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
  ])('%j', (spec, reason, message) => {
    const world = worldOf(spec as Partial<PodSpec>);
    world.runFor(1000);
    expect(pod(world).status).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: ${message}` });
    expect(events(world)).toEqual([`${reason} ${message}`]);
  });

  it('a Pod too many', () => {
    const world = worldOf(
      {},
      { nodes: [{ name: 'node-1', capacity: { pods: '1' } }], documents: [podOf({}, 'a'), podOf({}, 'b')] },
    );
    world.runFor(1000);
    expect(pod(world, 'b').status).toMatchObject({ phase: 'Failed', reason: 'OutOfpods' });
  });
});

it('leaves Pods of nodes that do not exist alone', () => {
  const world = worldOf(
    { nodeName: 'nowhere' },
    { without: ['default-scheduler', 'pod-garbage-collector-controller'] },
  );
  world.runFor(15_000);
  expect(pod(world).status.phase).toBe('Pending');
  expect(pod(world).status.startTime).toBeUndefined();
});
