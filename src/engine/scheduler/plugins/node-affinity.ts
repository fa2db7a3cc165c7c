/**
 * nodeSelector and node affinity: what is required filters, what is preferred adds its weight to the score.
 * A Pod that may only run on nodes named in matchFields (a DaemonSet's) has no other node looked at.
 * Follows plugins/nodeaffinity/node_affinity.go, without the scheduler-wide addedAffinity.
 */
import type { Node, PodSpec } from '../../api/types';
import {
  definePlugin,
  demandsNothing,
  type NodeTerm,
  nodeAffinityHolds,
  nodeTermHolds,
  type PodInfo,
  parseNodeTerm,
  type RequiredNodeAffinity,
  requiredNodeAffinity,
  SKIP,
  unresolvable,
} from '../framework';
import { normalizeByLargest } from './normalize-score';

const REJECTION = unresolvable("node(s) didn't match Pod's node affinity/selector");
const CONFLICT = unresolvable('pod affinity terms conflict');

interface PreferredTerm {
  readonly term: NodeTerm;
  readonly weight: number;
}

/** The node names that every term narrows its choice to, or undefined when some term does not go by name. */
function namedNodes(spec: PodSpec): readonly string[] | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const names = new Set<string>();
  if (terms.length === 0) return undefined;
  for (const term of terms) {
    let ofTerm: readonly string[] | undefined;
    for (const field of term.matchFields ?? []) {
      if (field.key !== 'metadata.name' || field.operator !== 'In') continue;
      const values = field.values ?? [];
      ofTerm = ofTerm ? ofTerm.filter((name) => values.includes(name)) : values;
    }
    if (!ofTerm) return undefined;
    for (const name of ofTerm) names.add(name);
  }
  return [...names].sort();
}

function preferredTerms(spec: PodSpec): readonly PreferredTerm[] {
  const preferred = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return preferred
    .filter((one) => one.weight !== 0)
    .map((one) => ({ term: parseNodeTerm(one.preference), weight: one.weight }));
}

function admits(pod: PodInfo, node: Node): boolean {
  return nodeAffinityHolds(requiredNodeAffinity(pod.spec), node);
}

/** See the header. */
export const nodeAffinity = definePlugin<RequiredNodeAffinity, readonly PreferredTerm[]>({
  name: 'NodeAffinity',
  preFilter(pod) {
    const required = requiredNodeAffinity(pod.spec);
    if (demandsNothing(required)) return { status: SKIP };
    const nodeNames = namedNodes(pod.spec);
    if (nodeNames?.length === 0) return { status: CONFLICT };
    return { state: required, nodeNames };
  },
  filter: (_pod, node, required) => (nodeAffinityHolds(required, node.node) ? undefined : REJECTION),
  preScore(pod) {
    const terms = preferredTerms(pod.spec);
    return terms.length === 0 ? { status: SKIP } : { state: terms };
  },
  score(_pod, node, terms) {
    let sum = 0;
    for (const { term, weight } of terms) if (nodeTermHolds(term, node.node)) sum += weight;
    return sum;
  },
  normalizeScore: (scores) => normalizeByLargest(scores, false),
  events: {
    NodeAdd: (pod, _before, after) => admits(pod, after as Node),
    NodeUpdateLabel: (pod, before, after) => admits(pod, after as Node) && !admits(pod, before as Node),
  },
});
