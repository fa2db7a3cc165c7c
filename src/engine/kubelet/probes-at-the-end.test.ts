/** What probes find out, and what becomes of it, while a Pod comes to its end; expectations are recorded from real kubelets. */
import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Container, CoreEvent, Pod, PodSpec } from '../api/types';

const CANCELED = 'rpc error: code = Canceled desc = context canceled';
const PROGRAMS = [
  { image: 'quick:*', listen: [{ port: 81 }], sigterm: { exitAfterMs: 1000, code: 0 } },
  { image: 'app:*', listen: [{ port: 80 }], sigterm: { exitAfterMs: 13_000, code: 0 } },
];
const exec = { exec: { command: ['true'] }, periodSeconds: 2 };
const http = { httpGet: { port: 80 }, periodSeconds: 2 };
const tcp = { tcpSocket: { port: 80 }, periodSeconds: 2 };
const closed = 'dial tcp 10.244.0.2:80: connect: connection refused';
const app = (more: Partial<Container> = {}): Container => ({ name: 'app', image: 'app:1', ...more });

function deletedAt20(spec: Partial<PodSpec>, programs = PROGRAMS): World {
  const document: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node-1', containers: [app()], ...spec },
  };
  const world = createWorld({ nodes: 1, documents: [document], without: ['default-scheduler'], programs });
  world.runUntil(20_000);
  if (spec.activeDeadlineSeconds === undefined) world.client.delete('Pod', 'default', 'web');
  return world;
}

/** What is complained of, container by container, and how often. */
const complaints = (world: World): string[] =>
  (world.events() as CoreEvent[])
    .filter(({ reason }) => reason === 'Unhealthy')
    .map(
      ({ involvedObject, message, count }) =>
        `${involvedObject.fieldPath?.split('{')[1]?.slice(0, -1)} x${count} ${message}`,
    );

const statusOf = (world: World) => world.find<Pod>('Pod', 'default', 'web')?.status;
const isReady = (world: World) => statusOf(world)?.conditions?.find(({ type }) => type === 'Ready')?.status;

describe('commands of probes', () => {
  it('are broken off with the sync in whose name they run, and what was found before stays', () => {
    const world = deletedAt20({
      containers: [app({ readinessProbe: exec, lifecycle: { preStop: { sleep: { seconds: 6 } } } })],
    });
    world.runUntil(31_000);
    expect(complaints(world)).toEqual([`app x6 Readiness probe errored and resulted in unknown state: ${CANCELED}`]);
    expect(isReady(world)).toBe('True');
  });

  it('are not even looked for, and those that have failed fail no more', () => {
    const world = deletedAt20({ containers: [app({ readinessProbe: { ...exec, exec: { command: ['false'] } } })] });
    const before = complaints(world);
    world.runUntil(25_000);
    expect(complaints(world)).toEqual([
      ...before,
      expect.stringMatching(/^app x[23] Readiness probe errored .*canceled$/),
    ]);
  });

  it('go on for liveness and startup of sidecars only', () => {
    const sidecar = (name: string, more: Partial<Container>): Container => ({
      ...app(more),
      name,
      restartPolicy: 'Always',
    });
    const world = deletedAt20({
      initContainers: [
        sidecar('one', { livenessProbe: exec }),
        sidecar('two', { livenessProbe: { tcpSocket: { port: 9 }, periodSeconds: 2, failureThreshold: 12 } }),
      ],
      containers: [app({ livenessProbe: exec })],
    });
    const before = complaints(world);
    expect(before).toEqual(['two x8 Liveness probe failed: dial tcp 10.244.0.2:9: connect: connection refused']);
    world.runUntil(31_000);
    expect(complaints(world)).toEqual([
      // It has failed as often as it may, and is asked no more; nothing restarts it.
      before[0]?.replace('x8', 'x12'),
      expect.stringMatching(/^one x[56] Liveness probe errored .*canceled$/),
    ]);
    expect((world.events() as CoreEvent[]).map(({ message }) => message).join('\n')).not.toContain(
      'failed liveness probe',
    );
  });

  it('are not run for a Pod that has failed as a whole: its workers are gone', () => {
    const world = deletedAt20({ activeDeadlineSeconds: 18, containers: [app({ readinessProbe: http })] });
    world.runUntil(30_000);
    expect(complaints(world)).toEqual([]);
  });
});

describe('a server that was told to end', () => {
  it.each([
    ['tcpSocket', tcp, `app x3 Readiness probe failed: ${closed}`],
    ['httpGet', http, `app x3 Readiness probe failed: Get "http://10.244.0.2:80/": ${closed}`],
  ])('has closed its port for %s too', (_name, readinessProbe, complaint) => {
    const world = deletedAt20({ containers: [app({ readinessProbe })] });
    world.runUntil(22_900);
    expect(isReady(world)).toBe('True');
    world.runUntil(24_900);
    expect(complaints(world)).toEqual([complaint]);
    expect(isReady(world)).toBe('False');
    expect(statusOf(world)?.containerStatuses?.[0]).toMatchObject({
      ready: false,
      started: true,
      state: { running: {} },
    });
  });

  it('goes on answering where it ignores that', () => {
    const world = deletedAt20({ containers: [app({ readinessProbe: tcp })] }, [
      { image: 'app:*', listen: [{ port: 80 }], sigterm: 'ignore' },
    ] as never);
    world.runUntil(40_000);
    expect(complaints(world)).toEqual([]);
  });
});

it('A container that ends before the others of its Pod runs for those who ask, but for its probe', () => {
  const probed = { tcpSocket: { port: 81 }, periodSeconds: 2, failureThreshold: 2 };
  const world = deletedAt20({
    containers: [app({ name: 'a', image: 'quick:1', readinessProbe: probed }), app({ name: 'b' })],
  });
  world.runUntil(22_500);
  const running = { ready: true, started: true, state: { running: {} } };
  expect(statusOf(world)?.containerStatuses).toMatchObject([running, running]);
  world.runUntil(30_000);
  expect(statusOf(world)?.containerStatuses).toMatchObject([{ ...running, ready: false }, running]);
  expect(isReady(world)).toBe('False');
  expect(complaints(world)[0]).toMatch(
    /^a x5 Readiness probe failed: dial tcp 10.244.0.2:81: connect: connection refused$/,
  );
  world.runUntil(34_000);
  expect(world.find('Pod', 'default', 'web')).toBeUndefined();
  const last = world.simulation.history('Pod', 'default', 'web').at(-2)?.value as Pod;
  const over = { ready: false, started: false, state: { terminated: { exitCode: 0 } } };
  expect(last.status.containerStatuses).toMatchObject([over, over]);
});
