/**
 * Which Pods would have to go from a node for another to fit, and which of several nodes is to be preferred: as few
 * budgets broken, then as unimportant, then as few victims as possible.
 * Follows plugins/defaultpreemption/default_preemption.go (SelectVictimsOnNode, filterPodsWithPDBViolation) and
 * framework/preemption/preemption.go (pickOneNodeForPreemption).
 */
import type { PodDisruptionBudget } from '../../api/types';
import {
  addPodToNode,
  type Cycle,
  cloneNodeInfo,
  type Handle,
  type PlacedPod,
  type PodInfo,
  type ReadyNodeInfo,
  removePodFromNode,
  requirementsHold,
  requirementsOfSelector,
  type Status,
  unresolvable,
} from '../framework';

/** A node on which preemption would work. */
export interface Candidate {
  readonly nodeName: string;
  /** Most important first. */
  readonly victims: readonly PlacedPod[];
  /** How many of them a PodDisruptionBudget protects. */
  readonly violations: number;
}

const NO_VICTIMS = unresolvable('No preemption victims found for incoming pod');

/** Whether `other` may be preempted for `pod`. */
export function isLowerPriority(other: PlacedPod, pod: PodInfo): boolean {
  return other.priority < pod.priority;
}

function startMs(pod: PlacedPod, handle: Handle): number {
  const started = handle.current(pod)?.status?.startTime;
  return started === undefined ? handle.nowMs : handle.timeOf(started);
}

/** Higher priority first, then the one that has run longer. */
function byImportance(pods: readonly PlacedPod[], handle: Handle): PlacedPod[] {
  return [...pods].sort(
    (a, b) => b.priority - a.priority || startMs(a, handle) - startMs(b, handle) || (a.key < b.key ? -1 : 1),
  );
}

/** Parts Pods into those whose deletion would break a budget, taking them in order, and the rest. */
function byBudget(
  pods: readonly PlacedPod[],
  budgets: readonly PodDisruptionBudget[],
): { violating: PlacedPod[]; others: PlacedPod[] } {
  const left = budgets.map((budget) => budget.status?.disruptionsAllowed ?? 0);
  const selectors = budgets.map((budget) => requirementsOfSelector(budget.spec.selector));
  const violating: PlacedPod[] = [];
  const others: PlacedPod[] = [];
  for (const pod of pods) {
    let violates = false;
    budgets.forEach((budget, index) => {
      const selector = selectors[index];
      if (budget.metadata.namespace !== pod.namespace || !selector?.length) return;
      if (!requirementsHold(selector, pod.labels)) return;
      if (Object.hasOwn(budget.status?.disruptedPods ?? {}, pod.name)) return;
      left[index] = (left[index] as number) - 1;
      if ((left[index] as number) < 0) violates = true;
    });
    (violates ? violating : others).push(pod);
  }
  return { violating, others };
}

/** The fewest Pods whose absence lets the Pod fit on a node, or why there are none. */
export function selectVictims(
  cycle: Cycle,
  node: ReadyNodeInfo,
  budgets: readonly PodDisruptionBudget[],
): Candidate | Status {
  const { handle, pod } = cycle;
  const potential: PlacedPod[] = [];
  for (const placed of node.pods.values()) if (isLowerPriority(placed, pod)) potential.push(placed);
  if (potential.length === 0) return NO_VICTIMS;
  const trial = cloneNodeInfo(node);
  let without = cycle;
  for (const victim of potential) {
    removePodFromNode(trial, victim);
    without = handle.withoutPod(without, victim, trial);
  }
  const rejection = handle.runFilters(without, trial);
  if (rejection) return rejection;
  const victims: PlacedPod[] = [];
  const reprieve = (placed: PlacedPod): boolean => {
    addPodToNode(trial, placed);
    const withIt = handle.withPod(without, placed, trial);
    if (!handle.runFilters(withIt, trial)) {
      without = withIt;
      return true;
    }
    removePodFromNode(trial, placed);
    victims.push(placed);
    return false;
  };
  const { violating, others } = byBudget(byImportance(potential, handle), budgets);
  const violations = violating.filter((placed) => !reprieve(placed)).length;
  for (const placed of others) reprieve(placed);
  if (victims.length === 0) return NO_VICTIMS;
  return { nodeName: node.name, victims: byImportance(victims, handle), violations };
}

/** When the longest running of a candidate's most important victims started. */
function earliestStart(candidate: Candidate, handle: Handle): number {
  const highest = candidate.victims[0]?.priority;
  let earliest = Number.POSITIVE_INFINITY;
  for (const victim of candidate.victims) {
    if (victim.priority === highest) earliest = Math.min(earliest, startMs(victim, handle));
  }
  return earliest;
}

/** Priorities reach from -2^31; shifted, so that a victim more is never an advantage. */
const PRIORITY_SHIFT = 2 ** 31;

/** The candidate that does the least harm; of equals, the first. */
export function pickCandidate(candidates: readonly Candidate[], handle: Handle): Candidate | undefined {
  const harms: readonly ((candidate: Candidate) => number)[] = [
    (candidate) => candidate.violations,
    (candidate) => candidate.victims[0]?.priority ?? 0,
    (candidate) => candidate.victims.reduce((sum, victim) => sum + victim.priority + PRIORITY_SHIFT, 0),
    (candidate) => candidate.victims.length,
    (candidate) => -earliestStart(candidate, handle),
  ];
  let left = candidates;
  for (const harm of harms) {
    if (left.length <= 1) break;
    const least = Math.min(...left.map(harm));
    left = left.filter((candidate) => harm(candidate) === least);
  }
  return left[0];
}
