/** Host ports are given out once per node, address and protocol. Follows plugins/nodeports/node_ports.go. */
import type { Container, Pod } from '../../api/types';
import { definePlugin, type PodInfo, portConflicts, SKIP, unschedulable } from '../framework';

const REJECTION = unschedulable("node(s) didn't have free ports for the requested pod ports");

function holds(container: Container, wanted: { readonly ip: string; readonly port: string }): boolean {
  return (container.ports ?? []).some((port) => {
    if (!port.hostPort || `${port.protocol || 'TCP'}/${port.hostPort}` !== wanted.port) return false;
    const ip = port.hostIP || '0.0.0.0';
    return ip === wanted.ip || ip === '0.0.0.0' || wanted.ip === '0.0.0.0';
  });
}

/** Whether a Pod that is going holds a port another one waits for. */
function frees(pod: PodInfo, gone: Pod): boolean {
  const containers = [...gone.spec.containers, ...(gone.spec.initContainers ?? [])];
  return pod.hostPorts.some((wanted) => containers.some((container) => holds(container, wanted)));
}

/** See the header. */
export const nodePorts = definePlugin({
  name: 'NodePorts',
  preFilter: (pod) => (pod.hostPorts.length === 0 ? { status: SKIP } : {}),
  filter: (pod, node) => (pod.hostPorts.some((port) => portConflicts(node, port)) ? REJECTION : undefined),
  events: {
    AssignedPodDelete: (pod, before) => frees(pod, before as Pod),
    NodeAdd: true,
  },
});
