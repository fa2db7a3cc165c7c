/** No eviction of a healthy Pod leaves fewer healthy Pods than its PodDisruptionBudget wants, counted from scratch. */
import { matchesLabelSelector } from '../../engine/api/selector';
import type { Deployment, IntOrString, Pod, PodDisruptionBudget, ReplicaSet } from '../../engine/api/types';
import { beginsDeletion, type Checker, type ClusterState, controllerUid, isReady, nameOf } from './history';

/** How long a loss that nobody chose excuses a count the disruption controller hasn't seen yet. */
const STALE_MS = 100;
const EXCUSED_AFTER_OUTAGE_MS = 2000;

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

/** What the workloads of these Pods want in total. */
function expectedPods(pods: readonly Pod[], state: ClusterState): number {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const replicaSet = state.withUid<ReplicaSet>(controllerUid(pod));
    const workload = (replicaSet && state.withUid<Deployment>(controllerUid(replicaSet))) ?? replicaSet;
    if (workload) scales.set(workload.metadata.uid ?? '', workload.spec.replicas ?? 1);
  }
  return [...scales.values()].reduce((sum, scale) => sum + scale, 0);
}

const part = (value: IntOrString, total: number): number =>
  typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) * total) / 100) : value;

/** How many healthy Pods a budget wants. */
export function wantedHealthy(budget: PodDisruptionBudget, state: ClusterState): number {
  const { minAvailable, maxUnavailable } = budget.spec;
  if (typeof minAvailable === 'number') return minAvailable;
  const expected = expectedPods(podsOf(budget, state), state);
  if (minAvailable !== undefined) return part(minAvailable, expected);
  return maxUnavailable === undefined ? 0 : Math.max(0, expected - part(maxUnavailable, expected));
}

const isHealthy = (pod: Pod): boolean => isReady(pod) && !pod.metadata.deletionTimestamp;

export const disruptionBudgets: Checker = {
  name: 'disruption budgets',
  begin: (complain) => {
    let excusedUntilMs = 0;
    return {
      step: ({ actor, verb, time }) => {
        if (actor !== 'fault') return;
        if (verb === 'heal' || verb === 'component-down') excusedUntilMs = time + EXCUSED_AFTER_OUTAGE_MS;
      },
      change: (change, state) => {
        const { kind, value, previous, atMs } = change;
        // What a budget or a scale has just become, the disruption controller still has to see.
        if (kind === 'PodDisruptionBudget' && value?.spec !== previous?.spec)
          excusedUntilMs = Math.max(excusedUntilMs, atMs + STALE_MS);
        if (kind === 'Deployment' && value?.spec !== previous?.spec)
          excusedUntilMs = Math.max(excusedUntilMs, atMs + STALE_MS);
        if (kind !== 'Pod' || !previous) return;
        const [pod, before] = [value as Pod | undefined, previous as Pod];
        if (beginsDeletion(change) && isEvicted(pod ?? before)) {
          if (atMs < excusedUntilMs || !isReady(before)) return;
          for (const budget of state.list<PodDisruptionBudget>('PodDisruptionBudget')) {
            if (budget.metadata.namespace !== before.metadata.namespace) continue;
            if (!matchesLabelSelector(budget.spec.selector, before.metadata.labels)) continue;
            const healthy = podsOf(budget, state).filter(isHealthy).length;
            const wanted = wantedHealthy(budget, state);
            if (healthy < wanted)
              complain(`evicting ${nameOf(before)} leaves ${healthy} healthy Pods, ${nameOf(budget)} wants ${wanted}`);
          }
        } else if (isHealthy(before) && !(pod && isHealthy(pod))) {
          excusedUntilMs = Math.max(excusedUntilMs, atMs + STALE_MS);
        }
      },
    };
  },
};
