/** kubectl describe poddisruptionbudget. Follows describePodDisruptionBudgetV1 in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { formatLabelSelector } from '../../engine/api/selector';
import type { PodDisruptionBudget } from '../../engine/api/types';
import { withEventsOf } from './events';
import { type Describer, field, optionalField } from './text';

/** PodDisruptionBudget. */
export const describePodDisruptionBudget: Describer<PodDisruptionBudget> = (budget, reader, clock) => {
  const { minAvailable, maxUnavailable, selector } = budget.spec;
  const status = budget.status ?? {};
  const text = [
    field('Name', budget.metadata.name),
    field('Namespace', budget.metadata.namespace ?? ''),
    minAvailable === undefined
      ? optionalField('Max unavailable', maxUnavailable)
      : field('Min available', minAvailable),
    field('Selector', selector ? formatLabelSelector(selector) : '<unset>'),
    'Status:\n',
    field('Allowed disruptions', status.disruptionsAllowed ?? 0, 2),
    field('Current', status.currentHealthy ?? 0, 2),
    field('Desired', status.desiredHealthy ?? 0, 2),
    field('Total', status.expectedPods ?? 0, 2),
  ].join('');
  return withEventsOf(budget, text, reader, clock);
};
