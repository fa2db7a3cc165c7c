/**
 * Which changes could let in a Pod that InterPodAffinity rejected.
 * Follows plugins/interpodaffinity/plugin.go (isSchedulableAfterPodChange, isSchedulableAfterNodeChange) of 1.36, shortcomings
 * included: the deletion of a Pod that affinity asks for is no reason to try again, and namespaceSelector is not looked up
 * in the labels of namespaces. What is missed so waits for the five-minute flush.
 */
import type { Node, Pod } from '../../api/types';
import { type AffinityTerm, labelValue, NO_LABELS, type Plugin, type PodInfo, termSelects } from '../framework';

const noNamespaceLabels = () => NO_LABELS;

function matchesAll(terms: readonly AffinityTerm[], pod: PodInfo): boolean {
  return terms.length > 0 && terms.every((term) => termSelects(term, pod, noNamespaceLabels));
}

/** A node has come, or moved, into a domain that counts for a term. */
function entersDomain({ topologyKey }: AffinityTerm, before: Node | undefined, after: Node): boolean {
  const domain = labelValue(after.metadata.labels, topologyKey);
  return domain !== undefined && domain !== labelValue(before?.metadata.labels, topologyKey);
}

function leavesDomain({ topologyKey }: AffinityTerm, before: Node, after: Node): boolean {
  const domain = labelValue(before.metadata.labels, topologyKey);
  return domain !== undefined && domain !== labelValue(after.metadata.labels, topologyKey);
}

/** The changes after which a Pod that affinity refused may fit. */
export const affinityEvents: Plugin['events'] = {
  AssignedPodAdd: (pod, _before, after, handle) => matchesAll(pod.requiredAffinity, handle.podInfo(after as Pod)),
  AssignedPodUpdateLabel: (pod, before, after, handle) => {
    const older = handle.podInfo(before as Pod);
    const newer = handle.podInfo(after as Pod);
    const { requiredAffinity, requiredAntiAffinity } = pod;
    return (
      (!matchesAll(requiredAffinity, older) && matchesAll(requiredAffinity, newer)) ||
      (matchesAll(requiredAntiAffinity, older) && !matchesAll(requiredAntiAffinity, newer))
    );
  },
  AssignedPodDelete: (pod, before, _after, handle) => {
    const gone = handle.podInfo(before as Pod);
    return matchesAll(pod.requiredAntiAffinity, gone) || matchesAll(gone.requiredAntiAffinity, pod);
  },
  TargetPodUpdateLabel: true,
  NodeAdd: (pod, _before, after) =>
    pod.requiredAntiAffinity.length > 0 ||
    pod.requiredAffinity.some((term) => entersDomain(term, undefined, after as Node)),
  NodeUpdateLabel: (pod, before, after) =>
    pod.requiredAffinity.some((term) => entersDomain(term, before as Node, after as Node)) ||
    pod.requiredAntiAffinity.some((term) => leavesDomain(term, before as Node, after as Node)),
};
