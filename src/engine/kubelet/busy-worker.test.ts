import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { Container, CoreEvent, Pod, PodSpec } from '../api/types';

/** A Pod on one node; images `late:*` take 12 s to be pulled, `stubborn:*` end 9 s after SIGTERM, `never:*` answer nobody. */
function worldOf(spec: Partial<PodSpec> & { containers: Container[] }): World {
  return createWorld({
    nodes: 1,
    without: ['default-scheduler'],
    documents: [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', namespace: 'default' },
        spec: { nodeName: 'node-1', ...spec },
      },
    ],
    programs: [
      { image: 'late:*', pull: 12_000 },
      { image: 'never:*', listen: [] },
      { image: 'stubborn:*', listen: [], sigterm: { exitAfterMs: 9000 } },
      { image: 'fail:*', exit: { afterMs: 2000, code: 1 } },
    ],
  });
}

const find = (world: World): Pod | undefined => world.find<Pod>('Pod', 'default', 'web');
const timesOf = (world: World, reason: string): number[] =>
  (world.events() as CoreEvent[])
    .filter((event) => event.reason === reason)
    .map((event) => Date.parse(event.firstTimestamp ?? '') - Date.parse('2026-01-01T00:00:00Z'));

const liveness = { tcpSocket: { port: 80 }, periodSeconds: 2, failureThreshold: 2 };
const late: Container = { name: 'late', image: 'late:1' };

describe('a worker whose sync goes on', () => {
  it('has the probes of app containers begin once all of them are started', () => {
    const world = worldOf({ containers: [{ name: 'app', image: 'never:1', livenessProbe: liveness }, late] });
    world.runFor(12_000);
    expect(timesOf(world, 'Unhealthy')).toEqual([]);
    world.runFor(12_000);
    expect(timesOf(world, 'Killing')[0]).toBeGreaterThan(16_000);
  });

  it('hears of a new image, and tells that all run, when it is over', () => {
    const world = worldOf({ containers: [{ name: 'app', image: 'app:1' }, late] });
    world.runFor(5000);
    const pod = find(world) as Pod;
    const containers = pod.spec.containers.map((one) => (one.name === 'app' ? { ...one, image: 'app:2' } : one));
    world.client.update({ ...pod, spec: { ...pod.spec, containers } });
    world.runFor(7000);
    expect(timesOf(world, 'Killing')).toEqual([]);
    world.runFor(10_000);
    expect(timesOf(world, 'Killing')).toHaveLength(1);
    const told = world.simulation.history('Pod', 'default', 'web').map(({ value }) => value as Pod | undefined);
    const first = told.find((one) => one?.status.phase === 'Running');
    expect(first?.status.containerStatuses?.map(({ ready, restartCount }) => [ready, restartCount])).toEqual([
      [true, 0],
      [true, 0],
    ]);
  });

  it('starts the app containers after one before it sees to what has ended meanwhile', () => {
    const world = worldOf({ containers: [{ name: 'app', image: 'fail:1' }, late, { name: 'last', image: 'late:2' }] });
    world.runFor(40_000);
    const said = world.steps().filter(({ verb }) => verb === 'start');
    expect(said.map(({ message }) => message.split(' ')[1]).slice(0, 4)).toEqual(['app', 'late', 'last', 'app']);
  });

  it('tells at once what a readiness probe finds out of a container that is being stopped', () => {
    const command = ['sh', '-c', "trap '' TERM; touch /tmp/ok; sleep 7; rm /tmp/ok; sleep 1000"];
    const exec = { command: ['cat', '/tmp/ok'] };
    const app: Container = {
      name: 'app',
      image: 'busybox:1',
      command,
      livenessProbe: { exec, periodSeconds: 1, failureThreshold: 1, terminationGracePeriodSeconds: 8 },
      readinessProbe: { exec, periodSeconds: 2, failureThreshold: 2 },
    };
    const world = worldOf({ containers: [app] });
    world.runFor(15_000);
    expect(timesOf(world, 'Killing')[0]).toBeLessThan(12_000);
    const { containerStatuses, conditions } = find(world)?.status ?? {};
    expect(containerStatuses?.[0]).toMatchObject({ ready: false, restartCount: 0, state: { running: {} } });
    expect(conditions?.find(({ type }) => type === 'Ready')?.status).toBe('False');
  });
});
