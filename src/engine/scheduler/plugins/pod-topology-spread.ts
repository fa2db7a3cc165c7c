/**
 * Spreads Pods over topology domains: DoNotSchedule constraints filter by skew, ScheduleAnyway ones (and, for Pods
 * without any, the system defaults over hosts and zones) score the domains with fewer matching Pods higher.
 * Follows plugins/podtopologyspread/{plugin,filtering,scoring}.go.
 */
import { naturalLog } from '../../api/natural-log';
import type { Node } from '../../api/types';
import {
  definePlugin,
  type Handle,
  labelValue,
  MAX_NODE_SCORE,
  type PlacedPod,
  type PodInfo,
  type ReadyNodeInfo,
  type RequiredNodeAffinity,
  requiredNodeAffinity,
  requirementsHold,
  SKIP,
  unresolvable,
  unschedulable,
} from '../framework';
import { divide } from './normalize-score';
import { spreadEvents } from './spread-events';
import {
  countsOf,
  defaultConstraints,
  HOSTNAME,
  hasAllTopologies,
  included,
  ownConstraints,
  type SpreadConstraint,
} from './topology-spread-constraints';

const REJECTION = unschedulable("node(s) didn't match pod topology spread constraints");
const MISSING_LABEL = unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");

/** One DoNotSchedule constraint with the matching Pods of each domain. */
interface Spread {
  readonly constraint: SpreadConstraint;
  readonly byDomain: ReadonlyMap<string, number>;
  readonly fewest: number;
  readonly matchesItself: boolean;
}

interface FilterState {
  readonly spreads: readonly Spread[];
  readonly required: RequiredNodeAffinity;
}

/** One ScheduleAnyway constraint. Pods on hosts are counted per node, in other domains per domain of the candidates. */
interface Preference {
  readonly constraint: SpreadConstraint;
  readonly byNode: ReadonlyMap<string, number>;
  readonly byDomain: ReadonlyMap<string, number>;
  readonly weight: number;
}

interface ScoreState {
  readonly preferences: readonly Preference[];
  /** Nodes that lack a topology label: they score 0. */
  readonly ignored: ReadonlySet<string>;
}

const NOBODY: ReadonlyMap<string, number> = new Map();

function fewestOf(constraint: SpreadConstraint, byDomain: ReadonlyMap<string, number>): number {
  if (byDomain.size < constraint.minDomains) return 0;
  let fewest = Number.MAX_SAFE_INTEGER;
  for (const count of byDomain.values()) if (count < fewest) fewest = count;
  return fewest;
}

function labelOf(node: Node, key: string): string | undefined {
  return labelValue(node.metadata.labels, key);
}

function measure(pod: PodInfo, handle: Handle, constraints: readonly SpreadConstraint[]): FilterState {
  const required = requiredNodeAffinity(pod.spec);
  const nodes = handle.nodes.filter((info) => hasAllTopologies(info.node, constraints));
  const spreads = constraints.map((constraint) => {
    const byNode = countsOf(constraint, pod.namespace, handle);
    const byDomain = new Map<string, number>();
    for (const info of nodes) {
      if (!included(constraint, pod, required, info.node)) continue;
      const domain = labelOf(info.node, constraint.topologyKey) as string;
      byDomain.set(domain, (byDomain.get(domain) ?? 0) + (byNode.get(info.name) ?? 0));
    }
    const matchesItself = requirementsHold(constraint.selector, pod.labels);
    return { constraint, byDomain, fewest: fewestOf(constraint, byDomain), matchesItself };
  });
  return { spreads, required };
}

/** The state with a Pod more (1) or less (-1) on a node. */
function recount(state: FilterState, pod: PodInfo, other: PlacedPod, node: Node, by: 1 | -1): FilterState {
  const all = state.spreads.map((spread) => spread.constraint);
  if (!hasAllTopologies(node, all)) return state;
  const spreads = state.spreads.map((spread) => {
    const { constraint } = spread;
    // Unlike the count at the start, terminating Pods take part here, as upstream's updateWithPod has them.
    if (other.namespace !== pod.namespace || !requirementsHold(constraint.selector, other.labels)) return spread;
    if (!included(constraint, pod, state.required, node)) return spread;
    const domain = labelOf(node, constraint.topologyKey) as string;
    const byDomain = new Map(spread.byDomain).set(domain, (spread.byDomain.get(domain) ?? 0) + by);
    return { ...spread, byDomain, fewest: fewestOf(constraint, byDomain) };
  });
  return { ...state, spreads };
}

function preferencesOf(
  pod: PodInfo,
  candidates: readonly ReadyNodeInfo[],
  handle: Handle,
  constraints: readonly SpreadConstraint[],
  needsAllTopologies: boolean,
): ScoreState {
  const ignored = new Set<string>();
  if (needsAllTopologies) {
    for (const info of candidates) if (!hasAllTopologies(info.node, constraints)) ignored.add(info.name);
  }
  const required = requiredNodeAffinity(pod.spec);
  const preferences = constraints.map((constraint) => {
    const byNode = countsOf(constraint, pod.namespace, handle);
    if (constraint.topologyKey === HOSTNAME) {
      const weight = naturalLog(candidates.length - ignored.size + 2);
      return { constraint, byNode, byDomain: NOBODY, weight };
    }
    const byDomain = new Map<string, number>();
    for (const info of candidates) {
      if (!ignored.has(info.name)) byDomain.set(labelOf(info.node, constraint.topologyKey) ?? '', 0);
    }
    for (const info of handle.nodes) {
      const here = byNode.get(info.name);
      if (here === undefined || (needsAllTopologies && !hasAllTopologies(info.node, constraints))) continue;
      if (!included(constraint, pod, required, info.node)) continue;
      const domain = labelOf(info.node, constraint.topologyKey) ?? '';
      const sum = byDomain.get(domain);
      if (sum !== undefined) byDomain.set(domain, sum + here);
    }
    return { constraint, byNode, byDomain, weight: naturalLog(byDomain.size + 2) };
  });
  return { preferences, ignored };
}

/** See the header. */
export const podTopologySpread = definePlugin<FilterState, ScoreState>({
  name: 'PodTopologySpread',
  preFilter(pod, handle) {
    const constraints = ownConstraints(pod, 'DoNotSchedule');
    return constraints.length === 0 ? { status: SKIP } : { state: measure(pod, handle, constraints) };
  },
  withPodAdded: (state, pod, added, node) => recount(state, pod, added, node, 1),
  withPodRemoved: (state, pod, removed, node) => recount(state, pod, removed, node, -1),
  filter(_pod, node, state) {
    for (const { constraint, byDomain, fewest, matchesItself } of state.spreads) {
      const domain = labelOf(node.node, constraint.topologyKey);
      if (domain === undefined) return MISSING_LABEL;
      const skew = (byDomain.get(domain) ?? 0) + (matchesItself ? 1 : 0) - fewest;
      if (skew > constraint.maxSkew) return REJECTION;
    }
    return undefined;
  },
  preScore(pod, nodes, handle) {
    const own =
      pod.spec.topologySpreadConstraints?.length !== undefined && pod.spec.topologySpreadConstraints.length > 0;
    const constraints = own ? ownConstraints(pod, 'ScheduleAnyway') : defaultConstraints(handle.defaultSelector(pod));
    return constraints.length === 0 ? { status: SKIP } : { state: preferencesOf(pod, nodes, handle, constraints, own) };
  },
  score(_pod, node, state) {
    if (state.ignored.has(node.name)) return 0;
    let score = 0;
    for (const { constraint, byNode, byDomain, weight } of state.preferences) {
      const domain = labelOf(node.node, constraint.topologyKey);
      if (domain === undefined) continue;
      const count = constraint.topologyKey === HOSTNAME ? (byNode.get(node.name) ?? 0) : (byDomain.get(domain) ?? 0);
      score += count * weight + (constraint.maxSkew - 1);
    }
    return Math.round(score);
  },
  normalizeScore(scores, nodes, state) {
    const scored = (index: number): boolean => !state.ignored.has((nodes[index] as ReadyNodeInfo).name);
    let least = Number.MAX_SAFE_INTEGER;
    let most = 0;
    for (let index = 0; index < scores.length; index++) {
      if (!scored(index)) continue;
      least = Math.min(least, scores[index] as number);
      most = Math.max(most, scores[index] as number);
    }
    for (let index = 0; index < scores.length; index++) {
      if (!scored(index)) scores[index] = 0;
      else if (most === 0) scores[index] = MAX_NODE_SCORE;
      else scores[index] = divide(MAX_NODE_SCORE * (most + least - (scores[index] as number)), most);
    }
  },
  events: spreadEvents,
});
