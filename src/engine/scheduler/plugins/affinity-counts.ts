/**
 * What InterPodAffinity's filter needs to know about placed Pods: in which topology domains (label pairs of nodes) are
 * Pods that the waiting Pod must join, must avoid, or that themselves avoid it.
 * Follows plugins/interpodaffinity/filtering.go.
 */
import type { Node } from '../../api/types';
import {
  type AffinityTerm,
  type CountsByNode,
  type Handle,
  labelValue,
  type PlacedPod,
  type PodInfo,
} from '../framework';

/** Pods by domain; domains without any are absent. */
type CountsByPair = ReadonlyMap<string, number>;

/** The three counts. */
export interface AffinityState {
  /** Pods that meet all required affinity terms. */
  readonly affinity: CountsByPair;
  /** Pods that some required anti-affinity term of the waiting Pod is about. */
  readonly anti: CountsByPair;
  /** Pods whose required anti-affinity is about the waiting Pod. */
  readonly existingAnti: CountsByPair;
}

/** A label pair as a key. */
export function pairOf(key: string, value: string): string {
  return `${key}=${value}`;
}

function bump(counts: Map<string, number>, topologyKey: string, node: Node | undefined, by: number): void {
  const value = labelValue(node?.metadata.labels, topologyKey);
  if (value === undefined) return;
  const pair = pairOf(topologyKey, value);
  const count = (counts.get(pair) ?? 0) + by;
  if (count === 0) counts.delete(pair);
  else counts.set(pair, count);
}

function addAll(counts: Map<string, number>, topologyKey: string, byNode: CountsByNode, handle: Handle): void {
  for (const [nodeName, count] of byNode) bump(counts, topologyKey, handle.node(nodeName)?.node, count);
}

function selectedByAll(terms: readonly AffinityTerm[], pod: PlacedPod, handle: Handle): boolean {
  return terms.length > 0 && terms.every((term) => handle.termSelects(term, pod));
}

/** Nobody is there yet: a Pod whose affinity is about Pods like itself may start the group. */
export function canBeFirstOfGroup(pod: PodInfo, handle: Handle): boolean {
  return selectedByAll(pod.requiredAffinity, pod, handle);
}

/** Counts for a waiting Pod. */
export function affinityState(pod: PodInfo, handle: Handle): AffinityState {
  const affinity = new Map<string, number>();
  const anti = new Map<string, number>();
  const existingAnti = new Map<string, number>();
  if (pod.requiredAffinity.length > 0) {
    const byNode = handle.countPods(handle.aboutTerms(pod.requiredAffinity));
    for (const term of pod.requiredAffinity) addAll(affinity, term.topologyKey, byNode, handle);
  }
  for (const term of pod.requiredAntiAffinity) {
    addAll(anti, term.topologyKey, handle.countPods(handle.aboutTerms([term])), handle);
  }
  for (const { term, byNode } of handle.carriedTerms('requiredAntiAffinity')) {
    if (handle.termSelects(term, pod)) addAll(existingAnti, term.topologyKey, byNode, handle);
  }
  return { affinity, anti, existingAnti };
}

/** The counts with a Pod more (1) or less (-1) on a node. */
export function recountAffinity(
  state: AffinityState,
  pod: PodInfo,
  other: PlacedPod,
  node: Node,
  by: 1 | -1,
  handle: Handle,
): AffinityState {
  const affinity = new Map(state.affinity);
  const anti = new Map(state.anti);
  const existingAnti = new Map(state.existingAnti);
  if (selectedByAll(pod.requiredAffinity, other, handle)) {
    for (const term of pod.requiredAffinity) bump(affinity, term.topologyKey, node, by);
  }
  for (const term of pod.requiredAntiAffinity) {
    if (handle.termSelects(term, other)) bump(anti, term.topologyKey, node, by);
  }
  for (const term of other.requiredAntiAffinity) {
    if (handle.termSelects(term, pod)) bump(existingAnti, term.topologyKey, node, by);
  }
  return { affinity, anti, existingAnti };
}
