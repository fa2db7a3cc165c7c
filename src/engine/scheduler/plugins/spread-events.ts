/**
 * Which changes could let in a Pod that PodTopologySpread rejected.
 * Follows plugins/podtopologyspread/plugin.go (isSchedulableAfterPodChange, isSchedulableAfterNodeChange).
 */
import { deepEqual } from '../../api/plain';
import type { Node, Pod } from '../../api/types';
import { labelValue, NO_LABELS, type Plugin, type PodInfo, requirementsHold } from '../framework';
import { hasAllTopologies, ownConstraints, type SpreadConstraint } from './topology-spread-constraints';

const constraintsOf = (pod: PodInfo): readonly SpreadConstraint[] => ownConstraints(pod, 'DoNotSchedule');

function selects({ selector }: SpreadConstraint, pod: Pod): boolean {
  return requirementsHold(selector, pod.metadata.labels ?? NO_LABELS);
}

/** Whether the coming or going of a Pod alters the skew of a waiting one. */
function neighbourMatters(pod: PodInfo, neighbour: Pod): boolean {
  return (
    neighbour.metadata.namespace === pod.namespace &&
    constraintsOf(pod).some((constraint) => selects(constraint, neighbour))
  );
}

/** Whether new labels (of a neighbour, or of the waiting Pod itself) make a Pod count that did not, or the reverse. */
function relabellingMatters(pod: PodInfo, before: Pod, after: Pod): boolean {
  return (
    after.metadata.namespace === pod.namespace &&
    constraintsOf(pod).some((constraint) => selects(constraint, before) !== selects(constraint, after))
  );
}

function nodeMatters(pod: PodInfo, node: Node): boolean {
  return hasAllTopologies(node, constraintsOf(pod));
}

function nodeChangeMatters(pod: PodInfo, before: Node, after: Node): boolean {
  const constraints = constraintsOf(pod);
  const counts = hasAllTopologies(after, constraints);
  if (hasAllTopologies(before, constraints) !== counts) return true;
  const moved = ({ topologyKey }: SpreadConstraint): boolean =>
    labelValue(before.metadata.labels, topologyKey) !== labelValue(after.metadata.labels, topologyKey);
  return counts && (constraints.some(moved) || !deepEqual(before.spec.taints, after.spec.taints));
}

/** The changes after which a Pod that spreading refused may fit. */
export const spreadEvents: Plugin['events'] = {
  AssignedPodAdd: (pod, _before, after) => neighbourMatters(pod, after as Pod),
  AssignedPodDelete: (pod, before) => neighbourMatters(pod, before as Pod),
  AssignedPodUpdateLabel: (pod, before, after) => relabellingMatters(pod, before as Pod, after as Pod),
  TargetPodUpdateLabel: (pod, before, after) => relabellingMatters(pod, before as Pod, after as Pod),
  TargetPodUpdateToleration: (pod) => constraintsOf(pod).some(({ honorNodeTaints }) => honorNodeTaints),
  NodeAdd: (pod, _before, after) => nodeMatters(pod, after as Node),
  NodeDelete: (pod, before) => nodeMatters(pod, before as Node),
  NodeUpdateLabel: (pod, before, after) => nodeChangeMatters(pod, before as Node, after as Node),
  NodeUpdateTaint: (pod, before, after) => nodeChangeMatters(pod, before as Node, after as Node),
};
