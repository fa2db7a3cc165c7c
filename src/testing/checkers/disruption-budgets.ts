/**
 * No eviction of a healthy Pod leaves fewer healthy Pods than its PodDisruptionBudget wants, counted from scratch; and when nothing is left to do,
 * every budget says what is so.
 */
import { keyOf } from '../../engine/api/meta';
import { deepEqual } from '../../engine/api/plain';
import { matchesLabelSelector } from '../../engine/api/selector';
import type { Deployment, IntOrString, Pod, PodDisruptionBudget, ReplicaSet } from '../../engine/api/types';
import { beginsDeletion, type Checker, type ClusterState, controllerUid, isReady, nameOf } from './history';

/** How long a loss that nobody chose excuses a count the disruption controller hasn't seen yet. */
const STALE_MS = 100;
const EXCUSED_AFTER_OUTAGE_MS = 2000;
/** The controller's next try to reach the API server is at most so long after an outage. */
const RECONNECTS_WITHIN_MS = 31_000;

const SCALED = ['Deployment', 'StatefulSet', 'ReplicationController'];

const isEvicted = (pod: Pod | undefined): boolean =>
  (pod?.status?.conditions ?? []).some(
    ({ type, reason }) => type === 'DisruptionTarget' && reason === 'EvictionByEvictionAPI',
  );

function podsOf({ metadata, spec }: PodDisruptionBudget, state: ClusterState): Pod[] {
  return state
    .list<Pod>('Pod')
    .filter(
      (pod) =>
        pod.metadata.namespace === metadata.namespace && matchesLabelSelector(spec.selector, pod.metadata.labels),
    );
}

/** The budgets that select a Pod. */
function budgetsOf({ metadata }: Pod, state: ClusterState): PodDisruptionBudget[] {
  return state
    .list<PodDisruptionBudget>('PodDisruptionBudget')
    .filter(
      (budget) =>
        budget.metadata.namespace === metadata.namespace && matchesLabelSelector(budget.spec.selector, metadata.labels),
    );
}

/** What the workloads of these Pods want in total. */
function expectedPods(pods: readonly Pod[], state: ClusterState): number {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = state.withUid<ReplicaSet>(controllerUid(pod));
    const workload = (owner && state.withUid<Deployment>(controllerUid(owner))) ?? owner;
    if (workload) scales.set(workload.metadata.uid ?? '', workload.spec.replicas ?? 1);
  }
  return [...scales.values()].reduce((sum, scale) => sum + scale, 0);
}

const part = (value: IntOrString, total: number): number =>
  typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) * total) / 100) : value;

/** Whether what a budget wants can be told at all: DaemonSets have no number of Pods that they want. */
function isCountable(budget: PodDisruptionBudget, state: ClusterState): boolean {
  if (typeof budget.spec.minAvailable === 'number') return true;
  return podsOf(budget, state).every((pod) => state.withUid(controllerUid(pod))?.kind !== 'DaemonSet');
}

/** Whether a budget shares a Pod with another: the change of such a Pod wakes only one of them, so its numbers may be old for long. */
const isShared = (budget: PodDisruptionBudget, state: ClusterState): boolean =>
  podsOf(budget, state).some((pod) => budgetsOf(pod, state).length > 1);

/** How many healthy Pods a budget wants. */
function wantedHealthy(budget: PodDisruptionBudget, state: ClusterState): number {
  const { minAvailable, maxUnavailable } = budget.spec;
  if (typeof minAvailable === 'number') return minAvailable;
  const expected = expectedPods(podsOf(budget, state), state);
  if (minAvailable !== undefined) return part(minAvailable, expected);
  return maxUnavailable === undefined ? 0 : Math.max(0, expected - part(maxUnavailable, expected));
}

const isHealthy = (pod: Pod): boolean => isReady(pod) && !pod.metadata.deletionTimestamp;

/** What a budget says in the end that isn't so. */
function wrongInTheEnd(budget: PodDisruptionBudget, state: ClusterState): string[] {
  if (!isCountable(budget, state) || isShared(budget, state)) return [];
  const pods = podsOf(budget, state);
  const healthy = pods.filter(isHealthy).length;
  const wanted = wantedHealthy(budget, state);
  const { currentHealthy = 0, desiredHealthy = 0, disruptionsAllowed = 0 } = budget.status;
  const said = `${currentHealthy} healthy, ${desiredHealthy} wanted, ${disruptionsAllowed} may go`;
  const truth = `${healthy} healthy, ${wanted} wanted, ${pods.length > 0 ? Math.max(0, healthy - wanted) : 0} may go`;
  return said === truth ? [] : [`${nameOf(budget)} ends saying ${said}; true is ${truth}`];
}

export const disruptionBudgets: Checker = {
  name: 'disruption budgets',
  begin: (complain) => {
    let excusedUntilMs = 0;
    let cutOffUntilMs = 0;
    /** Budgets that a Pod left by changing its labels, or shared as it changed: as upstream, the controller isn't told of that. */
    const unaware = new Set<string>();
    return {
      step: ({ actor, verb, time }) => {
        const isOutage = actor === 'fault' && (verb === 'heal' || verb === 'component-down');
        if (verb === 'lead') excusedUntilMs = time + EXCUSED_AFTER_OUTAGE_MS;
        if (isOutage) cutOffUntilMs = time + RECONNECTS_WITHIN_MS;
        if (actor === 'disruption-controller') cutOffUntilMs = Math.min(cutOffUntilMs, time + EXCUSED_AFTER_OUTAGE_MS);
      },
      change: (change, state, step) => {
        const { kind, key, value, previous, atMs } = change;
        if (kind === 'PodDisruptionBudget' && step?.actor === 'disruption-controller') unaware.delete(key);
        // What a budget or a scale has just become, the disruption controller still has to see.
        if (kind === 'PodDisruptionBudget' && !deepEqual(value?.spec, previous?.spec))
          excusedUntilMs = Math.max(excusedUntilMs, atMs + STALE_MS);
        if (SCALED.includes(kind) && !deepEqual(value?.spec, previous?.spec))
          excusedUntilMs = Math.max(excusedUntilMs, atMs + STALE_MS);
        if (kind !== 'Pod' || !previous) return;
        const [pod, before] = [value as Pod | undefined, previous as Pod];
        const concerned = budgetsOf(before, state);
        if (concerned.length > 1 || (pod && !deepEqual(pod.metadata.labels, before.metadata.labels))) {
          for (const budget of concerned) unaware.add(keyOf(budget));
        }
        if (beginsDeletion(change) && isEvicted(pod ?? before)) {
          if (atMs < Math.max(excusedUntilMs, cutOffUntilMs) || !isReady(before)) return;
          for (const budget of concerned) {
            if (unaware.has(keyOf(budget)) || isShared(budget, state)) continue;
            const healthy = podsOf(budget, state).filter(isHealthy).length;
            const wanted = wantedHealthy(budget, state);
            if (healthy < wanted)
              complain(`evicting ${nameOf(before)} leaves ${healthy} healthy Pods, ${nameOf(budget)} wants ${wanted}`);
          }
        } else if (isHealthy(before) && !(pod && isHealthy(pod))) {
          excusedUntilMs = Math.max(excusedUntilMs, atMs + STALE_MS);
        }
      },
      settled: (state) => {
        for (const budget of state.list<PodDisruptionBudget>('PodDisruptionBudget')) {
          if (unaware.has(keyOf(budget))) continue;
          for (const complaint of wrongInTheEnd(budget, state)) complain(complaint);
        }
      },
    };
  },
};
