import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { ContainerStatus, Pod } from '../api/types';

const documents = `
apiVersion: v1
kind: Pod
metadata: {name: whole, namespace: default}
spec:
  terminationGracePeriodSeconds: 8
  initContainers:
  - {name: init, image: "init:1"}
  - {name: side, image: "app:1", restartPolicy: Always, startupProbe: {tcpSocket: {port: 80}, periodSeconds: 1}, ports: [{containerPort: 80}]}
  containers:
  - name: app
    image: app:1
    ports: [{containerPort: 81}]
    readinessProbe: {tcpSocket: {port: 81}, periodSeconds: 1}
    lifecycle: {postStart: {sleep: {seconds: 2}}, preStop: {sleep: {seconds: 3}}}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: default}
spec:
  restartPolicy: Never
  volumes: [{name: shared, emptyDir: {}}]
  containers:
  - {name: writer, image: busybox, volumeMounts: [{name: shared, mountPath: /out}], command: [sh, -c, "sleep 9; echo done > /out/result"]}
  - {name: reader, image: busybox, volumeMounts: [{name: shared, mountPath: /in}], command: [sh, -c, "while [ ! -f /in/result ]; do sleep 1; done; exit 3"]}
---
apiVersion: v1
kind: Pod
metadata: {name: crashing, namespace: default}
spec:
  containers: [{name: app, image: "crash:1"}]
`;
const programs = [
  { image: 'init:*', pull: 1000, startMs: 300, exit: { afterMs: 2000, code: 0 } },
  { image: 'app:*', pull: 1500, startMs: 400, sigterm: { exitAfterMs: 1000, code: 0 } },
  { image: 'crash:*', pull: 100, startMs: 200, exit: { afterMs: 4000, code: 1 } },
];
const later = (atMs: number, method: string, ...args: unknown[]) => ({
  to: 'test-user',
  kind: 'call',
  payload: { method, args },
  atMs,
});

/** A container's state without its times. */
function gist({ name, ready, started, restartCount, state }: ContainerStatus): string {
  const what = state?.running ? 'running' : (state?.terminated?.exitCode ?? state?.waiting?.reason);
  return `${name} ${what} x${restartCount}${ready ? ' ready' : ''}${started ? ' started' : ''}`;
}

function outcome(world: World): string[] {
  return world.list<Pod>('Pod').flatMap(({ metadata, status }) => {
    if (metadata.name === 'crashing') return [];
    const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
    const ready = status.conditions?.find(({ type }) => type === 'Ready')?.status;
    return [`${metadata.name} ${status.phase} Ready=${ready}: ${statuses.map(gist).join(', ')}`];
  });
}

/** Addresses of Pods that are neither over nor without one. */
function addresses(world: World): string[] {
  return world
    .list<Pod>('Pod')
    .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
    .flatMap(({ status }) => status.podIP ?? []);
}

/** Runs the Pods; at one moment the kubelet is stopped for a while. */
function run(stoppedAtMs: number | undefined, forMs: number): World {
  const fault = { type: 'component-down', component: 'kubelet', node: 'node-1', forMs };
  const inputs = [
    ...(stoppedAtMs === undefined ? [] : [{ to: 'fault', kind: 'fault', payload: fault, atMs: stoppedAtMs }]),
    later(0, 'bind', 'default', 'whole', 'node-1'),
    later(0, 'bind', 'default', 'job', 'node-1'),
    later(0, 'bind', 'default', 'crashing', 'node-1'),
  ];
  return createWorld({ nodes: 1, documents, programs, inputs, without: ['default-scheduler'] });
}

const moments = Array.from({ length: 60 }, (_, index) => index * 400 + 7);

describe('a kubelet that is stopped at any moment and started again', () => {
  const undisturbed = run(undefined, 0);
  undisturbed.runUntil(60_000);

  it('has something to find', () => {
    expect(outcome(undisturbed)).toEqual([
      'job Failed Ready=False: reader 3 x0, writer 0 x0',
      'whole Running Ready=True: init 0 x0 ready, side running x0 ready started, app running x0 ready started',
    ]);
  });

  it.each([200, 7000])('after %i ms it comes to the same', (forMs) => {
    for (const atMs of moments) {
      const world = run(atMs, forMs);
      for (let now = atMs; now <= atMs + forMs + 6000; now += 1000) {
        world.runUntil(now);
        expect(new Set(addresses(world)).size, `addresses, kubelet stopped at ${atMs}, seen at ${now}`).toBe(
          addresses(world).length,
        );
      }
      world.runUntil(60_000);
      expect(outcome(world), `kubelet stopped at ${atMs}`).toEqual(outcome(undisturbed));
    }
  });

  it('removes a Pod that was deleted, before, meanwhile or afterwards', () => {
    for (const atMs of moments) {
      const world = run(atMs, 3000);
      world.runUntil(12_000);
      world.client.delete('Pod', 'default', 'whole');
      world.runUntil(60_000);
      expect(world.find('Pod', 'default', 'whole'), `kubelet stopped at ${atMs}`).toBeUndefined();
    }
  });
});

describe('what runs on a machine', () => {
  const reader = (world: World) => world.get<Pod>('Pod', 'default', 'job').status.containerStatuses?.[0];

  it('ends on time while no kubelet looks', () => {
    const world = run(8000, 30_000);
    world.runUntil(60_000);
    const undisturbed = run(undefined, 0);
    undisturbed.runUntil(60_000);
    expect(reader(world)?.state?.terminated).toEqual({
      ...reader(undisturbed)?.state?.terminated,
      containerID: reader(world)?.state?.terminated?.containerID,
    });
  });

  it('is ended when its Pod has gone in the meantime', () => {
    const world = run(8000, 10_000);
    world.runUntil(9000);
    world.client.delete('Pod', 'default', 'whole', { gracePeriodSeconds: 0 });
    world.runUntil(30_000);
    const ends = world.steps().filter(({ verb, object }) => verb === 'end' && object?.name === 'whole');
    expect(ends.map(({ actor, time, message }) => `${actor} ${time} ${message}`)).toEqual([
      expect.stringMatching(/^kubelet\/node-1 3\d+ Container init/),
      // With a second to live, a sidecar does not wait for the others.
      expect.stringMatching(/^kubelet\/node-1 22000 Container side of Pod whole ended with exit code 0/),
      expect.stringMatching(/^kubelet\/node-1 22000 Container app of Pod whole ended with exit code 0/),
    ]);
  });
});

it('a container that has started up is ready with the next sync only, about half a second later', () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: {name: slow, namespace: default}
spec:
  containers: [{name: app, image: "app:1", ports: [{containerPort: 80}], startupProbe: {tcpSocket: {port: 80}, periodSeconds: 1}}]
`;
  const world = createWorld({ nodes: 1, documents: pod, programs: programs as never });
  const seen: string[] = [];
  for (let ms = 0; ms <= 6000; ms += 50) {
    world.runUntil(ms);
    const [status] = world.get<Pod>('Pod', 'default', 'slow').status.containerStatuses ?? [];
    const now = status ? gist(status) : 'nothing';
    if (!seen.at(-1)?.endsWith(now)) seen.push(`${ms} ${now}`);
  }
  expect(seen).toEqual([
    '0 nothing',
    '50 app ContainerCreating x0',
    '1950 app running x0',
    '2050 app running x0 started',
    '2550 app running x0 ready started',
  ]);
});
