/**
 * Running counts of the Pods that each PodDisruptionBudget selects, kept up to date change by change, so that a sync costs
 * the same whatever the number of Pods; and the budgets of each namespace. Both are caches of client/derived.ts.
 * Upstream lists all Pods at each sync (pkg/controller/disruption/disruption.go, trySync).
 */
import { isPodReady } from '../../api/conditions';
import { controllerOf, type KubeObject, keyOf, type OwnerReference, splitKey } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { matchesLabelSelector } from '../../api/selector';
import type { LabelSelector, Pod, PodDisruptionBudget } from '../../api/types';
import type { Context } from '../../client/component';
import type { DerivedCache, DerivedSource } from '../../client/derived';
import { SortedMap } from '../../client/sorted-map';

/** Pods of one controller among those a budget selects. */
export interface ControllerShare {
  readonly reference: OwnerReference;
  pods: number;
}

/** What the Pods of a budget add up to. */
export interface BudgetCounters {
  /** The selector they were counted by. */
  readonly selector: LabelSelector | undefined;
  pods: number;
  /** Ready and not being deleted. */
  healthy: number;
  unmanaged: number;
  /** By uid and name of the controller. */
  readonly controllers: SortedMap<ControllerShare>;
}

const NONE: readonly PodDisruptionBudget[] = [];

const budgetsCache: DerivedCache<readonly PodDisruptionBudget[]> = {
  name: 'budgets by namespace',
  follows: ['PodDisruptionBudget'],
  build: ({ lister }, namespace) => lister.list<PodDisruptionBudget>('PodDisruptionBudget', namespace),
  apply: (kept, { key }) => {
    kept.delete(splitKey(key).namespace);
  },
};

const countersCache: DerivedCache<BudgetCounters> = {
  name: 'Pods by budget',
  follows: ['Pod', 'PodDisruptionBudget'],
  build: countAll,
  apply: (kept, change) => {
    if (change.kind === 'PodDisruptionBudget') {
      const selector = (change.value as PodDisruptionBudget | undefined)?.spec.selector;
      const counters = kept.get(change.key);
      if (counters && !(change.value && deepEqual(counters.selector, selector))) kept.delete(change.key);
      return;
    }
    const { namespace } = splitKey(change.key);
    for (const [key, counters] of kept.entries()) {
      if (splitKey(key).namespace !== namespace) continue;
      count(counters, change.previous, -1);
      count(counters, change.value, 1);
    }
  },
};

/** The budgets that select a Pod, in order of their names. */
export function budgetsOf(context: Context, pod: Pod): readonly PodDisruptionBudget[] {
  const { namespace = '', labels } = pod.metadata;
  const all = context.derived.read(budgetsCache, namespace);
  return all.length === 0 ? NONE : all.filter(({ spec }) => matchesLabelSelector(spec.selector, labels));
}

/** The budgets of a namespace, the oldest first. */
export function budgetsByAge(context: Context, namespace = ''): readonly PodDisruptionBudget[] {
  const madeAt = ({ metadata }: PodDisruptionBudget): number => context.timeOf(metadata.creationTimestamp as string);
  return [...context.derived.read(budgetsCache, namespace)].sort((a, b) => madeAt(a) - madeAt(b));
}

function isHealthy(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && isPodReady(pod);
}

/** Counts a Pod that came (1) or went (-1), if the budget selects it. */
function count(counters: BudgetCounters, object: KubeObject | undefined, sign: 1 | -1): void {
  const pod = object as Pod | undefined;
  if (!pod || !matchesLabelSelector(counters.selector, pod.metadata.labels)) return;
  counters.pods += sign;
  if (isHealthy(pod)) counters.healthy += sign;
  const reference = controllerOf(pod);
  if (!reference) {
    counters.unmanaged += sign;
    return;
  }
  const { uid, apiVersion, kind, name } = reference;
  const id = `${uid} ${apiVersion} ${kind} ${name}`;
  const share = counters.controllers.get(id) ?? { reference, pods: 0 };
  share.pods += sign;
  if (share.pods > 0) counters.controllers.set(id, share);
  else counters.controllers.delete(id);
}

/** Made from the Pods themselves. */
function countAll({ lister }: Pick<DerivedSource, 'lister'>, key: string): BudgetCounters {
  const budget = lister.byKey<PodDisruptionBudget>('PodDisruptionBudget', key);
  const selector = budget?.spec.selector;
  const counters: BudgetCounters = { selector, pods: 0, healthy: 0, unmanaged: 0, controllers: new SortedMap() };
  for (const pod of lister.unordered<Pod>('Pod', 'namespace', splitKey(key).namespace)) count(counters, pod, 1);
  return counters;
}

/** The counts of a budget. */
export function countersOf(context: Context, budget: PodDisruptionBudget): Readonly<BudgetCounters> {
  return context.derived.read(countersCache, keyOf(budget));
}
