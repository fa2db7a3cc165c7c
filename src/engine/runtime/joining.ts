/**
 * Machines that somebody adds while a cluster runs. The parts of a cluster are fixed when it is composed, so it goes on in another composition,
 * in which the new machine and its agents stand behind all others: whatever was saved before is theirs in the same order.
 */
import type { Node } from '../api/types';
import type { Environment } from '../client/environment';
import type { Input, NodeConfig } from '../simulation';
import type { RunnerState } from './checkpoint';
import type { Cluster, ClusterSetup } from './cluster';
import { isDown, isOutOfReach } from './reach';
import type { Runner } from './runner';
import type { Saved } from './snapshot';
import { START } from './watch-stream';

/** The kind of the timer of the act. */
export const JOIN = 'input/join';

/**
 * The composition with the machine of an act, which was done in a step, and the timers set that start its agents; undefined where there is one
 * of that name. Blocks that Nodes have are left to them.
 */
export function joined(
  before: ClusterSetup,
  cluster: Cluster,
  { payload }: Input,
  step: number,
): ClusterSetup | undefined {
  const machine = payload as NodeConfig;
  if (before.components.some(({ process, node }) => process === 'machine' && node === machine.name)) return undefined;
  const { store, timers, nowMs } = cluster;
  const setup = before.withNode({ ...machine, joinsAtMs: nowMs }, store.list('Node') as unknown as readonly Node[]);
  for (const { name, start, node } of setup.components)
    if (start && node === machine.name) timers.add(nowMs, name, START, '', step);
  return setup;
}

/** Brings back how components stood; those that came later begin, as the faults that hold let them. */
export function restoreRunners(
  runners: Iterable<Runner>,
  saved: readonly Saved<RunnerState>[],
  environment: Environment,
): void {
  let index = 0;
  for (const runner of runners) {
    const state = saved[index++];
    if (state) runner.restore(state);
    else {
      runner.stopped = isDown(environment, runner.component);
      runner.held = isOutOfReach(environment, runner.component);
    }
  }
}
