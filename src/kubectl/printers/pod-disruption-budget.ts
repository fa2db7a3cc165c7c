/** PodDisruptionBudget as a table row. Follows printPodDisruptionBudget in pkg/printers/internalversion/printers.go. */
import type { PodDisruptionBudget } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** PodDisruptionBudget. */
export const podDisruptionBudgetPrinter: Printer<PodDisruptionBudget> = {
  columns: columns('NAME,MIN AVAILABLE,MAX UNAVAILABLE,ALLOWED DISRUPTIONS,AGE'),
  row: (budget, clock) => [
    budget.metadata.name,
    String(budget.spec?.minAvailable ?? 'N/A'),
    String(budget.spec?.maxUnavailable ?? 'N/A'),
    String(budget.status?.disruptionsAllowed ?? 0),
    ageOf(budget, clock),
  ],
};
