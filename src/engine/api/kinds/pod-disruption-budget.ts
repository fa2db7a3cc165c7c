/**
 * PodDisruptionBudgets. Follows pkg/registry/policy/poddisruptionbudget/strategy.go.
 * As a table: printPodDisruptionBudget in pkg/printers/internalversion/printers.go.
 */
import type { PodDisruptionBudget } from '../types';
import {
  validateDisruptionBudget,
  validateDisruptionBudgetStatusUpdate,
  validateDisruptionBudgetUpdate,
} from '../validation/disruption-budget';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  default(draft) {
    const budget = draft as PodDisruptionBudget;
    budget.spec ??= {};
  },
  prepareForCreate(draft) {
    draft.status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  },
  validate: validateDisruptionBudget,
  validateUpdate: validateDisruptionBudgetUpdate,
  validateStatusUpdate: validateDisruptionBudgetStatusUpdate,
};

const table: TableDefinition<PodDisruptionBudget> = {
  columns: columns('NAME,MIN AVAILABLE,MAX UNAVAILABLE,ALLOWED DISRUPTIONS,AGE'),
  row: (budget, clock) => [
    budget.metadata.name,
    String(budget.spec?.minAvailable ?? 'N/A'),
    String(budget.spec?.maxUnavailable ?? 'N/A'),
    String(budget.status?.disruptionsAllowed ?? 0),
    ageOf(budget, clock),
  ],
};

/** PodDisruptionBudget. */
export const podDisruptionBudgetKind: KindDefinition = {
  ...resource('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'pdb', { subresources: ['status'] }),
  countsGenerations: true,
  strategy,
  table,
};
