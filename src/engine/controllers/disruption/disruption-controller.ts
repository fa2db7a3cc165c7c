/**
 * Keeps the status of PodDisruptionBudgets, from which the eviction subresource decides, and takes back DisruptionTarget
 * conditions of Pods that were not deleted after all.
 * Follows pkg/controller/disruption/disruption.go. Reads budgets, Pods, ReplicaSets and Deployments, other controllers
 * through their scale; writes budgets' status and Pods' status.
 */
import { findCondition, isPodReady } from '../../api/conditions';
import { controllerOf, keyOf, splitKey } from '../../api/meta';
import { goSelector, matchesLabelSelector } from '../../api/selector';
import { StatusError } from '../../api/status-error';
import type { Pod, PodCondition, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';
import { type ControllerMemory, defineController, type Result } from '../../client/controller';
import { budgetsByAge, budgetsOf, countersOf } from './budget-counters';
import {
  type BudgetCounts,
  budgetStatus,
  DELETION_TIMEOUT_MS,
  type DisruptedPods,
  desiredHealthyOf,
  failedStatus,
  isBudgetCurrent,
  needsScale,
  reviewDisruptedPods,
} from './budget-status';
import { expectedScale } from './expected-scale';

type BudgetContext = Context<ControllerMemory>;

const DISRUPTION_TARGET = 'DisruptionTarget';
const NONE: readonly string[] = [];
/** Places in a small map of Go. */
const MAP_GROUP_SLOTS = 8;

/** The disruption controller. */
export const disruptionController = defineController({
  name: 'disruption-controller',
  eventSource: 'controllermanager',
  for: 'PodDisruptionBudget',
  watches: [{ kind: 'Pod', observe: onPodChange, map: budgetOfPod }],
  reads: ['ReplicaSet', 'Deployment'],
  reconcile,
  onTimer: (context, kind, key) => {
    if (kind === 'stale-condition') clearStaleCondition(context, key);
  },
});

function reconcile(context: BudgetContext, key: string): Result {
  const budget = context.lister.byKey<PodDisruptionBudget>('PodDisruptionBudget', key);
  if (!budget) return undefined;
  try {
    return sync(context, budget);
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason === 'Conflict') throw error;
    failSafe(context, budget, error.message);
    return undefined;
  }
}

function sync(context: BudgetContext, budget: PodDisruptionBudget): Result {
  const counters = countersOf(context, budget);
  if (counters.pods === 0 || wasBeforeItsPods(context, budget)) {
    context.events.record(budget, 'Normal', 'NoPods', 'No matching pods found');
  }
  const expected = expectedPodsOf(context, budget);
  if (typeof expected !== 'number') {
    const message = `Failed to calculate the number of expected pods: ${expected.error}`;
    context.events.record(budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
    failSafe(context, budget, expected.error);
    return undefined;
  }
  if (needsScale(budget) && counters.unmanaged > 0) warnOfUnmanagedPods(context, budget);
  const review = reviewEvictions(context, budget);
  const counts: BudgetCounts = {
    expectedPods: expected,
    desiredHealthy: desiredHealthyOf(budget, expected),
    currentHealthy: counters.healthy - healthyAmong(context, budget, review.going),
    disruptedPods: review.kept,
  };
  const status = budgetStatus(budget, counts, context.now);
  if (!isBudgetCurrent(budget, status)) writeStatus(context, budget, status);
  return review.recheckInMs === undefined ? undefined : { requeueAfterMs: review.recheckInMs + 1 };
}

/**
 * A new budget that was applied with its Pods, before them: a real one is looked at before kubectl has sent the next document, here they
 * are applied in one moment. A controller that comes later finds both.
 */
function wasBeforeItsPods(context: BudgetContext, budget: PodDisruptionBudget): boolean {
  const { creationTimestamp, resourceVersion } = budget.metadata;
  if (budget.status.observedGeneration !== undefined || creationTimestamp !== context.now) return false;
  return podsOf(context, budget).every(
    ({ metadata }) =>
      metadata.creationTimestamp === creationTimestamp && Number(metadata.resourceVersion) > Number(resourceVersion),
  );
}

function writeStatus(context: BudgetContext, budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): void {
  context.client.updateStatus<PodDisruptionBudget>({ ...budget, status });
  const { currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed } = status;
  const counts = `${currentHealthy} of ${expectedPods} Pods healthy, ${desiredHealthy} must be`;
  const sentence = `PodDisruptionBudget ${budget.metadata.name}: ${counts}, so ${disruptionsAllowed} may be disrupted`;
  context.say('update-status', budget, sentence);
  context.attach({ currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed });
}

/** Whatever else is wrong, a budget that can't be computed must not let Pods go. */
function failSafe(context: BudgetContext, budget: PodDisruptionBudget, message: string): void {
  context.client.updateStatus<PodDisruptionBudget>({ ...budget, status: failedStatus(budget, message, context.now) });
}

function expectedPodsOf(context: BudgetContext, budget: PodDisruptionBudget): number | { readonly error: string } {
  const { namespace = '' } = budget.metadata;
  const counters = countersOf(context, budget);
  if (!needsScale(budget)) return budget.spec.minAvailable === undefined ? 0 : counters.pods;
  const references = counters.controllers.entries().map(([, { reference }]) => reference);
  const podOf = ({ uid }: { readonly uid: string }): string =>
    podsOf(context, budget).find((pod) => controllerOf(pod)?.uid === uid)?.metadata.name ?? '';
  const scale = expectedScale(context, references, namespace, podOf);
  return 'error' in scale ? scale : scale.replicas;
}

function warnOfUnmanagedPods(context: BudgetContext, budget: PodDisruptionBudget): void {
  const message =
    `Pods selected by this PodDisruptionBudget (selector: ${goSelector(budget.spec.selector)}) were found ` +
    'to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
    'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
  context.events.record(budget, 'Warning', 'UnmanagedPods', message);
}

/** The Pods a budget selects, in key order. */
function podsOf(context: BudgetContext, { spec, metadata }: PodDisruptionBudget): Pod[] {
  const pods = context.lister.list<Pod>('Pod', metadata.namespace);
  return pods.filter((pod) => matchesLabelSelector(spec.selector, pod.metadata.labels));
}

function podNamed(context: BudgetContext, budget: PodDisruptionBudget, name: string): Pod | undefined {
  const pod = context.lister.get<Pod>('Pod', budget.metadata.namespace, name);
  if (!pod || pod.metadata.deletionTimestamp !== undefined) return undefined;
  return budgetsOf(context, pod).some(({ metadata }) => metadata.uid === budget.metadata.uid) ? pod : undefined;
}

function healthyAmong(context: BudgetContext, budget: PodDisruptionBudget, names: readonly string[]): number {
  return names.filter((name) => {
    const pod = podNamed(context, budget, name);
    return pod !== undefined && isPodReady(pod);
  }).length;
}

/** The message names the budget's namespace twice, as upstream's does. */
function reviewEvictions(context: BudgetContext, budget: PodDisruptionBudget): DisruptedPods {
  const { namespace } = budget.metadata;
  const isThere = (name: string): boolean => podNamed(context, budget, name) !== undefined;
  const review = reviewDisruptedPods(budget.status.disruptedPods ?? {}, isThere, context);
  for (const name of review.overdue) {
    const pod = podNamed(context, budget, name);
    const at = budget.status.disruptedPods?.[name];
    const wasAsked = ({ status }: PodDisruptionBudget) => status.disruptedPods?.[name] === at;
    context.because(context.lister.since('PodDisruptionBudget', budget, wasAsked));
    const message = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
    if (pod) context.events.record(pod, 'Warning', 'NotDeleted', message);
  }
  return review;
}

/** How long a Pod's DisruptionTarget still holds; undefined when it has none that could grow stale. */
function staleInMs(context: BudgetContext, pod: Pod): number | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  const condition = findCondition(pod.status.conditions, DISRUPTION_TARGET);
  const { phase } = pod.status;
  if (condition?.status !== 'True' || condition.reason === 'TerminationByKubelet') return undefined;
  if (phase === 'Succeeded' || phase === 'Failed') return undefined;
  const since = condition.lastTransitionTime ? context.timeOf(condition.lastTransitionTime) : 0;
  return Math.max(0, since + DELETION_TIMEOUT_MS - context.nowMs);
}

function onPodChange(context: BudgetContext, event: WatchEvent): void {
  const waitMs = event.value && staleInMs(context, event.value as Pod);
  if (waitMs !== undefined) context.after(waitMs, 'stale-condition', event.key);
}

/**
 * Which budget a Pod's change wakes: one, even where several select it, so that the others may keep old numbers for long. Upstream takes
 * the first of a Go map of the namespace's budgets, which is read from one of its eight places on, as a ring: mostly that is the oldest.
 */
function budgetOfPod(context: BudgetContext, event: WatchEvent): readonly string[] {
  const pod = (event.value ?? event.previous) as Pod;
  const budgets = budgetsOf(context, pod);
  const [first] = budgets;
  if (!first || budgets.length === 1) return first ? [keyOf(first)] : NONE;
  const { namespace, name } = pod.metadata;
  const all = budgetsByAge(context, namespace);
  const start = context.random.below(Math.max(all.length, MAP_GROUP_SLOTS));
  const chosen = [...all.slice(start), ...all.slice(0, start)].find((budget) => budgets.includes(budget)) ?? first;
  const message = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${chosen.metadata.name}" arbitrarily.`;
  context.events.record(pod, 'Warning', 'MultiplePodDisruptionBudgets', message);
  return [keyOf(chosen)];
}

/** The timer `stale-condition`: the Pod was to be disrupted and lives on. */
function clearStaleCondition(context: BudgetContext, key: string): void {
  const { namespace, name } = splitKey(key);
  const pod = context.lister.get<Pod>('Pod', namespace, name);
  const waitMs = pod && staleInMs(context, pod);
  if (!pod || waitMs === undefined) return;
  if (waitMs > 0) {
    context.after(waitMs, 'stale-condition', key);
    return;
  }
  const cleared: PodCondition = {
    type: DISRUPTION_TARGET,
    observedGeneration: pod.metadata.generation,
    status: 'False',
    lastProbeTime: null as unknown as undefined,
    lastTransitionTime: context.now,
  };
  const conditions = (pod.status.conditions ?? []).map((one) => (one.type === DISRUPTION_TARGET ? cleared : one));
  try {
    context.client.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
    context.say(
      'update-status',
      pod,
      `Pod ${name} was to be disrupted two minutes ago and is still there: DisruptionTarget is off`,
    );
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    context.after(1000, 'stale-condition', key);
  }
}
