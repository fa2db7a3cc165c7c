/**
 * Topology spread constraints of a Pod, parsed: its own, or the scheduler's defaults with the selector of the Services
 * and the owner it belongs to. Shared by the filter and the score of PodTopologySpread.
 * Follows plugins/podtopologyspread/common.go and plugins/helper/spread.go.
 */
import type { Node, TopologySpreadConstraint } from '../../api/types';
import {
  type CountsByNode,
  type Handle,
  type Labels,
  labelValue,
  NO_LABELS,
  nodeAffinityHolds,
  type ParsedSelector,
  type PlacedPod,
  type PodInfo,
  type RequiredNodeAffinity,
  type Requirement,
  type Requirements,
  requirementsHold,
  requirementsKey,
  requirementsOfSelector,
} from '../framework';
import { blockingTaint } from './blocking-taint';

/** The label that tells Nodes apart. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** A parsed constraint. */
export interface SpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly selector: Requirements;
  readonly selectorKey: string;
  readonly minDomains: number;
  readonly honorNodeAffinity: boolean;
  readonly honorNodeTaints: boolean;
}

/** What a Pod without constraints of its own is scored by. */
const SYSTEM_DEFAULTS: readonly { readonly topologyKey: string; readonly maxSkew: number }[] = [
  { topologyKey: HOSTNAME, maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
];

function withMatchLabelKeys(selector: Requirements, keys: readonly string[] | undefined, labels: Labels): Requirements {
  if (!selector || !keys?.length) return selector;
  const own: Requirement[] = [];
  for (const key of [...keys].sort()) {
    const value = labelValue(labels, key);
    if (value !== undefined) own.push({ key, operator: 'In', values: [value] });
  }
  return [...own, ...selector];
}

function parse(constraint: TopologySpreadConstraint, podLabels: Labels): SpreadConstraint {
  const own = requirementsOfSelector(constraint.labelSelector);
  const selector = withMatchLabelKeys(own, constraint.matchLabelKeys, podLabels);
  return {
    maxSkew: constraint.maxSkew,
    topologyKey: constraint.topologyKey,
    selector,
    selectorKey: requirementsKey(selector),
    minDomains: constraint.minDomains ?? 1,
    honorNodeAffinity: (constraint.nodeAffinityPolicy ?? 'Honor') === 'Honor',
    honorNodeTaints: constraint.nodeTaintsPolicy === 'Honor',
  };
}

const NONE: readonly SpreadConstraint[] = [];

/** A Pod's own constraints of one kind. */
export function ownConstraints(pod: PodInfo, whenUnsatisfiable: string): readonly SpreadConstraint[] {
  const constraints = pod.spec.topologySpreadConstraints;
  if (!constraints?.length) return NONE;
  return constraints
    .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
    .map((constraint) => parse(constraint, pod.labels));
}

/** The default constraints for a Pod; none when it belongs to nothing. They only ever score. */
export function defaultConstraints(selector: ParsedSelector): readonly SpreadConstraint[] {
  if (!selector.requirements?.length) return NONE;
  return SYSTEM_DEFAULTS.map(({ topologyKey, maxSkew }) => ({
    maxSkew,
    topologyKey,
    selector: selector.requirements,
    selectorKey: selector.key,
    minDomains: 1,
    honorNodeAffinity: true,
    honorNodeTaints: false,
  }));
}

/** Whether a node has the topology labels of all constraints. */
export function hasAllTopologies(node: Node, constraints: readonly SpreadConstraint[]): boolean {
  const labels = node.metadata.labels ?? NO_LABELS;
  for (const constraint of constraints) if (labelValue(labels, constraint.topologyKey) === undefined) return false;
  return true;
}

/** Whether a node's Pods count for a constraint. */
export function included(
  constraint: SpreadConstraint,
  pod: PodInfo,
  required: RequiredNodeAffinity,
  node: Node,
): boolean {
  if (constraint.honorNodeAffinity && !nodeAffinityHolds(required, node)) return false;
  return !constraint.honorNodeTaints || blockingTaint(pod, node) === undefined;
}

/** Whether a placed Pod counts for a constraint of a Pod in this namespace: terminating ones do not. */
export function counted(selector: Requirements, namespace: string, placed: PlacedPod): boolean {
  return (
    !placed.terminating &&
    placed.namespace === namespace &&
    selector !== undefined &&
    selector.length > 0 &&
    requirementsHold(selector, placed.labels)
  );
}

/** How many Pods count for a constraint, per node. */
export function countsOf(constraint: SpreadConstraint, namespace: string, handle: Handle): CountsByNode {
  const { selector, selectorKey } = constraint;
  return handle.countPods({
    key: `spread|${namespace}|${selectorKey}`,
    namespace,
    matches: (placed) => counted(selector, namespace, placed),
  });
}
