/**
 * Events of the core group.
 * Follows pkg/registry/core/event/strategy.go.
 */
import { validateEvent, validateEventUpdate } from '../../api/validation/core-event';
import type { Strategy } from '../strategy';

/** The rules of Events. */
export const eventStrategy: Strategy = {
  validate: validateEvent,
  validateUpdate: validateEventUpdate,
};
