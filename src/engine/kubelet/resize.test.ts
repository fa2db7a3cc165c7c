import { describe, expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Container, CoreEvent, Pod, PodSpec } from '../api/types';

const programs = [{ image: 'app:*', pull: 0, startMs: 100, sigterm: { exitAfterMs: 100, code: 0 } }];

function podOf(name: string, container: Partial<Container>, spec: Partial<PodSpec> = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'app:v1', ...container }], ...spec },
  };
}

const asking = (cpu: string, memory = '64Mi'): Partial<Container> => ({ resources: { requests: { cpu, memory } } });

function worldOf(documents: KubeObject[], options: WorldOptions = {}): World {
  const nodes = [{ name: 'node-1', capacity: { cpu: '2', memory: '4Gi', pods: '10' } }];
  return createWorld({ nodes, documents, programs, without: ['default-scheduler'], ...options });
}

const pod = (world: World, name = 'web'): Pod => world.get<Pod>('Pod', 'default', name);

function resize(world: World, name: string, resources: object, list = 'containers'): void {
  const body = { spec: { [list]: [{ name: 'app', resources }] } };
  world.client.patch('Pod', 'default', name, { type: 'strategic', body }, { subresource: 'resize' });
}

const told = (world: World): string[] =>
  (world.events() as CoreEvent[])
    .filter(({ reason }) => reason?.startsWith('Resize'))
    .map(({ reason, message }) => `${reason}: ${message}`);

/** All that a Pod's status has said of its resize, in order. */
function conditionsOver(world: World, name = 'web'): string[] {
  const all = world.simulation
    .history('Pod', 'default', name)
    .map(({ value }) => (value as Pod | undefined)?.status.conditions ?? [])
    .map((list) =>
      list.filter(({ type }) => type.startsWith('PodResize')).map(({ type, reason }) => `${type}/${reason}`),
    )
    .map((list) => list.join(' '));
  return all.filter((one, index) => one !== all[index - 1]);
}

describe('a resize', () => {
  it('is allocated, given to the running container, and told', () => {
    const world = worldOf([podOf('web', asking('500m'))]);
    world.runFor(1000);
    resize(world, 'web', { requests: { cpu: '800m' } });
    world.runFor(1000);
    const { metadata, status } = pod(world);
    expect(metadata.generation).toBe(2);
    expect(status).toMatchObject({ observedGeneration: 2, allocatedResources: { cpu: '800m', memory: '64Mi' } });
    expect(status.containerStatuses?.[0]).toMatchObject({
      restartCount: 0,
      resources: { requests: { cpu: '800m' } },
      allocatedResources: { cpu: '800m' },
    });
    expect(conditionsOver(world)).toEqual(['', 'PodResizeInProgress/undefined', '']);
    const summary =
      '{"containers":[{"name":"app","resources":{"requests":{"cpu":"800m","memory":"64Mi"}}}],"generation":2}';
    expect(told(world)).toEqual([
      `ResizeStarted: Pod resize started: ${summary}`,
      `ResizeCompleted: Pod resize completed: ${summary}`,
    ]);
  });

  it('waits until another Pod has left the node', () => {
    const world = worldOf([podOf('web', asking('500m')), podOf('big', asking('1'))]);
    world.runFor(1000);
    resize(world, 'web', { requests: { cpu: '1500m' } });
    world.runFor(1000);
    expect(pod(world).status.conditions?.find(({ type }) => type === 'PodResizePending')).toMatchObject({
      status: 'True',
      reason: 'Deferred',
      message: "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000",
      observedGeneration: 2,
    });
    expect(pod(world).status.containerStatuses?.[0]?.allocatedResources?.cpu).toBe('500m');
    expect(told(world)[0]).toContain('ResizeDeferred: Pod resize OutOfcpu: {"containers":');
    world.client.delete('Pod', 'default', 'big');
    world.runFor(1000);
    expect(pod(world).status.containerStatuses?.[0]?.allocatedResources?.cpu).toBe('1500m');
    expect(told(world).length).toBe(3);
  });

  it('that waits is forgotten when it is taken back', () => {
    const world = worldOf([podOf('web', asking('500m')), podOf('big', asking('1'))]);
    world.runFor(1000);
    resize(world, 'web', { requests: { cpu: '1500m' } });
    world.runFor(1000);
    resize(world, 'web', { requests: { cpu: '500m' } });
    world.runFor(1000);
    expect(conditionsOver(world)).toEqual(['', 'PodResizePending/Deferred', '']);
    world.client.delete('Pod', 'default', 'big');
    world.runFor(1000);
    expect(told(world)).toHaveLength(1);
  });

  it('goes first to whom has the higher priority', () => {
    const documents = [
      podOf('low', asking('500m'), { priority: 0 }),
      podOf('high', asking('500m')),
      podOf('big', asking('1')),
    ];
    const priorities = { low: 0, high: 10 };
    for (const one of documents) {
      const priority = priorities[one.metadata.name as 'low'];
      if (priority !== undefined) Object.assign(one.spec as object, { priorityClassName: `p${priority}`, priority });
    }
    const classes = [0, 10].map((value) => ({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: `p${value}` },
      value,
    }));
    const world = worldOf([...classes, ...documents] as KubeObject[]);
    world.runFor(1000);
    for (const name of ['low', 'high']) resize(world, name, { requests: { cpu: '1200m' } });
    world.runFor(100);
    world.client.delete('Pod', 'default', 'big');
    world.runFor(1000);
    const cpu = (name: string) => pod(world, name).status.allocatedResources?.cpu;
    expect([cpu('low'), cpu('high')]).toEqual(['500m', '1200m']);
  });

  it('restarts the container where its policy says so', () => {
    const policy = [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }];
    const world = worldOf([podOf('web', { ...asking('500m'), resizePolicy: policy })]);
    world.runFor(1000);
    resize(world, 'web', { requests: { cpu: '600m' } });
    world.runFor(1000);
    expect(pod(world).status.containerStatuses?.[0]?.restartCount).toBe(0);
    resize(world, 'web', { requests: { memory: '128Mi' } });
    world.runFor(1000);
    expect(pod(world).status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      resources: { requests: { cpu: '600m', memory: '128Mi' } },
    });
    const killing = (world.events() as CoreEvent[]).find(({ reason }) => reason === 'Killing');
    expect(killing?.message).toBe('Container app resize requires restart');
    expect(told(world)).toHaveLength(4);
  });

  it('of a Pod as a whole restarts a container that has no limit of its own, where its policy says so', () => {
    const resources = { requests: { cpu: '200m' }, limits: { cpu: '200m' } };
    const resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
    const containers = [
      { name: 'app', image: 'app:v1', resizePolicy },
      { name: 'limited', image: 'app:v1', resizePolicy, resources: { limits: { cpu: '100m' } } },
      { name: 'tolerant', image: 'app:v1' },
    ];
    const world = worldOf([podOf('web', {}, { containers, resources })]);
    world.runFor(2000);
    const body = { spec: { resources: { requests: { cpu: '300m' }, limits: { cpu: '300m' } } } };
    world.client.patch('Pod', 'default', 'web', { type: 'strategic', body }, { subresource: 'resize' });
    world.runFor(3000);
    const { containerStatuses = [] } = pod(world).status;
    expect(containerStatuses.map(({ name, restartCount }) => `${name} ${restartCount}`)).toEqual([
      'app 1',
      'limited 0',
      'tolerant 0',
    ]);
    expect(containerStatuses[0]?.resources).toEqual({});
    expect(told(world)).toHaveLength(2);
  });

  it('does not set a memory limit below what is used', () => {
    const memory = { baseBytes: 100 * 2 ** 20, growthBytesPerSecond: 0, memorySteps: [] };
    const cpu = { idleMilli: 1, perRequestMilli: 0, cpuSteps: [] };
    const greedy = [{ ...programs[0], image: 'app:*', usage: { ...memory, ...cpu } }];
    const resources = { requests: { memory: '64Mi' }, limits: { memory: '256Mi' } };
    const world = worldOf([podOf('web', { resources })], { programs: greedy });
    world.runFor(1000);
    resize(world, 'web', { limits: { memory: '80Mi' } });
    world.runFor(1000);
    const message =
      'cannot decrease memory limits: attempting to set container "app" memory limit (83886080) below current usage (104857600)';
    expect(pod(world).status.conditions?.find(({ type }) => type === 'PodResizeInProgress')).toMatchObject({
      reason: 'Error',
      message,
    });
    expect(pod(world).status.containerStatuses?.[0]?.resources?.limits?.memory).toBe('256Mi');
    expect(told(world)[1]).toMatch(/^ResizeError: Pod resize error: .*"generation":2,"error":"cannot decrease/);
  });

  it.each([
    ['kubelet that was restarted', { type: 'component-down', component: 'kubelet', node: 'node-1', forMs: 2000 }],
    ['node that comes up again', { type: 'node-crash', node: 'node-1', forMs: 2000 }],
  ])('that waits is known to a %s', (_what, fault) => {
    const inputs = [{ to: 'fault', kind: 'fault', payload: fault, atMs: 2000 }];
    const world = worldOf([podOf('web', asking('500m')), podOf('big', asking('1'))], { inputs });
    world.runFor(1000);
    resize(world, 'web', { requests: { cpu: '1500m' } });
    world.runFor(1000);
    world.runFor(5000);
    expect(pod(world).status.allocatedResources?.cpu).toBe('500m');
    world.client.delete('Pod', 'default', 'big');
    world.runFor(2000);
    expect(pod(world).status.containerStatuses?.[0]?.resources?.requests?.cpu).toBe('1500m');
    expect(conditionsOver(world).at(-1)).toBe('');
  });
});

const refusal = (action: () => void): string => {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
};

describe('what a resize may not do', () => {
  const limited = { requests: { cpu: '200m' }, limits: { cpu: '500m' } };

  it.each([
    [
      'more than the node has',
      { requests: { cpu: '3' }, limits: { cpu: '3' } },
      'pods "web" is forbidden: node didn\'t have enough allocatable resources: cpu, requested: 3000, allocatable: 2000',
    ],
    [
      'other resources',
      { requests: { 'ephemeral-storage': '1Gi' } },
      'spec: Forbidden: only cpu and memory resources are mutable',
    ],
    [
      'another class',
      { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
      'spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
    ],
    [
      'a limit that goes',
      { limits: null },
      'spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed',
    ],
    ['what is the same', { requests: { cpu: '200m' } }, 'taken'],
  ])('%s', (_name, resources, expected) => {
    const world = worldOf([podOf('web', { resources: limited })]);
    world.runFor(1000);
    expect(refusal(() => resize(world, 'web', resources))).toContain(expected);
  });

  it('goes beyond a limit range or a quota', () => {
    const limits = [{ type: 'Container', max: { cpu: '700m' } }];
    const documents = [
      { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l', namespace: 'default' }, spec: { limits } },
      podOf('web', { resources: limited }),
    ] as KubeObject[];
    const world = worldOf(documents);
    world.runFor(1000);
    const bigger = { requests: { cpu: '300m' }, limits: { cpu: '800m' } };
    expect(refusal(() => resize(world, 'web', bigger))).toContain(
      'maximum cpu usage per Container is 700m, but limit is 800m',
    );
    const hard = { 'requests.cpu': '250m' };
    world.client.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q', namespace: 'default' },
      spec: { hard },
    } as KubeObject);
    world.runFor(1000);
    expect(refusal(() => resize(world, 'web', { requests: { cpu: '300m' } }))).toContain('exceeded quota: q');
  });

  it('changes nothing else', () => {
    const world = worldOf([podOf('web', { resources: limited })]);
    world.runFor(1000);
    const body = {
      metadata: { labels: { a: 'b' } },
      spec: { containers: [{ name: 'app', image: 'app:v9', resources: { requests: { cpu: '300m' } } }] },
    };
    world.client.patch('Pod', 'default', 'web', { type: 'strategic', body }, { subresource: 'resize' });
    expect(pod(world).spec.containers[0]).toMatchObject({ image: 'app:v1', resources: { requests: { cpu: '300m' } } });
    expect(pod(world).metadata.labels).toBeUndefined();
  });
});
