/**
 * Which changes could let in a Pod that InterPodAffinity rejected.
 * Follows plugins/interpodaffinity/plugin.go (isSchedulableAfterPodChange, isSchedulableAfterNodeChange).
 */
import type { KubeObject } from '../../api/meta';
import type { Node, Pod } from '../../api/types';
import { type Handle, NO_LABELS, type Plugin, type PodInfo } from '../framework';

function joins(pod: PodInfo, other: KubeObject | undefined, handle: Handle): boolean {
  if (!other || pod.requiredAffinity.length === 0) return false;
  const info = handle.podInfo(other as Pod);
  return pod.requiredAffinity.every((term) => handle.termSelects(term, info));
}

function avoids(pod: PodInfo, other: KubeObject | undefined, handle: Handle): boolean {
  if (!other) return false;
  const info = handle.podInfo(other as Pod);
  return (
    pod.requiredAntiAffinity.some((term) => handle.termSelects(term, info)) ||
    info.requiredAntiAffinity.some((term) => handle.termSelects(term, pod))
  );
}

function topologyChanged(pod: PodInfo, before: Node, after: Node): boolean {
  const older = before.metadata.labels ?? NO_LABELS;
  const newer = after.metadata.labels ?? NO_LABELS;
  const terms = [...pod.requiredAffinity, ...pod.requiredAntiAffinity];
  return terms.some(({ topologyKey }) => older[topologyKey] !== newer[topologyKey]);
}

/** The changes after which a Pod that affinity refused may fit. */
export const affinityEvents: Plugin['events'] = {
  AssignedPodAdd: (pod, _before, after, handle) => joins(pod, after, handle),
  AssignedPodUpdateLabel: (pod, before, after, handle) =>
    (!joins(pod, before, handle) && joins(pod, after, handle)) ||
    (avoids(pod, before, handle) && !avoids(pod, after, handle)),
  AssignedPodDelete: (pod, before, _after, handle) => joins(pod, before, handle) || avoids(pod, before, handle),
  TargetPodUpdateLabel: true,
  NodeAdd: true,
  NodeUpdateLabel: (pod, before, after) => topologyChanged(pod, before as Node, after as Node),
};
