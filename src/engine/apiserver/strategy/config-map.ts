/**
 * ConfigMaps.
 * Follows pkg/registry/core/configmap/strategy.go.
 */
import { validateConfigMap, validateConfigMapUpdate } from '../../api/validation/config-map';
import type { Strategy } from '../strategy';

/** The rules of ConfigMaps. */
export const configMapStrategy: Strategy = {
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
};
