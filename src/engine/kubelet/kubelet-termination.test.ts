import { describe, expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Container, CoreEvent, Pod, PodSpec } from '../api/types';

const app: Container = { name: 'app', image: 'app:v1', ports: [{ containerPort: 80 }] };

function worldOf(spec: Partial<PodSpec>, options: WorldOptions = {}): World {
  const document: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node-1', containers: [app], ...spec },
  };
  return createWorld({ nodes: 1, documents: [document], without: ['default-scheduler'], ...options });
}

const find = (world: World): Pod | undefined => world.find<Pod>('Pod', 'default', 'web');
const messages = (world: World, reason: string): string[] =>
  (world.events() as CoreEvent[]).filter((event) => event.reason === reason).map((event) => event.message ?? '');

/** Runs for 5 s, deletes the Pod, and returns how long after the kubelet's first reaction it was gone, and how it was just before. */
function endOf(world: World, gracePeriodSeconds?: number): { afterMs: number; last: Pod | undefined } {
  world.runFor(5000);
  world.client.delete('Pod', 'default', 'web', gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds });
  world.runFor(120_000);
  const history = world.simulation.history('Pod', 'default', 'web');
  const gone = history.findIndex((version) => version.value === undefined);
  const step = world.simulation.stepOfRevision(history[gone]?.revision ?? 0);
  const noticed = world
    .steps()
    .find((one) => one.time > 5000 && one.actor === 'kubelet/node-1' && one.verb !== 'renew');
  return { afterMs: world.simulation.traceAt(step).time - (noticed?.time ?? 0), last: history[gone - 1]?.value as Pod };
}

describe('a deleted Pod', () => {
  it('ends when its process does', () => {
    const { afterMs, last } = endOf(worldOf({}, { programs: [{ image: 'app:*', sigterm: { exitAfterMs: 3000 } }] }));
    expect(afterMs).toBe(3000);
    expect(last?.status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ ready: false, state: { terminated: { exitCode: 143, reason: 'Error' } } }],
    });
    expect(last?.metadata.deletionGracePeriodSeconds).toBe(30);
  });

  it.each([
    ['ignores SIGTERM', {}, 'ignore' as const, undefined, 30_000, 137],
    ['is too slow', { terminationGracePeriodSeconds: 5 }, { exitAfterMs: 8000 }, undefined, 5000, 137],
    ['ends well', {}, { exitAfterMs: 100, code: 0 }, undefined, 100, 0],
    ['has two seconds at least', { terminationGracePeriodSeconds: 1 }, 'ignore' as const, undefined, 2000, 137],
    ['is given less time by the deletion', {}, 'ignore' as const, 10, 10_000, 137],
  ])('%s', (_name, spec, sigterm, grace, expectedMs, code) => {
    const { afterMs, last } = endOf(worldOf(spec, { programs: [{ image: 'app:*', sigterm }] }), grace);
    expect(afterMs).toBe(expectedMs);
    expect(last?.status.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(code);
    expect(last?.status.phase).toBe(code === 0 ? 'Succeeded' : 'Failed');
  });

  it('runs its preStop hook first, within the grace period', () => {
    const lifecycle = { preStop: { sleep: { seconds: 4 } } };
    const slow = { programs: [{ image: 'app:*', sigterm: 'ignore' as const }] };
    expect(endOf(worldOf({ containers: [{ ...app, lifecycle }] })).afterMs).toBe(5000);
    expect(endOf(worldOf({ containers: [{ ...app, lifecycle }] }, slow)).afterMs).toBe(30_000);
    const exec = { preStop: { exec: { command: ['sh', '-c', 'sleep 60'] } } };
    const hooked = { containers: [{ ...app, lifecycle: exec }], terminationGracePeriodSeconds: 6 };
    // The hook takes all the time there is, the process still gets two seconds.
    expect(endOf(worldOf(hooked, slow)).afterMs).toBe(8000);
  });

  it('says which containers are stopped', () => {
    const world = worldOf({ containers: [app, { ...app, name: 'second', ports: [] }] });
    endOf(world);
    expect(messages(world, 'Killing')).toEqual(['Stopping container app', 'Stopping container second']);
  });

  it('stops its sidecars after the app, the last first', () => {
    const sidecar = (name: string): Container => ({ name, image: 'app:v1', restartPolicy: 'Always' });
    const world = worldOf({ initContainers: [sidecar('one'), sidecar('two')] });
    expect(endOf(world).afterMs).toBe(3000);
    const ends = world.steps().filter(({ verb }) => verb === 'end');
    expect(ends.map(({ message }) => message.split(' ')[1])).toEqual(['app', 'two', 'one']);
  });

  it('whose image is being pulled has its containers started, and stopped at once', () => {
    const world = worldOf(
      { containers: ['app', 'late'].map((name) => ({ name, image: `${name}:1` })) },
      { programs: [{ image: 'late:*', pull: 4000 }] },
    );
    world.runFor(500);
    world.client.delete('Pod', 'default', 'web');
    world.runFor(5000);
    expect(find(world)).toBeDefined();
    world.runFor(5000);
    expect(find(world)).toBeUndefined();
    expect(messages(world, 'Started')).toHaveLength(2);
    expect(messages(world, 'Killing')).toEqual(['Stopping container app', 'Stopping container late']);
  });

  it('has containers of which nobody knows how they ended when a sidecar ran and they never did', () => {
    const sidecar: Container = { name: 'side', image: 'app:v1', restartPolicy: 'Always' };
    const world = worldOf(
      { initContainers: [sidecar], containers: [{ name: 'app', image: 'bad:1' }] },
      { programs: [{ image: 'bad:*', pull: { error: 'ErrImagePull' } }] },
    );
    const { terminated } = endOf(world).last?.status.containerStatuses?.[0]?.state ?? {};
    expect(terminated).toMatchObject({ exitCode: 137, reason: 'ContainerStatusUnknown' });
  });

  it('whose postStart hook runs waits for its end', () => {
    const lifecycle = { postStart: { sleep: { seconds: 20 } } };
    const world = worldOf({ containers: [{ name: 'app', image: 'app:1', lifecycle }] });
    expect(endOf(world).afterMs).toBeGreaterThan(10_000);
  });

  it('has its processes killed when it is removed by force', () => {
    const world = worldOf({}, { programs: [{ image: 'app:*', sigterm: 'ignore' }] });
    expect(endOf(world, 0).last?.status.phase).toBe('Running');
    expect(messages(world, 'Killing')).toEqual(['Stopping container app']);
    const end = world.steps().find((step) => step.verb === 'end');
    expect(end?.message).toContain('ended with exit code 137 (Error)');
  });

  it('does not end sooner when it is deleted again with less time', () => {
    const world = worldOf({}, { programs: [{ image: 'app:*', sigterm: 'ignore' }] });
    world.runFor(5000);
    world.client.delete('Pod', 'default', 'web');
    world.runFor(2000);
    world.client.delete('Pod', 'default', 'web', { gracePeriodSeconds: 3 });
    world.runFor(27_900);
    expect(find(world)).toBeDefined();
    world.runFor(200);
    expect(find(world)).toBeUndefined();
  });

  it('gives its address and its room back', () => {
    const spec = { containers: [{ ...app, resources: { requests: { cpu: '3' } } }] };
    const world = worldOf(spec);
    endOf(world);
    world.client.create({
      ...(world.simulation.history('Pod', 'default', 'web')[0]?.value as KubeObject),
      metadata: { name: 'web', namespace: 'default' },
    });
    world.runFor(5000);
    expect(find(world)?.status).toMatchObject({ phase: 'Running', podIP: '10.244.0.3' });
  });
});

it.each([
  ['while its image is pulled', { programs: [{ image: 'app:*', pull: 60_000 }] }],
  ['before its kubelet has heard of it', { inputs: [], programs: [{ image: 'app:*' }] }],
])('a Pod deleted %s ends Failed where a finalizer keeps it', (when, options: WorldOptions) => {
  const world = createWorld({
    nodes: 1,
    without: ['default-scheduler', 'pod-garbage-collector-controller'],
    ...options,
  });
  const isUnheard = when.includes('heard');
  if (!isUnheard) world.runFor(3000);
  world.client.create<KubeObject>({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', finalizers: ['example.com/count'] },
    spec: { nodeName: 'node-1', containers: [app] },
  });
  if (!isUnheard) world.runFor(1000);
  world.client.delete('Pod', 'default', 'web');
  world.runFor(100_000);
  expect(find(world)?.status.phase).toBe('Failed');
  expect(find(world)?.metadata.deletionGracePeriodSeconds).toBe(0);
});
