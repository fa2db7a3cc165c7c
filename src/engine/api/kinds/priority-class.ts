/**
 * PriorityClasses. Follows pkg/registry/scheduling/priorityclass/strategy.go: the generation is 1 and stays.
 * As a table: printPriorityClass in pkg/printers/internalversion/printers.go.
 */
import { defaultPriorityClass } from '../defaults/priority-class';
import type { PriorityClass } from '../types';
import { validatePriorityClass, validatePriorityClassUpdate } from '../validation/priority-class';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  default: defaultPriorityClass,
  validate: validatePriorityClass,
  validateUpdate: validatePriorityClassUpdate,
};

const table: TableDefinition<PriorityClass> = {
  columns: columns('NAME,VALUE,GLOBAL-DEFAULT,AGE,PREEMPTIONPOLICY'),
  row: (priorityClass, clock) => [
    priorityClass.metadata.name,
    String(priorityClass.value),
    String(priorityClass.globalDefault ?? false),
    ageOf(priorityClass, clock),
    priorityClass.preemptionPolicy ?? '',
  ],
};

/** PriorityClass. */
export const priorityClassKind: KindDefinition = {
  ...resource('scheduling.k8s.io', 'v1', 'PriorityClass', 'priorityclasses', 'pc', { namespaced: false }),
  countsGenerations: true,
  strategy,
  table,
};
