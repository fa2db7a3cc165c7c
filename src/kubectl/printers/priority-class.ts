/** PriorityClass as a table row. Follows printPriorityClass in pkg/printers/internalversion/printers.go. */
import type { PriorityClass } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** PriorityClass. */
export const priorityClassPrinter: Printer<PriorityClass> = {
  columns: columns('NAME,VALUE,GLOBAL-DEFAULT,AGE|PREEMPTIONPOLICY'),
  row: (priorityClass, clock) => [
    priorityClass.metadata.name,
    String(priorityClass.value),
    String(priorityClass.globalDefault ?? false),
    ageOf(priorityClass, clock),
    priorityClass.preemptionPolicy ?? '',
  ],
};
