/**
 * Which Pods of a ReplicaSet go first when it has too many: those that cost least. Pure.
 * Follows pkg/controller/controller_utils.go (ActivePodsWithRanks) and pkg/controller/replicaset/replica_set.go
 * (getPodsToDelete). Upstream's order is not transitive where ages fall into one bucket, so the result depends on the
 * sorting algorithm: ours is a merge sort of its own, so that every JavaScript engine picks the same Pods.
 */
import { findCondition } from '../../api/conditions';
import type { Pod } from '../../api/types';

const DELETION_COST_ANNOTATION = 'controller.kubernetes.io/pod-deletion-cost';
const MAX_COST = 2_147_483_647;
const PHASE_ORDER: ReadonlyMap<string, number> = new Map([
  ['Pending', 0],
  ['Unknown', 1],
  ['Running', 2],
]);

/** Why a Pod was ranked where it is: the values that were compared, in the order in which they count. */
export interface RankedPod {
  readonly pod: Pod;
  readonly isAssigned: boolean;
  readonly phaseOrder: number;
  readonly isReady: boolean;
  readonly deletionCost: number;
  /** How many related Pods share its node. */
  readonly doubledUp: number;
  readonly readySinceMs: number | undefined;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly createdMs: number;
}

/** What the ranking needs beside the Pods. */
export interface RankingClock {
  readonly nowMs: number;
  timeOf(timestamp: string): number;
}

/** The Pod's deletion cost; what is no integer counts as none. */
export function deletionCostOf(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST_ANNOTATION];
  if (text === undefined || !/^(0|[1-9]\d*|-\d+)$/.test(text)) return 0;
  const cost = Number(text);
  return Math.abs(cost) <= MAX_COST ? cost + 0 : 0;
}

function maxRestarts(pod: Pod): { restarts: number; sidecarRestarts: number } {
  let restarts = 0;
  for (const status of pod.status.containerStatuses ?? []) restarts = Math.max(restarts, status.restartCount);
  let sidecarRestarts = 0;
  const sidecars = new Set<string>();
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') sidecars.add(container.name);
  }
  for (const status of pod.status.initContainerStatuses ?? []) {
    if (sidecars.has(status.name)) sidecarRestarts = Math.max(sidecarRestarts, status.restartCount);
  }
  return { restarts, sidecarRestarts };
}

/** How many active Pods there are on each node; Pods without a node count under ''. */
function podsPerNode(related: readonly Pod[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pod of related) {
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed' || pod.metadata.deletionTimestamp !== undefined) continue;
    const node = pod.spec.nodeName ?? '';
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}

/** What is compared first, and cheap to find out: Pods that agree in all of it form a class. */
interface DeletionClass {
  readonly isAssigned: boolean;
  readonly phaseOrder: number;
  readonly isReady: boolean;
  readonly deletionCost: number;
  readonly doubledUp: number;
  readonly pods: Pod[];
}

/** The classes of the Pods, those to delete first. */
function classify(pods: readonly Pod[], perNode: ReadonlyMap<string, number>): DeletionClass[] {
  const classes = new Map<string, DeletionClass>();
  for (const pod of pods) {
    const isAssigned = Boolean(pod.spec.nodeName);
    const phaseOrder = PHASE_ORDER.get(pod.status.phase ?? '') ?? 0;
    const isReady = findCondition(pod.status.conditions, 'Ready')?.status === 'True';
    const deletionCost = deletionCostOf(pod);
    const doubledUp = perNode.get(pod.spec.nodeName ?? '') ?? 0;
    const key = `${isAssigned}/${phaseOrder}/${isReady}/${deletionCost}/${doubledUp}`;
    const known = classes.get(key);
    if (known) known.pods.push(pod);
    else classes.set(key, { isAssigned, phaseOrder, isReady, deletionCost, doubledUp, pods: [pod] });
  }
  return [...classes.values()].sort(compareClasses);
}

/** No two classes are equal. */
function compareClasses(a: DeletionClass, b: DeletionClass): number {
  if (a.isAssigned !== b.isAssigned) return a.isAssigned ? 1 : -1;
  if (a.phaseOrder !== b.phaseOrder) return a.phaseOrder - b.phaseOrder;
  if (a.isReady !== b.isReady) return a.isReady ? 1 : -1;
  if (a.deletionCost !== b.deletionCost) return a.deletionCost - b.deletionCost;
  return b.doubledUp - a.doubledUp;
}

function rankOf(pod: Pod, { pods: _pods, ...rank }: DeletionClass, clock: RankingClock): RankedPod {
  const ready = findCondition(pod.status.conditions, 'Ready');
  const { restarts, sidecarRestarts } = maxRestarts(pod);
  return {
    pod,
    ...rank,
    readySinceMs: rank.isReady && ready?.lastTransitionTime ? clock.timeOf(ready.lastTransitionTime) : undefined,
    restarts,
    sidecarRestarts,
    createdMs: clock.timeOf(pod.metadata.creationTimestamp as string),
  };
}

/** The power-of-two bucket of an age, counted in nanoseconds as upstream does; -1 for no age at all. */
export function ageBucket(ageMs: number): number {
  if (ageMs <= 0) return -1;
  let bucket = 0;
  for (let rest = ageMs * 1_000_000; rest >= 2; rest /= 2) bucket++;
  return bucket;
}

/** Negative when the younger bucket is `aMs`'s; ages in one bucket are told apart by uid, at random as it were. */
function compareAges(a: RankedPod, b: RankedPod, aMs: number, bMs: number, nowMs: number): number {
  const difference = ageBucket(nowMs - aMs) - ageBucket(nowMs - bMs);
  return difference !== 0 ? difference : compareUids(a, b);
}

function compareUids(a: RankedPod, b: RankedPod): number {
  const left = a.pod.metadata.uid ?? '';
  const right = b.pod.metadata.uid ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Negative when `a` is to be deleted before `b` of the same class. */
function compareWithinClass(a: RankedPod, b: RankedPod, nowMs: number): number {
  if (a.readySinceMs !== b.readySinceMs && a.readySinceMs !== undefined && b.readySinceMs !== undefined) {
    return compareAges(a, b, a.readySinceMs, b.readySinceMs, nowMs);
  }
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts;
  if (a.createdMs !== b.createdMs) return compareAges(a, b, a.createdMs, b.createdMs, nowMs);
  return compareUids(a, b);
}

function mergeSort(items: readonly RankedPod[], nowMs: number): readonly RankedPod[] {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = mergeSort(items.slice(0, middle), nowMs);
  const right = mergeSort(items.slice(middle), nowMs);
  const merged: RankedPod[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const isLeftFirst = compareWithinClass(left[l] as RankedPod, right[r] as RankedPod, nowMs) <= 0;
    merged.push((isLeftFirst ? left[l++] : right[r++]) as RankedPod);
  }
  return merged.concat(left.slice(l), right.slice(r));
}

/**
 * The Pods in the order in which they would be deleted, at least the first `count` of them. `related` are the Pods of the
 * same owner's ReplicaSets. The order of the arguments does not matter.
 */
export function rankForDeletion(
  pods: readonly Pod[],
  related: readonly Pod[],
  clock: RankingClock,
  count = pods.length,
): readonly RankedPod[] {
  const ranking: RankedPod[] = [];
  for (const one of classify(pods, podsPerNode(related))) {
    if (ranking.length >= count) break;
    const ranked = one.pods.map((pod) => rankOf(pod, one, clock)).sort(compareUids);
    ranking.push(...mergeSort(ranked, clock.nowMs));
  }
  return ranking;
}
