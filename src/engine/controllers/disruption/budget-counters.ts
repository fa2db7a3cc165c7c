/**
 * Running counts of the Pods that each PodDisruptionBudget selects, kept up to date by the watch, so that a sync costs
 * the same whatever the number of Pods. They can be made again from the lister, so they live in `context.derived`.
 * Upstream lists all Pods at each sync (pkg/controller/disruption/disruption.go, trySync).
 */
import { isPodReady } from '../../api/conditions';
import { controllerOf, keyOf, type OwnerReference } from '../../api/meta';
import { matchesLabelSelector } from '../../api/selector';
import type { Pod, PodDisruptionBudget } from '../../api/types';
import type { Context, WatchEvent } from '../../client/component';

/** Pods of one controller among those a budget selects. */
export interface ControllerShare {
  readonly reference: OwnerReference;
  pods: number;
}

/** What the Pods of a budget add up to. */
export interface BudgetCounters {
  pods: number;
  /** Ready and not being deleted. */
  healthy: number;
  unmanaged: number;
  /** By uid of the controller. */
  readonly controllers: Map<string, ControllerShare>;
}

interface BudgetCache {
  /** By namespace, by name; dropped whenever a budget changes. */
  readonly budgets: Map<string, readonly PodDisruptionBudget[]>;
  /** By key of the budget; there once a sync has asked for them. */
  readonly counters: Map<string, BudgetCounters>;
}

const NONE: readonly PodDisruptionBudget[] = [];

function cacheOf(context: Context): BudgetCache {
  const known = context.derived.budgets as BudgetCache | undefined;
  if (known) return known;
  const fresh: BudgetCache = { budgets: new Map(), counters: new Map() };
  context.derived.budgets = fresh;
  return fresh;
}

/** The budgets that select a Pod, in order of their names. */
export function budgetsOf(context: Context, pod: Pod): readonly PodDisruptionBudget[] {
  const { namespace = '', labels } = pod.metadata;
  const { budgets } = cacheOf(context);
  let all = budgets.get(namespace);
  if (!all) {
    all = context.lister.list<PodDisruptionBudget>('PodDisruptionBudget', namespace);
    budgets.set(namespace, all);
  }
  return all.length === 0 ? NONE : all.filter(({ spec }) => matchesLabelSelector(spec.selector, labels));
}

/** Takes a change of a budget into account. */
export function noteBudgetChange(context: Context, event: WatchEvent): void {
  const { budgets, counters } = cacheOf(context);
  budgets.clear();
  const before = event.previous as PodDisruptionBudget | undefined;
  const after = event.value as PodDisruptionBudget | undefined;
  if (before?.spec.selector !== after?.spec.selector) counters.delete(event.key);
}

function isHealthy(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && isPodReady(pod);
}

function add(counters: BudgetCounters, pod: Pod, sign: 1 | -1): void {
  counters.pods += sign;
  if (isHealthy(pod)) counters.healthy += sign;
  const reference = controllerOf(pod);
  if (!reference) {
    counters.unmanaged += sign;
    return;
  }
  const share = counters.controllers.get(reference.uid) ?? { reference, pods: 0 };
  share.pods += sign;
  if (share.pods > 0) counters.controllers.set(reference.uid, share);
  else counters.controllers.delete(reference.uid);
}

/** Takes a delivered change of a Pod into account. */
export function countPodChange(context: Context, event: WatchEvent): void {
  const { counters } = cacheOf(context);
  if (counters.size === 0) return;
  const before = event.previous as Pod | undefined;
  const after = event.value as Pod | undefined;
  for (const budget of before ? budgetsOf(context, before) : NONE) {
    const kept = counters.get(keyOf(budget));
    if (kept) add(kept, before as Pod, -1);
  }
  for (const budget of after ? budgetsOf(context, after) : NONE) {
    const kept = counters.get(keyOf(budget));
    if (kept) add(kept, after as Pod, 1);
  }
}

/** The Pods a budget selects, in key order. */
export function podsOf(context: Context, budget: PodDisruptionBudget): Pod[] {
  const pods = context.lister.list<Pod>('Pod', budget.metadata.namespace);
  return pods.filter((pod) => matchesLabelSelector(budget.spec.selector, pod.metadata.labels));
}

/** The same counts, made from the Pods themselves. */
export function countersFromScratch(pods: readonly Pod[]): BudgetCounters {
  const counters: BudgetCounters = { pods: 0, healthy: 0, unmanaged: 0, controllers: new Map() };
  for (const pod of pods) add(counters, pod, 1);
  return counters;
}

/** The kept counts of a budget; made from the lister when there are none yet. */
export function countersOf(context: Context, budget: PodDisruptionBudget): Readonly<BudgetCounters> {
  const { counters } = cacheOf(context);
  const key = keyOf(budget);
  const known = counters.get(key);
  if (known) return known;
  const fresh = countersFromScratch(podsOf(context, budget));
  counters.set(key, fresh);
  return fresh;
}
