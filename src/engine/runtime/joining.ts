/**
 * Machines that somebody adds while a cluster runs. The parts of a cluster are fixed when it is composed, so it goes on in another composition,
 * in which the new machine and its agents stand behind all others: whatever was saved before is theirs in the same order.
 */
import type { Node } from '../api/types';
import type { Environment } from '../client/environment';
import { machineName } from '../machine/machine';
import type { NodeConfig } from '../simulation';
import type { RunnerState } from './checkpoint';
import type { Cluster, ClusterSetup } from './cluster';
import { isDown, isOutOfReach } from './reach';
import type { Runner } from './runner';
import type { Saved } from './snapshot';
import { START } from './watch-stream';

/** The kind of the timer of the act. */
export const JOIN = 'input/join';

/** The composition with one machine more; undefined where there is one of that name. Blocks that Nodes have are left to them. */
export function joined(setup: ClusterSetup, cluster: Cluster, node: NodeConfig): ClusterSetup | undefined {
  if (cluster.contextOf(machineName(node.name))) return undefined;
  const nodes = cluster.store.list('Node') as unknown as readonly Node[];
  return setup.withNode({ ...node, joinsAtMs: cluster.nowMs }, nodes);
}

/** Sets the timers that start the agents of a new machine. */
export function startAgents(
  { components }: ClusterSetup,
  { timers, nowMs }: Cluster,
  node: string,
  cause: number,
): void {
  for (const { name, start, node: at } of components) {
    if (start && at === node) timers.add(nowMs, name, START, '', cause);
  }
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
