/**
 * PodDisruptionBudgets.
 * Follows pkg/registry/policy/poddisruptionbudget/strategy.go.
 */
import type { PodDisruptionBudget } from '../../api/types';
import {
  validateDisruptionBudget,
  validateDisruptionBudgetStatusUpdate,
  validateDisruptionBudgetUpdate,
} from '../../api/validation/disruption-budget';
import type { Strategy } from '../strategy';

/** The rules of PodDisruptionBudgets. */
export const podDisruptionBudgetStrategy: Strategy = {
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
