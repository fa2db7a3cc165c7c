/** Host ports are given out once per node, address and protocol. Follows plugins/nodeports/node_ports.go. */
import type { Pod } from '../../api/types';
import { definePlugin, type HostPort, portConflicts, SKIP, unschedulable } from '../framework';

const REJECTION = unschedulable("node(s) didn't have free ports for the requested pod ports");

function clashes(one: HostPort, other: HostPort): boolean {
  return one.port === other.port && (one.ip === other.ip || one.ip === '0.0.0.0' || other.ip === '0.0.0.0');
}

/** See the header. */
export const nodePorts = definePlugin({
  name: 'NodePorts',
  preFilter: (pod) => (pod.hostPorts.length === 0 ? { status: SKIP } : {}),
  filter: (pod, node) => (pod.hostPorts.some((port) => portConflicts(node, port)) ? REJECTION : undefined),
  events: {
    AssignedPodDelete: (pod, before, _after, handle) => {
      const freed = handle.podInfo(before as Pod).hostPorts;
      return pod.hostPorts.some((wanted) => freed.some((port) => clashes(wanted, port)));
    },
    NodeAdd: true,
  },
});
