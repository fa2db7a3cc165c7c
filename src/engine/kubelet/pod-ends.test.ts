/** What is said of containers when their Pod is over, and why a node turns a Pod away; recorded from real kubelets. */
import { expect, it, test } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { CoreEvent, Pod, PodSpec } from '../api/types';

const programs = [
  { image: 'bad:*', pull: { error: 'ErrImagePull' } },
  { image: '*', pull: 0, startMs: 100, sigterm: { exitAfterMs: 500 } },
] as const;

const container = (command: string, more: object = {}) => ({
  name: 'app',
  image: 'busybox:1',
  command: ['sh', '-c', command],
  ...more,
});

function worldOf(spec: Partial<PodSpec>, metadata: object = {}): World {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: { nodeName: 'node-1', ...spec },
  };
  const config: KubeObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config', namespace: 'default' },
    data: { text: 'plain' },
    binaryData: { bytes: 'aGVsbG8=' },
  } as KubeObject;
  return createWorld({ nodes: 1, documents: [config, pod], programs, without: ['default-scheduler'] });
}

/** `Failed app=Error(1)`: what the status has said, each once. */
function life(world: World): string[] {
  const all = world.simulation.history('Pod', 'default', 'web').flatMap(({ value }) => {
    if (!value) return [];
    const { phase, containerStatuses = [], initContainerStatuses = [] } = (value as Pod).status;
    const texts = [...initContainerStatuses, ...containerStatuses].map(({ name, state }) => {
      const { running, terminated, waiting } = state ?? {};
      return `${name}=${running ? 'running' : terminated ? `${terminated.reason}(${terminated.exitCode})` : waiting?.reason}`;
    });
    return texts.length > 0 ? `${phase} ${texts.join(' ')}` : [];
  });
  return all.filter((one, index) => one !== all[index - 1]);
}

it('nobody hears that a container runs which ends as soon as it begins', () => {
  const world = worldOf({ restartPolicy: 'Never', containers: [container('echo done')] });
  world.runFor(5000);
  expect(life(world)).toEqual([
    'Pending app=ContainerCreating',
    'Pending app=Completed(0)',
    'Succeeded app=Completed(0)',
  ]);
});

it('of a container that waits to be started again when its Pod is over it is unknown how it ended', () => {
  const sidecar = { ...container('sleep 2; exit 2'), name: 'side', restartPolicy: 'Always' };
  const world = worldOf({
    restartPolicy: 'Never',
    initContainers: [sidecar],
    containers: [container('sleep 8')],
  });
  world.runFor(20_000);
  expect(life(world).slice(-2)).toEqual([
    'Succeeded side=CrashLoopBackOff app=Completed(0)',
    'Succeeded side=ContainerStatusUnknown(137) app=Completed(0)',
  ]);
});

it('a sidecar that ends well is shown as Completed while its next start is held back', () => {
  const sidecar = { ...container('sleep 1; exit 0'), name: 'side', restartPolicy: 'Always' };
  const world = worldOf({ initContainers: [sidecar], containers: [container('sleep 90')] });
  world.runFor(30_000);
  expect(life(world).join()).not.toContain('CrashLoopBackOff');
  expect(life(world).at(-1)).toBe('Running side=Completed(0) app=running');
});

it('a deleted Pod whose image never came forgets why it waited, and then is Failed', () => {
  const world = worldOf({ containers: [{ name: 'app', image: 'bad:1' }] });
  world.runFor(3000);
  world.client.delete('Pod', 'default', 'web');
  world.runFor(2000);
  expect(life(world).slice(-3)).toEqual([
    'Pending app=ErrImagePull',
    'Pending app=ContainerCreating',
    'Failed app=ContainerStatusUnknown(137)',
  ]);
});

it('a deadline finds what the last sync knew of the reasons to wait', () => {
  const world = worldOf({ activeDeadlineSeconds: 9, containers: [{ name: 'app', image: 'bad:1' }] });
  world.runFor(15_000);
  expect(life(world).slice(-3)).toEqual([
    'Pending app=ImagePullBackOff',
    'Failed app=ImagePullBackOff',
    'Failed app=ContainerStatusUnknown(137)',
  ]);
});

it('a trap comes before what is said of the image', () => {
  const patient = container("trap '' TERM; while true; do sleep 1; done");
  const world = worldOf({ terminationGracePeriodSeconds: 4, containers: [patient] });
  world.runFor(3000);
  world.client.delete('Pod', 'default', 'web');
  world.runFor(3000);
  expect(life(world).at(-1)).toBe('Running app=running');
  world.runFor(3000);
  expect(life(world).at(-1)).toBe('Failed app=Error(137)');
});

it('a Pod that a finalizer keeps has been changed once by its deletion', () => {
  const world = worldOf({ containers: [container('sleep 60')] }, { finalizers: ['x.io/keep'] });
  world.runFor(3000);
  world.client.delete('Pod', 'default', 'web');
  world.runFor(5000);
  expect(world.get<Pod>('Pod', 'default', 'web').metadata).toMatchObject({
    generation: 2,
    deletionGracePeriodSeconds: 0,
  });
});

const unsafe = (name: string): Partial<PodSpec> => ({ securityContext: { sysctls: [{ name, value: '1' }] } });

test.each<[string, Partial<PodSpec>, string, string]>([
  ['room before labels', { nodeSelector: { disk: 'ssd' } }, '20', 'OutOfcpu'],
  ['labels', { nodeSelector: { disk: 'ssd' } }, '1', 'NodeAffinity'],
  ['room before kernel parameters', unsafe('kernel.shm_rmid_forced'), '20', 'OutOfcpu'],
  ['kernel parameters before room', unsafe('kernel.msgmax'), '20', 'SysctlForbidden'],
  ['kernel parameters with slashes', unsafe('net/core/somaxconn'), '1', 'SysctlForbidden'],
  ['another system', { os: { name: 'windows' } } as Partial<PodSpec>, '1', 'PodOSNotSupported'],
])('turned away: %s', (_, spec, cpu, reason) => {
  const world = worldOf({ ...spec, containers: [container('sleep 60', { resources: { requests: { cpu } } })] });
  world.runFor(3000);
  expect(world.get<Pod>('Pod', 'default', 'web').status).toMatchObject({ phase: 'Failed', reason });
});

const mounting = (does: string, ...volumes: object[]): Partial<PodSpec> => ({
  restartPolicy: 'Never',
  containers: [
    container(does, { volumeMounts: volumes.map((_, index) => ({ name: `v${index}`, mountPath: `/v${index}` })) }),
  ],
  volumes: volumes.map((volume, index) => ({ name: `v${index}`, ...volume })),
});

test.each<[readonly object[], readonly string[]]>([
  [
    [{ configMap: { name: 'config', items: [{ key: 'none', path: 'x' }] } }],
    ['MountVolume.SetUp failed for volume "v0" : configmap references non-existent config key: none'],
  ],
  [
    [{ configMap: { name: 'no' } }, { secret: { secretName: 'no' } }],
    [
      'MountVolume.SetUp failed for volume "v0" : configmap "no" not found',
      'MountVolume.SetUp failed for volume "v1" : secret "no" not found',
    ],
  ],
  [
    [{ projected: { sources: [{ configMap: { name: 'no' } }, { secret: { name: 'no' } }] } }],
    ['MountVolume.SetUp failed for volume "v0" : [configmap "no" not found, secret "no" not found]'],
  ],
  [[{ configMap: { name: 'config', optional: true, items: [{ key: 'none', path: 'x' }] } }], []],
])('volumes %j', (volumes, messages) => {
  const world = worldOf(mounting('sleep 60', ...volumes));
  world.runFor(400);
  const told = (world.events() as CoreEvent[]).filter(({ reason }) => reason === 'FailedMount');
  expect(told.map(({ message }) => message)).toEqual(messages);
});

it('what a ConfigMap holds in base64 is in its files', () => {
  const world = worldOf(mounting('cp /v0/bytes /dev/termination-log; sleep 1', { configMap: { name: 'config' } }));
  world.runFor(5000);
  const [status] = world.get<Pod>('Pod', 'default', 'web').status.containerStatuses ?? [];
  expect(status?.state?.terminated?.message).toBe('hello');
});

const FAILING = { exec: { command: ['sh', '-c', 'exit 1'] }, periodSeconds: 2, failureThreshold: 1 };
const told = (world: World, reason: string): (string | undefined)[] =>
  (world.events() as CoreEvent[]).filter((event) => event.reason === reason).map(({ message }) => message);

it('a container that failed its probe and is not to be restarted takes its Pod with it', () => {
  const world = worldOf({
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 2,
    containers: [container('sleep 60', { livenessProbe: FAILING })],
  });
  world.runFor(8000);
  expect(told(world, 'Killing')).toEqual(['Stopping container app']);
  expect(life(world).at(-1)).toBe('Failed app=Error(143)');
});

it('a container that was stopped to be restarted is, even if it has done its work, until it has to wait', () => {
  const world = worldOf({
    restartPolicy: 'OnFailure',
    terminationGracePeriodSeconds: 2,
    containers: [container("trap 'exit 0' TERM; while true; do sleep 1; done", { livenessProbe: FAILING })],
  });
  world.runFor(30_000);
  const [status] = world.get<Pod>('Pod', 'default', 'web').status.containerStatuses ?? [];
  expect([status?.restartCount, life(world).at(-1)]).toEqual([2, 'Succeeded app=Completed(0)']);
});

test.each([
  [{ httpGet: { port: 'web' } }, 'strconv.Atoi: parsing "web": invalid syntax'],
  [{ tcpSocket: { port: 'web' } }, 'strconv.Atoi: parsing "web": invalid syntax'],
])('a probe of a port that nobody names: %j', (probe, problem) => {
  const world = worldOf({ containers: [container('sleep 60', { readinessProbe: { ...probe, periodSeconds: 1 } })] });
  world.runFor(4000);
  expect(told(world, 'Unhealthy')[0]).toBe(`Readiness probe errored and resulted in unknown state: ${problem}`);
});

it('lets a Pod set what its kubelet allows, and says which parameter it does not', () => {
  const flags = { kubelet: { 'allowed-unsafe-sysctls': 'kernel.msg*,net.core.somaxconn' } };
  const pod = (name: string, sysctl: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { ...unsafe(sysctl), nodeName: 'node-1', containers: [container('sleep 60')] },
  });
  const documents = [pod('a', 'kernel.msgmax'), pod('b', 'net/core/somaxconn'), pod('c', 'net.core.somaxconns')];
  const world = createWorld({ nodes: 1, documents, programs, flags, without: ['default-scheduler'] });
  world.runFor(3000);
  const statusOf = (name: string) => world.get<Pod>('Pod', 'default', name).status;
  expect(statusOf('a').phase).toBe('Running');
  expect(statusOf('b').phase).toBe('Running');
  expect(statusOf('c')).toMatchObject({
    phase: 'Failed',
    reason: 'SysctlForbidden',
    message: 'Pod was rejected: forbidden sysctl: "net.core.somaxconns" not allowlisted',
  });
});
