/** Keeps Pods off cordoned nodes, unless they tolerate it. Follows plugins/nodeunschedulable/node_unschedulable.go. */
import { tolerationsTolerateTaint } from '../../api/taint';
import type { Node, Taint } from '../../api/types';
import { definePlugin, type PodInfo, unresolvable } from '../framework';

const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

const REJECTION = unresolvable('node(s) were unschedulable');

const isCordoned = (node: Node): boolean => node.spec?.unschedulable === true;

function admits(pod: PodInfo, node: Node): boolean {
  return !isCordoned(node) || tolerationsTolerateTaint(pod.spec.tolerations, UNSCHEDULABLE);
}

/** See the header. */
export const nodeUnschedulable = definePlugin({
  name: 'NodeUnschedulable',
  filter: (pod, node) => (admits(pod, node.node) ? undefined : REJECTION),
  events: {
    NodeAdd: (_pod, _before, after) => !isCordoned(after as Node),
    NodeUpdateTaint: (_pod, before, after) => isCordoned(before as Node) && !isCordoned(after as Node),
    TargetPodUpdateToleration: (pod) => tolerationsTolerateTaint(pod.spec.tolerations, UNSCHEDULABLE),
  },
});
