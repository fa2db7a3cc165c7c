/** Keeps Pods off cordoned nodes, unless they tolerate it. Follows plugins/nodeunschedulable/node_unschedulable.go. */
import { tolerationsTolerateTaint } from '../../api/taint';
import type { Node, Taint } from '../../api/types';
import { definePlugin, type PodInfo, unresolvable } from '../framework';

const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

const REJECTION = unresolvable('node(s) were unschedulable');

function admits(pod: PodInfo, node: Node): boolean {
  return node.spec?.unschedulable !== true || tolerationsTolerateTaint(pod.pod.spec.tolerations, UNSCHEDULABLE);
}

/** See the header. */
export const nodeUnschedulable = definePlugin({
  name: 'NodeUnschedulable',
  filter: (pod, node) => (admits(pod, node.node) ? undefined : REJECTION),
  events: {
    NodeAdd: (pod, _before, after) => admits(pod, after as Node),
    NodeUpdateTaint: (pod, before, after) => admits(pod, after as Node) && !admits(pod, before as Node),
    TargetPodUpdateToleration: (pod) => tolerationsTolerateTaint(pod.pod.spec.tolerations, UNSCHEDULABLE),
  },
});
