/** kubectl describe priorityclass. Follows describePriorityClass in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */

import { formatLabels } from '../../engine/api/kinds/table';
import type { PriorityClass } from '../../engine/api/types';
import { withEventsOf } from './events';
import { type Describer, field } from './text';

/** PriorityClass. */
export const describePriorityClass: Describer<PriorityClass> = (priorityClass, reader, clock) => {
  const text = [
    field('Name', priorityClass.metadata.name),
    field('Value', priorityClass.value ?? 0),
    field('GlobalDefault', priorityClass.globalDefault ?? false),
    field('PreemptionPolicy', priorityClass.preemptionPolicy ?? ''),
    field('Description', priorityClass.description ?? ''),
    field('Annotations', formatLabels(priorityClass.metadata.annotations)),
  ].join('');
  return withEventsOf(priorityClass, text, reader, clock);
};
