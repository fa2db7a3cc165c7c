import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Simulation } from '../engine/simulation';
import { runSwarm, runToRest, startText } from './swarm';
import { type Size, sizeOf } from './swarm-cast';
import { HAPPENINGS_WANTED, happeningsIn } from './swarm-happenings';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

/** Seeds that always run whole; others as `npm run swarm` runs them with `SWARM_SEEDS=1-500`. */
const WHOLE: readonly number[] = [
  ...Array.from({ length: 8 }, (_, index) => index + 1),
  // What once went wrong: Jobs that never end, quotas that refuse for ever, volumes that never go, a partition that keeps a bad image,
  // a volume on a node that somebody deleted, a Pod of a Job that succeeds while it is deleted, a Pod found beside static ones, a resize that
  // waits while its node crashes, a StatefulSet that was refused too often to look again soon, a kubelet that asks
  // after a partition for a Pod that is gone, addresses of a Service that was forgotten. And
  // what a checker took for a mistake: Pods that nobody owned are adopted beside those of a version that was asked for before, and after an
  // outage a node tells of its Pods one by one.
  ...[
    35, 39, 40, 78, 108, 116, 235, 237, 1031, 1053, 9022, 20061, 50053, 60135, 700007, 700111, 770142, 5_001_810,
    11_001_420,
  ],
];

/**
 * Seeds that always run small: two, then what checkers once took for mistakes. An autoscaler goes back to what somebody took from its workload;
 * Pods that are done are resized, or get another container; who asks for nothing is being started again while another is evicted; a DaemonSet's
 * controller doesn't know of a node's taint yet; a status of a ReplicaSet is written to the next of that name; a Job that is being deleted lets
 * a Pod go that has just succeeded; a volume that a person took from its claim goes to another; a Pod is looked at with an image that never comes;
 * a node that is cut off says later whom it has evicted; a budget's controller has not reached the API server again, or isn't told that a Pod has
 * left the budget by another label, or belonged to two; a Job has what its successPolicy wants; of two Pods the one is evicted whose containers have not started; a
 * container that ended with its machine is said to have ended when that came up again; a node that crashed before it could say whom it has evicted
 * begins that Pod anew; Pods are sent to a full node while one that was removed by force still runs there; a Pod has ended whose node can't say so yet; a StatefulSet's Pod is
 * updated in the very moment in which it is no longer wanted; a
 * Deployment stands as a real one does whose ReplicaSet notes another number than it has. And what was wrong: requests of an Ingress got past a
 * NetworkPolicy, an evicted Pod without its label stayed a StatefulSet's.
 */
const SMALL: readonly number[] = [
  1, 12, 3_000_047, 3_000_071, 3_001_008, 3_001_260, 3_001_391, 3_001_404, 3_001_801, 3_001_863, 3_011_966, 4_000_227,
  4_002_320, 4_005_269, 5_003_051, 6_000_304, 10_000_107, 11_001_332, 13_004_702, 13_008_114, 13_009_956, 14_004_057,
  16_004_080,
];

type Run = readonly [seed: number, size: Size];
const run =
  (size: Size) =>
  (seed: number): Run => [seed, size];

function seedsOf(range: string | undefined): readonly Run[] {
  if (!range) return [...WHOLE.map(run('whole')), ...SMALL.map(run('small'))];
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => [first + index, sizeOf(first + index)]);
}

/** Everything that is recorded of a run. */
function recordOf(simulation: Simulation): unknown[] {
  const steps = simulation.trace(1, simulation.step).map((step) => [step, simulation.detailAt(step.step)]);
  return [...steps, ...simulation.changes(0, simulation.revision).map(({ atMs, key, value }) => [atMs, key, value])];
}

describe('swarm', () => {
  const seen = new Set<string>();

  it.each(seedsOf(process.env.SWARM_SEEDS))('seed %i, %s', (seed, size) => {
    const { text, simulation, complaints } = runSwarm(seed, size);
    for (const name of happeningsIn(simulation.changes(0, simulation.revision))) seen.add(name);
    if (complaints.length === 0) return;
    const file = join(tmpdir(), `kubestep-swarm-${seed}.yaml`);
    writeFileSync(file, text);
    const shown = complaints.slice(0, 12).join('\n  ');
    expect.fail(
      `${complaints.length} complaints:\n  ${shown}\nRun again: kubestep run ${file} --seed ${seed} -o trace`,
    );
  });

  it.each([
    [8, 'whole'],
    [12, 'small'],
  ] as const)('the text of seed %i, %s, makes the run that was drawn', (seed, size) => {
    const { text, simulation } = runSwarm(seed, size);
    const again = startText(text);
    runToRest(again);
    expect(recordOf(again)).toEqual(recordOf(simulation));
  });

  it.skipIf(process.env.SWARM_SEEDS)('sees all that it is there for', () => {
    expect(HAPPENINGS_WANTED.filter((name) => !seen.has(name))).toEqual([]);
  });
});
