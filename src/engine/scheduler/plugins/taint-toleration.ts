/**
 * Taints: NoSchedule and NoExecute keep intolerant Pods away, PreferNoSchedule costs score.
 * Follows plugins/tainttoleration/taint_toleration.go; its message has named no taint since 1.35.
 */
import { tolerationsTolerateTaint } from '../../api/taint';
import type { Node, Taint, Toleration } from '../../api/types';
import { definePlugin, unresolvable } from '../framework';
import { blockingTaint } from './blocking-taint';
import { normalizeByLargest } from './normalize-score';

const REJECTION = unresolvable('node(s) had untolerated taint(s)');

const NO_TAINTS: readonly Taint[] = [];

/** See the header. */
export const taintToleration = definePlugin<undefined, readonly Toleration[]>({
  name: 'TaintToleration',
  filter: (pod, node) => (blockingTaint(pod, node.node) ? REJECTION : undefined),
  preScore(pod) {
    const tolerations = pod.spec.tolerations ?? [];
    return { state: tolerations.filter((one) => !one.effect || one.effect === 'PreferNoSchedule') };
  },
  score(_pod, node, tolerations) {
    let intolerable = 0;
    for (const taint of node.node.spec?.taints ?? NO_TAINTS) {
      if (taint.effect === 'PreferNoSchedule' && !tolerationsTolerateTaint(tolerations, taint)) intolerable++;
    }
    return intolerable;
  },
  normalizeScore: (scores) => normalizeByLargest(scores, true),
  events: {
    NodeAdd: (pod, _before, after) => !blockingTaint(pod, after as Node),
    NodeUpdateTaint: (pod, before, after) => !blockingTaint(pod, after as Node) && !!blockingTaint(pod, before as Node),
    TargetPodUpdateToleration: true,
  },
});
