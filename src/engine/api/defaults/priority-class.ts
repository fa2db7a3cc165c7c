/** Defaults of PriorityClasses. Fills in place. Follows pkg/apis/scheduling/v1/defaults.go. */
import type { KubeObject } from '../meta';
import type { PriorityClass } from '../types';

/** Fills what a PriorityClass leaves open. */
export function defaultPriorityClass(draft: KubeObject): void {
  const priorityClass = draft as PriorityClass;
  priorityClass.value ??= 0;
  priorityClass.preemptionPolicy ??= 'PreemptLowerPriority';
}
