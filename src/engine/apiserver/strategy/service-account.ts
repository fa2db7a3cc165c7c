/**
 * ServiceAccounts.
 * Follows pkg/registry/core/serviceaccount/strategy.go.
 */
import type { KubeObject } from '../../api/meta';
import type { ServiceAccount } from '../../api/types';
import { validateServiceAccount, validateServiceAccountUpdate } from '../../api/validation/service-account';
import type { Strategy } from '../strategy';

/** Of the references to Secrets only the names mean anything. */
function keepSecretNames(draft: KubeObject): void {
  const account = draft as ServiceAccount;
  if (account.secrets) account.secrets = account.secrets.map(({ name }) => (name ? { name } : {}));
}

/** The rules of ServiceAccounts. */
export const serviceAccountStrategy: Strategy = {
  prepareForCreate: keepSecretNames,
  prepareForUpdate: keepSecretNames,
  validate: validateServiceAccount,
  validateUpdate: validateServiceAccountUpdate,
};
