/**
 * The kubelets' servers as the API server reaches them: through the network, on the node's port 10250. One that does not answer is told
 * apart by how the dial ends: its process is down (refused), its machine (no route), or the way to it (time-out).
 */
import type { KubeletDial } from './api/pod-streams';
import { formatMicroTimestamp, parseTimestamp } from './api/timestamp';
import { type Environment, hasFault } from './client/environment';
import { kubeletServer } from './kubelet/server';
import { machineName, machineOf } from './machine/machine';
import type { Surroundings } from './machine/records';
import { MachineRuntime } from './machine/runtime-service';
import type { MeteredCluster } from './runtime/metrics';
import type { SimulationConfig } from './simulation';

/** How a dial to a kubelet fails; undefined when it answers. */
export function dialFailure(node: string, environment: Environment): string | undefined {
  if (hasFault(environment, 'node-crash', { node })) return 'connect: no route to host';
  if (hasFault(environment, 'node-partition', { node })) return 'i/o timeout';
  if (hasFault(environment, 'component-down', { component: 'kubelet', node })) return 'connect: connection refused';
  return undefined;
}

/** Reaches the kubelets of a cluster. */
export function kubeletServers(config: SimulationConfig, surroundings: Surroundings) {
  const startMs = parseTimestamp(config.startTime);
  return (node: string, cluster: MeteredCluster): KubeletDial => {
    const failure = dialFailure(node, cluster.environment);
    const context = cluster.contextOf(machineName(node));
    if (failure !== undefined || !context) return { failure: failure ?? 'connect: no route to host' };
    return kubeletServer({
      runtime: new MachineRuntime(machineOf(context, node, config.programs, surroundings)),
      nowMs: cluster.nowMs,
      timeOf: (timestamp) => parseTimestamp(timestamp) - startMs,
      nanoTime: (atMs) => `${formatMicroTimestamp(startMs + atMs).slice(0, -1)}000Z`,
    });
  };
}
