/** Probes whose answers take their time: they count when they come, and meanwhile none is sent. */
import { expect, it } from 'vitest';
import { createWorld, type World } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { Container, CoreEvent, Pod } from '../api/types';

const PROGRAMS = [{ image: 'late:*', listen: [{ port: 80, latencyMs: 3000 }] }];
const STARTED_MS = 2510;

function start(container: Partial<Container>): World {
  const spec = { nodeName: 'node-1', containers: [{ name: 'c', image: 'late:1', ...container }] };
  const metadata = { name: 'a', namespace: 'default' };
  const document: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
  return createWorld({ nodes: 1, documents: [document], without: ['default-scheduler'], programs: PROGRAMS });
}

const shell = (script: string): Partial<Container> => ({ image: 'busybox', command: ['sh', '-c', script] });
const isReady = (world: World) => world.get<Pod>('Pod', 'default', 'a').status.containerStatuses?.[0]?.ready;
const unhealthy = (world: World) =>
  (world.events() as CoreEvent[])
    .filter(({ reason }) => reason === 'Unhealthy')
    .map(({ message, count }) => `x${count} ${message}`);
/** When probes of the container were answered, counted from its start. */
const answersMs = (world: World) =>
  world.steps().flatMap(({ verb, time }) => (verb === 'probe' ? [time - STARTED_MS] : []));

it.each([
  [
    'a command',
    { ...shell('sleep 1000'), readinessProbe: { exec: { command: ['sleep', '6'] }, timeoutSeconds: 8 } },
    6000,
  ],
  ['a request', { readinessProbe: { httpGet: { port: 80 }, timeoutSeconds: 4 } }, 3000],
])('%s makes a container ready when it is done', (_name, container, tookMs) => {
  const world = start(container);
  world.runUntil(STARTED_MS + tookMs - 1);
  expect(isReady(world)).toBe(false);
  world.runUntil(STARTED_MS + tookMs + 1);
  expect(isReady(world)).toBe(true);
});

it('what takes too long has failed when its time is over', () => {
  const world = start({ readinessProbe: { httpGet: { port: 80 }, timeoutSeconds: 2, periodSeconds: 5 } });
  world.runUntil(STARTED_MS + 13_000);
  expect(answersMs(world)).toEqual([2000, 7000, 12_000]);
  expect(unhealthy(world)).toEqual([
    expect.stringMatching(/^x3 Readiness probe failed: Get .* context deadline exceeded/),
  ]);
});

it('a tick that comes meanwhile is made up for at once, further ones are not', () => {
  const exec = { command: ['sh', '-c', 'sleep 5; exit 1'] };
  const world = start({ ...shell('sleep 1000'), readinessProbe: { exec, timeoutSeconds: 9, periodSeconds: 2 } });
  world.runUntil(STARTED_MS + 21_000);
  expect(answersMs(world)).toEqual([5000, 10_000, 15_000, 20_000]);
});

it('a command that is still running when its Pod is to end is broken off', () => {
  const exec = { command: ['sleep', '6'] };
  const world = start({ ...shell('trap "" TERM; sleep 1000'), readinessProbe: { exec, timeoutSeconds: 8 } });
  world.runUntil(STARTED_MS + 4000);
  world.client.delete('Pod', 'default', 'a');
  world.runUntil(STARTED_MS + 7000);
  expect(isReady(world)).toBe(false);
  expect(unhealthy(world)).toEqual([expect.stringContaining('errored and resulted in unknown state')]);
});
