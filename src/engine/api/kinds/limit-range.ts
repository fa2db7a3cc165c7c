/**
 * LimitRanges. Follows pkg/registry/core/limitrange/strategy.go.
 * As a table: name and time of creation (rest.NewDefaultTableConvertor).
 */
import { defaultLimitRange } from '../defaults/limit-range';
import { validateLimitRange } from '../validation/limit-range';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { CREATED_AT_TABLE } from './table';

const strategy: Strategy = {
  default: defaultLimitRange,
  validate: validateLimitRange,
  validateUpdate: validateLimitRange,
};

/** LimitRange. */
export const limitRangeKind: KindDefinition = {
  ...resource('', 'v1', 'LimitRange', 'limitranges', 'limits'),
  strategy,
  table: CREATED_AT_TABLE,
};
