/**
 * TaintNodesByCondition: a new Node takes no Pods until the node lifecycle controller has seen it ready.
 * Follows plugin/pkg/admission/nodetaint/admission.go.
 */
import type { Node } from '../../api/types';
import type { AdmissionPlugin } from '../strategy';

const NOT_READY = 'node.kubernetes.io/not-ready';

/** TaintNodesByCondition. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  admit: (draft, _old, request) => {
    if (draft.kind !== 'Node' || request.operation !== 'CREATE') return;
    const node = draft as Node;
    node.spec ??= {};
    const taints = node.spec.taints ?? [];
    if (taints.some((taint) => taint.key === NOT_READY && taint.effect === 'NoSchedule')) return;
    node.spec.taints = [...taints, { key: NOT_READY, effect: 'NoSchedule' }];
  },
};
