/**
 * PriorityClasses.
 * Follows pkg/registry/scheduling/priorityclass/strategy.go: the generation is 1 and stays.
 */
import { defaultPriorityClass } from '../../api/defaults/priority-class';
import { validatePriorityClass, validatePriorityClassUpdate } from '../../api/validation/priority-class';
import type { Strategy } from '../strategy';

/** The rules of PriorityClasses. */
export const priorityClassStrategy: Strategy = {
  default: defaultPriorityClass,
  validate: validatePriorityClass,
  validateUpdate: validatePriorityClassUpdate,
};
