/** What the scenarios about nodes that go, come back and are drained promise. */
import { expect, test } from 'vitest';
import { isPodReady } from '../../engine/api/conditions';
import type { Node, Pod } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import type { CommandRecord } from '../../kubectl/user';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

async function begin(name: string): Promise<Simulation> {
  return startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
}

const listed = <T>(simulation: Simulation, kind: string) =>
  simulation.objectsAt(simulation.step, kind) as unknown as T[];
const pods = (simulation: Simulation): Pod[] => listed<Pod>(simulation, 'Pod');
const commands = (simulation: Simulation): CommandRecord[] =>
  Array.from({ length: simulation.step }, (_, at) => simulation.detailAt(at + 1) as CommandRecord | undefined).filter(
    (detail): detail is CommandRecord => detail?.type === 'command',
  );

function readyOf(simulation: Simulation, node: string): string | undefined {
  const found = listed<Node>(simulation, 'Node').find(({ metadata }) => metadata.name === node);
  return found?.status.conditions?.find(({ type }) => type === 'Ready')?.status;
}

test('a node that is cut off is Unknown after 50 s, its Pod is replaced when its toleration ends, and ends when the node is back', async () => {
  const simulation = await begin('cut-off-and-back');
  simulation.run({ timeMs: 65_000 });
  expect(readyOf(simulation, 'node-1')).toBe('True');
  simulation.run({ timeMs: 75_000 });
  expect(readyOf(simulation, 'node-1')).toBe('Unknown');
  const [node] = listed<Node>(simulation, 'Node').filter(({ metadata }) => metadata.name === 'node-1');
  expect(node?.spec.taints?.map(({ key, effect }) => `${key}:${effect}`).sort()).toEqual([
    'node.kubernetes.io/unreachable:NoExecute',
    'node.kubernetes.io/unreachable:NoSchedule',
  ]);
  const lost = pods(simulation).find(({ spec }) => spec.nodeName === 'node-1') as Pod;
  expect(isPodReady(lost)).toBe(false);
  expect(lost.metadata.deletionTimestamp).toBeUndefined();
  simulation.run({ timeMs: 125_000 });
  expect(pods(simulation)).toHaveLength(3);
  const still = pods(simulation).find(({ metadata }) => metadata.uid === lost.metadata.uid);
  expect(still?.metadata.deletionTimestamp).toBeDefined();
  expect(still?.status.containerStatuses?.[0]?.state).toHaveProperty('running');
  simulation.run({ timeMs: 170_000 });
  expect(pods(simulation).map(({ spec }) => spec.nodeName)).toEqual(['node-2', 'node-2']);
  expect(readyOf(simulation, 'node-1')).toBe('True');
});

test('without a budget a drain leaves nobody ready; under one that has no room it never ends', async () => {
  const without = await begin('drain-without-budget');
  without.run({ timeMs: 23_500 });
  expect(pods(without).filter((pod) => isPodReady(pod) && !pod.metadata.deletionTimestamp)).toEqual([]);
  const stuck = await begin('drain-deadlock');
  stuck.run({ timeMs: 90_000 });
  const drains = commands(stuck).filter(({ command }) => command.startsWith('drain'));
  expect(drains.map(({ code }) => code)).toEqual([1, 0]);
  expect(drains[0]?.stderr).toContain('global timeout reached: 25s');
});

test('a mirror that is deleted is there again, its container is the same, and a drain leaves it', async () => {
  const simulation = await begin('static-pods');
  simulation.run({ timeMs: 9000 });
  const before = pods(simulation)[0];
  simulation.run({ timeMs: 40_000 });
  const after = pods(simulation)[0];
  expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
  expect(after?.status.containerStatuses?.[0]?.containerID).toBe(before?.status.containerStatuses?.[0]?.containerID);
  expect(commands(simulation).at(-1)).toMatchObject({ stdout: 'node/node-1 cordoned\nnode/node-1 drained\n', code: 0 });
});

test('a resize is done at once, waits for room, or is refused', async () => {
  const simulation = await begin('resized-in-place');
  const cpu = () => pods(simulation).find(({ metadata }) => metadata.name === 'shop')?.status.allocatedResources?.cpu;
  simulation.run({ timeMs: 10_000 });
  expect(cpu()).toBe('800m');
  simulation.run({ timeMs: 24_000 });
  expect(cpu()).toBe('800m');
  simulation.run({ timeMs: 45_000 });
  expect(cpu()).toBe('1500m');
  expect(commands(simulation).at(-1)?.stderr).toContain("node didn't have enough allocatable resources");
  expect(pods(simulation)[0]?.status.containerStatuses?.[0]?.restartCount).toBe(0);
});
