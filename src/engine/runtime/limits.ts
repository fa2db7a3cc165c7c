/** Budgets of a run: what keeps a tab alive when someone asks for a million replicas. Reaching one pauses with a message. */
import type { Limits } from '../simulation';

/** The budgets that hold unless a caller raises them. */
export const DEFAULT_LIMITS: Limits = { maxObjects: 20_000, maxStepsPerSecond: 20_000, maxRevisions: 400_000 };

/** The message of the budget that is used up, or undefined. */
export function exceededLimit(
  limits: Limits,
  use: { objects: number; steps: number; revisions: number; second: number },
): string | undefined {
  if (use.objects > limits.maxObjects) {
    return `Paused: the cluster holds ${use.objects} objects, more than the budget of ${limits.maxObjects}. Raise the budget (maxObjects) to go on.`;
  }
  if (use.steps > limits.maxStepsPerSecond) {
    return `Paused: more than ${limits.maxStepsPerSecond} steps happened in virtual second ${use.second}. Raise the budget (maxStepsPerSecond) to go on.`;
  }
  if (use.revisions > limits.maxRevisions) {
    return `Paused: the history holds ${use.revisions} revisions, more than the budget of ${limits.maxRevisions}. Raise the budget (maxRevisions) to go on.`;
  }
  return undefined;
}
