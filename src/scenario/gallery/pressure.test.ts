/** What the scenarios about memory and disk promise, and the acceptance list with them. */
import { expect, test } from 'vitest';
import type { CoreEvent, Node, Pod } from '../../engine/api/types';
import type { Simulation } from '../../engine/simulation';
import { startText } from '../../testing/swarm';
import { GALLERY } from '.';

async function runTo(name: string, timeMs: number): Promise<Simulation> {
  const simulation = startText((await GALLERY.find((entry) => entry.name === name)?.load()) ?? '');
  simulation.run({ timeMs });
  return simulation;
}

const listed = <T>(simulation: Simulation, kind: string) =>
  simulation.objectsAt(simulation.step, kind) as unknown as T[];
const podOf = (simulation: Simulation, name: string): Pod | undefined =>
  listed<Pod>(simulation, 'Pod').find(({ metadata }) => metadata.name === name);
const evictions = (simulation: Simulation): string[] =>
  simulation
    .trace(1, simulation.step)
    .flatMap(({ verb, object, time }) => (verb === 'evict' ? [`${time / 1000} ${object?.name}`] : []));
const eventsOf = (simulation: Simulation, reason: string): string[] =>
  listed<CoreEvent>(simulation, 'Event').flatMap((event) => (event.reason === reason ? [event.message ?? ''] : []));
/** When a condition of the node came and went, by the clock of its stored versions. */
function condition(simulation: Simulation, type: string): string[] {
  const stored = simulation.history('Node', undefined, 'node-1').flatMap(({ value }) => {
    const found = (value as unknown as Node | undefined)?.status.conditions?.find((one) => one.type === type);
    return found ? [`${found.status} ${found.lastTransitionTime?.slice(14, 19)}`] : [];
  });
  return stored.filter((line, index) => line !== stored[index - 1]);
}

test('over its limit a container is killed after 5 s in any class; on a full node the one with the highest score', async () => {
  const simulation = await runTo('over-the-limit', 60_000);
  const ended = simulation.trace(1, simulation.step).filter(({ verb }) => verb === 'oom-kill');
  expect(ended[0]?.message).toBe('The kernel kills container leak of Pod leak: its memory limit of 100Mi is used up');
  const first = podOf(simulation, 'leak')?.status.containerStatuses?.[0];
  expect(podOf(simulation, 'leak')?.status.qosClass).toBe('Guaranteed');
  const end = first?.lastState?.terminated ?? first?.state?.terminated;
  expect(end).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  expect(Date.parse(end?.finishedAt ?? '') - Date.parse(end?.startedAt ?? '')).toBe(5000);
  expect(podOf(simulation, 'hog')?.status.containerStatuses?.[0]?.state?.terminated?.reason).toBe('OOMKilled');
  expect(podOf(simulation, 'steady')?.status.containerStatuses?.[0]?.restartCount).toBe(0);
  expect(eventsOf(simulation, 'SystemOOM').join()).toMatch(/^System OOM encountered, victim process: hog, pid: \d+$/);
  const kill = ended.find(({ object }) => object?.name === 'hog');
  expect(simulation.detailAt(kill?.step ?? 0)).toMatchObject({
    killed: [
      { pod: 'hog', oomScoreAdj: 1000 },
      { pod: 'steady', oomScoreAdj: 750 },
    ],
  });
});

test('memory: who uses more than it asks for goes first, one at a time, and the condition stays for five minutes', async () => {
  const short = await runTo('memory-runs-short', 60_000);
  expect(evictions(short)).toEqual(['30 best-effort', '32 over', '34 within']);
  const evicted = podOf(short, 'best-effort');
  expect(evicted?.status).toMatchObject({
    phase: 'Failed',
    reason: 'Evicted',
    message:
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi. Container best-effort was using 120Mi, request is 0, has larger consumption of memory. ',
  });
  expect(evicted?.status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
    status: 'True',
    reason: 'TerminationByKubelet',
  });
  for (const name of ['guaranteed', 'critical']) expect(podOf(short, name)?.status.phase).toBe('Running');
  expect(eventsOf(short, 'EvictionThresholdMet')).toEqual(['Attempting to reclaim memory']);
  expect(eventsOf(short, 'Evicted')).toHaveLength(3);
  const [node] = listed<Node>(short, 'Node');
  expect(node?.spec.taints?.map(({ key, effect }) => `${key} ${effect}`)).toEqual([
    'node.kubernetes.io/memory-pressure NoSchedule',
  ]);
  expect(podOf(short, 'late')?.spec.nodeName).toBeUndefined();
  const over = await runTo('memory-runs-short', 420_000);
  expect(condition(over, 'MemoryPressure')).toEqual(['False 00:00', 'True 00:30', 'False 05:40']);
  expect(podOf(over, 'late')?.status.phase).toBe('Running');
});

test('a full disk loses an unused image first, then Pods by what they wrote beyond what they asked for', async () => {
  const collected = await runTo('full-disk', 660_000);
  const images = (simulation: Simulation): string[] =>
    (listed<Node>(simulation, 'Node')[0]?.status.images ?? []).flatMap(({ names = [] }) => names.slice(1));
  expect(images(await runTo('full-disk', 599_000)).join()).toContain('import:1');
  expect(images(collected).join()).not.toContain('import:1');
  expect(evictions(collected)).toEqual([]);
  const full = await runTo('full-disk', 720_000);
  expect(evictions(full)).toEqual(['670 scribbler', '672 journal']);
  expect(podOf(full, 'journal')?.status.message).toContain(
    'Container journal was using 2Gi, request is 1Gi, has larger consumption of ephemeral-storage. ',
  );
  expect(podOf(full, 'ledger')?.status.phase).toBe('Running');
  const over = await runTo('full-disk', 1_020_000);
  expect(condition(over, 'DiskPressure')).toEqual(['False 00:00', 'True 11:10', 'False 16:20']);
  expect(podOf(over, 'late')?.status.phase).toBe('Running');
});
