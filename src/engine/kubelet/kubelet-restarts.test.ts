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

const pod = (world: World): Pod => world.get<Pod>('Pod', 'default', 'web');
const status = (world: World) => pod(world).status.containerStatuses?.[0];
const messages = (world: World, reason: string): string[] =>
  (world.events() as CoreEvent[]).filter((event) => event.reason === reason).map((event) => event.message ?? '');
const timesOf = (world: World, verb: string): number[] =>
  world
    .steps()
    .filter((step) => step.verb === verb && step.actor === 'kubelet/node-1')
    .map((step) => step.time);

/** As {@link timesOf}, counted from the start of the container. */
const timesAfterStart = (world: World, verb: string): number[] =>
  timesOf(world, verb).map((time) => time - (timesOf(world, 'start')[0] ?? 0));

describe('a container that ends', () => {
  const programs = [{ image: 'app:*', pull: 0, startMs: 0, exit: { afterMs: 1000, code: 1 } }];

  it('is started again at once, then after 10, 20, 40 … 300 s and a quarter more of what is left after a second', () => {
    const world = worldOf({}, { programs });
    world.runFor(1_000_000);
    const starts = timesOf(world, 'start');
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] as number) - 1000);
    expect(gaps.slice(0, 7)).toEqual([0, 12_250, 24_750, 49_750, 81_000, 162_250, 301_000]);
  });

  it('shows Error, then CrashLoopBackOff, with what ended last', () => {
    const world = worldOf({}, { programs });
    world.runFor(1500);
    expect(status(world)).toMatchObject({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { exitCode: 1 } },
    });
    world.runFor(600);
    expect(status(world)?.state?.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
    expect(pod(world).status.phase).toBe('Running');
    // What a sync finds out is told by the next one.
    world.runUntil(14_400);
    const { uid } = pod(world).metadata;
    const back = world.simulation
      .history('Pod', 'default', 'web')
      .map(({ value }) => (value as Pod | undefined)?.status.containerStatuses?.[0]);
    expect(back.findLast((one) => one?.state?.waiting)).toMatchObject({
      ready: false,
      started: false,
      restartCount: 1,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off 10s restarting failed container=app pod=web_default(${uid})`,
        },
      },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    });
    expect(messages(world, 'BackOff')).toEqual([`Back-off restarting failed container app in pod web_default(${uid})`]);
  });

  it('is forgiven after ten quiet minutes', () => {
    const world = worldOf(
      {},
      { programs: [{ image: 'app:*', pull: 0, startMs: 0, exit: { afterMs: 700_000, code: 1 } }] },
    );
    world.runFor(2_900_000);
    expect(status(world)?.restartCount).toBe(4);
    expect(messages(world, 'BackOff')).toEqual([]);
  });

  it.each([
    ['OnFailure', 0, 'Succeeded', 'Completed'],
    ['Never', 0, 'Succeeded', 'Completed'],
    ['Never', 3, 'Failed', 'Error'],
  ])('with %s and exit code %i makes the Pod %s', (restartPolicy, code, phase, reason) => {
    const world = worldOf({ restartPolicy }, { programs: [{ image: 'app:*', exit: { afterMs: 1000, code } }] });
    world.runFor(10_000);
    expect(pod(world).status.phase).toBe(phase);
    expect(status(world)?.state?.terminated).toMatchObject({ exitCode: code, reason });
    const expected = phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed';
    expect(
      pod(world).status.conditions?.map(({ type, status: value, reason: why }) =>
        `${type} ${value} ${why ?? ''}`.trim(),
      ),
    ).toEqual([
      'PodReadyToStartContainers False',
      phase === 'Succeeded' ? 'Initialized True PodCompleted' : 'Initialized True',
      `Ready False ${expected}`,
      `ContainersReady False ${expected}`,
      'PodScheduled True',
    ]);
  });
});

it('obeys a shell command: the first Pod of many a tutorial', () => {
  const command = ['sh', '-c', 'echo Hello Kubernetes! && sleep 10'];
  const world = worldOf({ containers: [{ name: 'app', image: 'busybox', command }] });
  world.runFor(12_600);
  expect(status(world)?.state?.terminated).toMatchObject({
    reason: 'Completed',
    startedAt: '2026-01-01T00:00:02Z',
    finishedAt: '2026-01-01T00:00:12Z',
  });
});

it('ends a Pod that is active longer than its deadline', () => {
  const world = worldOf({ activeDeadlineSeconds: 20 });
  world.runFor(20_500);
  expect(pod(world).status.phase).toBe('Running');
  world.runFor(1000);
  expect(pod(world).status).toMatchObject({
    phase: 'Failed',
    reason: 'DeadlineExceeded',
    message: 'Pod was active on the node longer than the specified deadline',
  });
  expect(status(world)?.state?.terminated?.exitCode).toBe(143);
});

it('restarts a container whose image was changed in place', () => {
  const world = worldOf({});
  world.runFor(5000);
  const live = pod(world);
  world.client.update({
    ...live,
    spec: { ...live.spec, containers: [{ ...live.spec.containers[0], image: 'app:v2' }] },
  } as Pod);
  world.runFor(10_000);
  expect(messages(world, 'Killing')).toEqual(['Container app definition changed, will be restarted']);
  expect(status(world)).toMatchObject({ restartCount: 1, image: 'docker.io/library/app:v2', ready: true });
});

describe('probes', () => {
  const listen = (afterMs: number) => [{ image: 'app:*', pull: 0, startMs: 0, listen: [{ port: 80, afterMs }] }];

  it('make a Pod ready when the readiness probe succeeds', () => {
    const readinessProbe = { httpGet: { path: '/healthz', port: 80 }, periodSeconds: 2 };
    const world = worldOf({ containers: [{ ...app, readinessProbe }] }, { programs: listen(5000) });
    world.runFor(3000);
    expect(status(world)).toMatchObject({ ready: false, started: true });
    expect(pod(world).status.conditions?.find((one) => one.type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [app]',
    });
    expect(messages(world, 'Unhealthy')).toEqual([
      'Readiness probe failed: Get "http://10.244.0.2:80/healthz": dial tcp 10.244.0.2:80: connect: connection refused',
    ]);
    world.runFor(4000);
    expect(status(world)?.ready).toBe(true);
    expect(timesAfterStart(world, 'probe').at(-1)).toBe(6000);
  });

  it('first come after initialDelaySeconds, then every periodSeconds', () => {
    const readinessProbe = { tcpSocket: { port: 80 }, initialDelaySeconds: 5, periodSeconds: 5 };
    const world = worldOf({ containers: [{ ...app, readinessProbe }] }, { programs: listen(3_600_000) });
    world.runFor(16_000);
    expect(timesAfterStart(world, 'probe')).toEqual([5000, 10_000, 15_000]);
    expect(messages(world, 'Unhealthy')).toEqual([
      'Readiness probe failed: dial tcp 10.244.0.2:80: connect: connection refused',
    ]);
  });

  it('restart a container that fails its liveness probe three times', () => {
    const livenessProbe = { httpGet: { path: '/gone', port: 80 }, periodSeconds: 3 };
    const programs = [
      { image: 'app:*', pull: 0, startMs: 0, listen: [{ port: 80, path: '/' }], sigterm: { exitAfterMs: 500 } },
    ];
    const world = worldOf({ containers: [{ ...app, livenessProbe }] }, { programs });
    world.runFor(9400);
    expect(messages(world, 'Unhealthy')).toEqual(['Liveness probe failed: HTTP probe failed with statuscode: 404']);
    expect(messages(world, 'Killing')).toEqual(['Container app failed liveness probe, will be restarted']);
    expect(status(world)?.restartCount).toBe(0);
    world.runFor(600);
    expect(status(world)).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 143, reason: 'Error' } },
    });
  });

  it('of liveness come to CrashLoopBackOff in the end', () => {
    const livenessProbe = { tcpSocket: { port: 81 }, periodSeconds: 1, failureThreshold: 1 };
    const programs = [{ image: 'app:*', pull: 0, startMs: 0, sigterm: { exitAfterMs: 0 } }];
    const world = worldOf({ containers: [{ ...app, livenessProbe }] }, { programs });
    world.runFor(60_000);
    expect(messages(world, 'BackOff')).not.toEqual([]);
  });

  it('wait for the startup probe', () => {
    const startupProbe = { tcpSocket: { port: 80 }, periodSeconds: 2, failureThreshold: 10 };
    const livenessProbe = { tcpSocket: { port: 80 }, periodSeconds: 1, failureThreshold: 1 };
    const world = worldOf({ containers: [{ ...app, startupProbe, livenessProbe }] }, { programs: listen(7000) });
    world.runFor(7000);
    expect(status(world)).toMatchObject({ started: false, ready: false, restartCount: 0 });
    world.runFor(2000);
    expect(status(world)).toMatchObject({ started: true, ready: true, restartCount: 0 });
    world.runFor(20_000);
    expect(messages(world, 'Killing')).toEqual([]);
  });

  it('take a container that liveness had restarted for started until the startup probe sees it', () => {
    const cat = (path: string) => ({ exec: { command: ['cat', path] } });
    const world = worldOf({
      containers: [
        {
          ...{ name: 'app', image: 'busybox', command: ['sh', '-c', 'sleep 6; touch /tmp/ok; sleep 1000'] },
          startupProbe: { ...cat('/tmp/ok'), periodSeconds: 2, failureThreshold: 10 },
          readinessProbe: { ...cat('/tmp/ok'), periodSeconds: 2, successThreshold: 2 },
          livenessProbe: {
            ...cat('/tmp/gone'),
            periodSeconds: 3,
            failureThreshold: 2,
            terminationGracePeriodSeconds: 2,
          },
        },
      ],
    });
    const seen: string[] = [];
    for (let at = 0; at < 250; at++) {
      world.runFor(100);
      const { restartCount, started, ready, state } = status(world) ?? {};
      const now = `${restartCount}${started ? ' started' : ''}${ready ? ' ready' : ''}`;
      if (state?.running && seen.at(-1) !== now) seen.push(now);
    }
    // As a real one's, of which each change of its status was recorded.
    expect(seen).toEqual(['0', '0 started', '0 started ready', '1 started', '1', '1 started']);
  });

  it('restart a container that never starts up', () => {
    const startupProbe = { exec: { command: ['cat', '/ready'] }, periodSeconds: 1, failureThreshold: 3 };
    const world = worldOf({
      containers: [{ ...app, image: 'busybox', command: ['sleep', '3600'], startupProbe }],
      terminationGracePeriodSeconds: 2,
    });
    world.runFor(8000);
    expect(messages(world, 'Unhealthy')).toEqual([
      "Startup probe failed: cat: can't open '/ready': No such file or directory\n",
    ]);
    expect(messages(world, 'Killing')).toEqual(['Container app failed startup probe, will be restarted']);
    expect(status(world)?.lastState?.terminated?.exitCode).toBe(137);
  });

  it('by command see the files of the container', () => {
    const command = ['sh', '-c', 'touch /tmp/healthy; sleep 30; rm -rf /tmp/healthy; sleep 600'];
    const livenessProbe = { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 5, periodSeconds: 5 };
    const world = worldOf({ containers: [{ name: 'app', image: 'busybox', command, livenessProbe }] });
    world.runFor(32_000);
    expect(messages(world, 'Unhealthy')).toEqual([]);
    world.runFor(13_100);
    expect(messages(world, 'Unhealthy')).toEqual([
      "Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n",
    ]);
    expect(messages(world, 'Killing')).toEqual(['Container app failed liveness probe, will be restarted']);
    world.runFor(31_000);
    expect(status(world)?.restartCount).toBe(1);
  });

  it('over HTTP find what postStart has made', () => {
    const readinessProbe = { httpGet: { port: 80, path: '/demo.html' } };
    const lifecycle = { postStart: { exec: { command: ['touch', '/usr/share/nginx/html/demo.html'] } } };
    const world = worldOf({ containers: [{ name: 'app', image: 'nginx', readinessProbe, lifecycle }] });
    world.runFor(4000);
    expect(status(world)?.ready).toBe(true);
  });

  it('ask another host when told to', () => {
    const livenessProbe = {
      httpGet: { host: 'www.example.com', port: 80, scheme: 'HTTPS', path: '/' },
      failureThreshold: 1,
    };
    const world = worldOf({ containers: [{ name: 'app', image: 'nginx', livenessProbe }] });
    world.runFor(11_000);
    expect(messages(world, 'Unhealthy')).toEqual([
      'Liveness probe failed: Get "https://www.example.com:80/": http: server gave HTTP response to HTTPS client',
    ]);
  });
});
