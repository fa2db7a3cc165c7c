/**
 * Secrets.
 * Follows pkg/registry/core/secret/strategy.go.
 */
import { defaultSecret } from '../../api/defaults/secret';
import { validateSecret, validateSecretUpdate } from '../../api/validation/secret';
import type { Strategy } from '../strategy';

/** The rules of Secrets. */
export const secretStrategy: Strategy = {
  default: defaultSecret,
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
};
