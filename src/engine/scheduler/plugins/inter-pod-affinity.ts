/**
 * Pod affinity and anti-affinity, required (filter) and preferred (score), of the waiting Pod towards placed ones and
 * of placed Pods towards the waiting one. A required affinity of a placed Pod counts as a preference of weight 1.
 * Follows plugins/interpodaffinity/{plugin,filtering,scoring}.go.
 */
import {
  type AffinityTerm,
  type CountsByNode,
  definePlugin,
  type Handle,
  labelValue,
  MAX_NODE_SCORE,
  NO_LABELS,
  type PodInfo,
  type ReadyNodeInfo,
  SKIP,
  unresolvable,
  unschedulable,
} from '../framework';
import { type AffinityState, affinityState, canBeFirstOfGroup, pairOf, recountAffinity } from './affinity-counts';
import { affinityEvents } from './affinity-events';

const AFFINITY_REJECTION = unresolvable("node(s) didn't match pod affinity rules");
const ANTI_AFFINITY_REJECTION = unschedulable("node(s) didn't match pod anti-affinity rules");
const EXISTING_REJECTION = unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");

/** What being in a domain is worth: topology key → its values → sum of weights. */
type Worth = Map<string, Map<string, number>>;

const HARD_POD_AFFINITY_WEIGHT = 1;

function addWorth(worth: Worth, topologyKey: string, byNode: CountsByNode, weight: number, handle: Handle): void {
  for (const [nodeName, count] of byNode) {
    const domain = labelValue(handle.node(nodeName)?.node.metadata.labels, topologyKey);
    if (domain === undefined) continue;
    let values = worth.get(topologyKey);
    if (!values) {
      values = new Map();
      worth.set(topologyKey, values);
    }
    values.set(domain, (values.get(domain) ?? 0) + count * weight);
  }
}

function addOwnPreferences(worth: Worth, terms: readonly AffinityTerm[], sign: 1 | -1, handle: Handle): void {
  for (const term of terms) {
    const byNode = handle.countPods(handle.aboutTerms([term]));
    addWorth(worth, term.topologyKey, byNode, sign * term.weight, handle);
  }
}

function addTheirPreferences(worth: Worth, pod: PodInfo, handle: Handle): void {
  const add = (kind: 'requiredAffinity' | 'preferredAffinity' | 'preferredAntiAffinity', sign: 1 | -1): void => {
    for (const { term, byNode } of handle.carriedTerms(kind)) {
      if (!handle.termSelects(term, pod)) continue;
      addWorth(worth, term.topologyKey, byNode, sign * (term.weight || HARD_POD_AFFINITY_WEIGHT), handle);
    }
  };
  add('requiredAffinity', 1);
  add('preferredAffinity', 1);
  add('preferredAntiAffinity', -1);
}

function affinityHolds(pod: PodInfo, node: ReadyNodeInfo, state: AffinityState, handle: Handle): boolean {
  const labels = node.node.metadata.labels ?? NO_LABELS;
  let allThere = true;
  for (const term of pod.requiredAffinity) {
    const value = labelValue(labels, term.topologyKey);
    if (value === undefined) return false;
    if (!state.affinity.has(pairOf(term.topologyKey, value))) allThere = false;
  }
  return allThere || (state.affinity.size === 0 && canBeFirstOfGroup(pod, handle));
}

function collides(terms: readonly AffinityTerm[], node: ReadyNodeInfo, counts: ReadonlyMap<string, number>): boolean {
  const labels = node.node.metadata.labels ?? NO_LABELS;
  for (const { topologyKey } of terms) {
    const value = labelValue(labels, topologyKey);
    if (value !== undefined && counts.has(pairOf(topologyKey, value))) return true;
  }
  return false;
}

function isShunned(node: ReadyNodeInfo, counts: ReadonlyMap<string, number>): boolean {
  if (counts.size === 0) return false;
  const labels = node.node.metadata.labels ?? NO_LABELS;
  for (const key in labels) if (counts.has(pairOf(key, labels[key] as string))) return true;
  return false;
}

/** See the header. */
export const interPodAffinity = definePlugin<AffinityState, Worth>({
  name: 'InterPodAffinity',
  preFilter(pod, handle) {
    const state = affinityState(pod, handle);
    const idle =
      state.existingAnti.size === 0 && pod.requiredAffinity.length === 0 && pod.requiredAntiAffinity.length === 0;
    return idle ? { status: SKIP } : { state };
  },
  withPodAdded: (state, pod, added, node, handle) => recountAffinity(state, pod, added, node, 1, handle),
  withPodRemoved: (state, pod, removed, node, handle) => recountAffinity(state, pod, removed, node, -1, handle),
  filter(pod, node, state, handle) {
    if (pod.requiredAffinity.length > 0 && !affinityHolds(pod, node, state, handle)) return AFFINITY_REJECTION;
    if (collides(pod.requiredAntiAffinity, node, state.anti)) return ANTI_AFFINITY_REJECTION;
    return isShunned(node, state.existingAnti) ? EXISTING_REJECTION : undefined;
  },
  preScore(pod, _nodes, handle) {
    const worth: Worth = new Map();
    addOwnPreferences(worth, pod.preferredAffinity, 1, handle);
    addOwnPreferences(worth, pod.preferredAntiAffinity, -1, handle);
    addTheirPreferences(worth, pod, handle);
    return worth.size === 0 ? { status: SKIP } : { state: worth };
  },
  score(_pod, node, worth) {
    const labels = node.node.metadata.labels ?? NO_LABELS;
    let score = 0;
    for (const [topologyKey, values] of worth) {
      const domain = labelValue(labels, topologyKey);
      if (domain !== undefined) score += values.get(domain) ?? 0;
    }
    return score;
  },
  normalizeScore(scores) {
    let most = Number.NEGATIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    for (const score of scores) {
      most = Math.max(most, score);
      least = Math.min(least, score);
    }
    const range = most - least;
    for (let index = 0; index < scores.length; index++) {
      const share = range > 0 ? ((scores[index] as number) - least) / range : 0;
      scores[index] = Math.floor(MAX_NODE_SCORE * share);
    }
  },
  events: affinityEvents,
});
