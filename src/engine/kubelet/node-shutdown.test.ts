import { describe, expect, it } from 'vitest';
import { createWorld, type World, type WorldOptions } from '../../testing/world';
import type { KubeObject } from '../api/meta';
import type { CoreEvent, Node, Pod } from '../api/types';
import { groupIndex, shutdownPeriods } from './node-shutdown';

const programs = [{ image: '*', pull: 0, startMs: 100, sigterm: { exitAfterMs: 4000, code: 0 } }];
const flags = { kubelet: { 'shutdown-grace-period': '30s', 'shutdown-grace-period-critical-pods': '10s' } };

const podOf = (name: string, priorityClassName?: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    nodeName: 'node-1',
    containers: [{ name: 'app', image: 'app:v1' }],
    ...(priorityClassName ? { priorityClassName } : {}),
  },
});

function worldOf(fault: object, options: WorldOptions = {}): World {
  const inputs = [
    { to: 'fault', kind: 'fault', payload: { type: 'node-shutdown', node: 'node-1', ...fault }, atMs: 10_000 },
  ];
  const documents = [podOf('plain'), podOf('critical', 'system-node-critical')];
  return createWorld({ nodes: 1, documents, programs, inputs, without: ['default-scheduler'], ...options });
}

const pod = (world: World, name: string): Pod => world.get<Pod>('Pod', 'default', name);
const ready = (world: World) =>
  world.get<Node>('Node', undefined, 'node-1').status.conditions?.find(({ type }) => type === 'Ready');
const isOff = (world: World): boolean => world.steps().some(({ message }) => message === 'Node node-1 is off');

describe('a node that is told to shut down', () => {
  it('ends plain Pods, then critical ones, says so, and goes off', () => {
    const world = worldOf({}, { flags });
    world.runFor(12_000);
    expect(ready(world)).toMatchObject({
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'node is shutting down',
    });
    expect((world.events() as CoreEvent[]).find(({ reason }) => reason === 'NodeShutdown')?.message).toBe(
      'Shutdown manager detected shutdown event',
    );
    const told = (world.events() as CoreEvent[]).filter(({ source }) => source?.component === 'kubelet');
    expect(told.find(({ reason }) => reason === 'NodeNotReady')).toMatchObject({
      type: 'Normal',
      message: 'Node node-1 status is now: NodeNotReady',
    });
    world.runFor(3000);
    const { status } = pod(world, 'plain');
    const message = 'Pod was terminated in response to imminent node shutdown.';
    expect(status).toMatchObject({ phase: 'Failed', reason: 'Terminated', message });
    expect(status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'TerminationByKubelet',
      message,
    });
    expect(pod(world, 'critical').status.phase).toBe('Running');
    expect(isOff(world)).toBe(false);
    world.runFor(5000);
    expect(pod(world, 'critical').status).toMatchObject({ phase: 'Failed', reason: 'Terminated' });
    expect(isOff(world)).toBe(true);
  });

  it('turns Pods away', () => {
    const world = worldOf({}, { flags });
    world.runFor(11_000);
    world.client.create(podOf('late'));
    world.runFor(1000);
    expect(pod(world, 'late').status).toMatchObject({
      phase: 'Failed',
      reason: 'NodeShutdown',
      message: 'Pod was rejected: Pod was rejected as the node is shutting down.',
    });
  });

  it('goes off at once without a period, and is there again when it is booted', () => {
    const world = worldOf({ forMs: 20_000 });
    world.runFor(10_100);
    expect(isOff(world)).toBe(true);
    expect(pod(world, 'plain').status.phase).toBe('Running');
    world.runFor(40_000);
    expect(ready(world)?.status).toBe('True');
    expect(pod(world, 'plain').status.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('waits no longer than the period', () => {
    const deaf = [{ image: '*', pull: 0, startMs: 100, sigterm: 'ignore' as const }];
    const short = { kubelet: { 'shutdown-grace-period': '6s', 'shutdown-grace-period-critical-pods': '2s' } };
    const world = worldOf({}, { flags: short, programs: deaf });
    world.runFor(18_000);
    expect(isOff(world)).toBe(true);
  });
});

it.each([
  [{}, []],
  [{ 'shutdown-grace-period': '30s' }, ['0=30', '2000000000=0']],
  [{ 'shutdown-grace-period': '30s', 'shutdown-grace-period-critical-pods': '10s' }, ['0=20', '2000000000=10']],
  [{ 'shutdown-grace-period': '5s', 'shutdown-grace-period-critical-pods': '10s' }, []],
  [{ 'shutdown-grace-period-by-pod-priority': '1000=5, 0=20' }, ['0=20', '1000=5']],
])('periods of %j', (given, expected) => {
  const periods = shutdownPeriods((name) => (given as Record<string, string>)[name]);
  expect(periods.map(({ priority, seconds }) => `${priority}=${seconds}`)).toEqual(expected);
});

it.each([
  [-5, 0],
  [0, 0],
  [999, 0],
  [1000, 1],
  [5000, 1],
])('priority %i falls into group %i of 0 and 1000', (priority, index) => {
  const periods = [
    { priority: 0, seconds: 1 },
    { priority: 1000, seconds: 1 },
  ];
  expect(groupIndex(periods, priority)).toBe(index);
});
