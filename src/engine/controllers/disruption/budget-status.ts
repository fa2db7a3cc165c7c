/**
 * The status of a PodDisruptionBudget: how many of its Pods may go now. Pure.
 * Follows updatePdbStatus, countHealthyPods and buildDisruptedPodMap in pkg/controller/disruption/disruption.go,
 * pkg/apis/policy helper functions (component-helpers apps/poddisruptionbudget) and apimachinery's SetStatusCondition.
 */
import { scaledValueFromIntOrPercent } from '../../api/int-or-percent';
import { deepEqual, putIn } from '../../api/plain';
import type { Condition, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/types';

/** How long an approved eviction may take to show before it is taken for failed. */
export const DELETION_TIMEOUT_MS = 120_000;

const DISRUPTION_ALLOWED = 'DisruptionAllowed';

/** What the status is computed from. */
export interface BudgetCounts {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly currentHealthy: number;
  /** Pods whose eviction was approved, with the time of that. */
  readonly disruptedPods: Readonly<Record<string, string>>;
}

/** True when the number of wanted Pods must be asked of their controllers. */
export function needsScale({ spec }: PodDisruptionBudget): boolean {
  return spec.maxUnavailable !== undefined || typeof spec.minAvailable === 'string';
}

/** How many Pods must stay healthy out of `expectedPods`. */
export function desiredHealthyOf({ spec }: PodDisruptionBudget, expectedPods: number): number {
  if (spec.maxUnavailable !== undefined) {
    return Math.max(0, expectedPods - scaledValueFromIntOrPercent(spec.maxUnavailable, expectedPods, true));
  }
  return spec.minAvailable === undefined ? 0 : scaledValueFromIntOrPercent(spec.minAvailable, expectedPods, true);
}

/** Sets a condition; the time of a transition is kept while the status stays. */
function setStatusCondition(
  conditions: readonly Condition[],
  condition: Omit<Condition, 'lastTransitionTime'>,
  now: string,
): Condition[] {
  const current = conditions.find(({ type }) => type === condition.type);
  const isSame = current !== undefined && current.status === condition.status;
  const next = { ...condition, lastTransitionTime: isSame ? current.lastTransitionTime : now };
  return current ? conditions.map((other) => (other === current ? next : other)) : [...conditions, next];
}

function allowedCondition(
  disruptionsAllowed: number,
  observedGeneration: number,
): Omit<Condition, 'lastTransitionTime'> {
  const isAllowed = disruptionsAllowed > 0;
  return {
    type: DISRUPTION_ALLOWED,
    status: isAllowed ? 'True' : 'False',
    observedGeneration,
    reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  };
}

function withDisruptedPods(disruptedPods: Readonly<Record<string, string>>): Partial<PodDisruptionBudgetStatus> {
  return Object.keys(disruptedPods).length > 0 ? { disruptedPods: { ...disruptedPods } } : {};
}

/** The status these counts make. A budget that expects no Pods allows nothing, as its first Pods may be on their way. */
export function budgetStatus(
  budget: PodDisruptionBudget,
  counts: BudgetCounts,
  now: string,
): PodDisruptionBudgetStatus {
  const { expectedPods, desiredHealthy, currentHealthy, disruptedPods } = counts;
  const spare = currentHealthy - desiredHealthy;
  const disruptionsAllowed = expectedPods <= 0 || spare <= 0 ? 0 : spare;
  const observedGeneration = budget.metadata.generation ?? 0;
  const condition = allowedCondition(disruptionsAllowed, observedGeneration);
  return {
    ...withDisruptedPods(disruptedPods),
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed,
    expectedPods,
    observedGeneration,
    conditions: setStatusCondition(budget.status.conditions ?? [], condition, now),
  };
}

/** Whether a budget says all that already. */
export function isBudgetCurrent({ status }: PodDisruptionBudget, next: PodDisruptionBudgetStatus): boolean {
  const current = status.conditions?.find(({ type }) => type === DISRUPTION_ALLOWED);
  const wanted = next.conditions?.find(({ type }) => type === DISRUPTION_ALLOWED);
  return (
    status.currentHealthy === next.currentHealthy &&
    status.desiredHealthy === next.desiredHealthy &&
    status.expectedPods === next.expectedPods &&
    status.disruptionsAllowed === next.disruptionsAllowed &&
    deepEqual(status.disruptedPods ?? {}, next.disruptedPods ?? {}) &&
    status.observedGeneration === next.observedGeneration &&
    current?.status === wanted?.status &&
    current?.reason === wanted?.reason &&
    current?.observedGeneration === wanted?.observedGeneration
  );
}

/** The status of a budget that could not be computed: nothing may go. */
export function failedStatus({ status }: PodDisruptionBudget, message: string, now: string): PodDisruptionBudgetStatus {
  const condition: Omit<Condition, 'lastTransitionTime'> = {
    type: DISRUPTION_ALLOWED,
    status: 'False',
    ...(status.observedGeneration ? { observedGeneration: status.observedGeneration } : {}),
    reason: 'SyncFailed',
    message,
  };
  return {
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    ...status,
    disruptionsAllowed: 0,
    conditions: setStatusCondition(status.conditions ?? [], condition, now),
  };
}

/** What is left of the approved evictions, and when the earliest of them is to be given up. */
export interface DisruptedPods {
  readonly kept: Readonly<Record<string, string>>;
  /** Names of Pods that should be gone by now. */
  readonly overdue: readonly string[];
  /** Names of kept Pods that don't count as healthy, as they are expected to go any moment. */
  readonly going: readonly string[];
  readonly recheckInMs: number | undefined;
}

/** Goes through the approved evictions. `isThere` says whether a Pod of the budget still exists and isn't being deleted. */
export function reviewDisruptedPods(
  disruptedPods: Readonly<Record<string, string>>,
  isThere: (name: string) => boolean,
  clock: { readonly nowMs: number; timeOf(timestamp: string): number },
): DisruptedPods {
  const kept: Record<string, string> = {};
  const overdue: string[] = [];
  const going: string[] = [];
  let recheckInMs: number | undefined;
  for (const [name, time] of Object.entries(disruptedPods).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isThere(name)) continue;
    const leftMs = clock.timeOf(time) + DELETION_TIMEOUT_MS - clock.nowMs;
    if (leftMs < 0) {
      overdue.push(name);
      continue;
    }
    putIn(kept, name, time);
    if (leftMs > 0) going.push(name);
    recheckInMs = Math.min(recheckInMs ?? leftMs, leftMs);
  }
  return { kept, overdue, going, recheckInMs };
}
