/**
 * ServiceAccounts. Follows pkg/registry/core/serviceaccount/strategy.go.
 * As a table: printServiceAccount in pkg/printers/internalversion/printers.go.
 */
import type { KubeObject } from '../meta';
import type { ServiceAccount } from '../types';
import { validateServiceAccount, validateServiceAccountUpdate } from '../validation/service-account';
import { serviceAccountWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

/** Of the references to Secrets only the names mean anything. */
function keepSecretNames(draft: KubeObject): void {
  const account = draft as ServiceAccount;
  if (account.secrets) account.secrets = account.secrets.map(({ name }) => (name ? { name } : {}));
}

const strategy: Strategy = {
  prepareForCreate: keepSecretNames,
  prepareForUpdate: keepSecretNames,
  validate: validateServiceAccount,
  validateUpdate: validateServiceAccountUpdate,
  warningsOnCreate: (object) => serviceAccountWarnings(object as ServiceAccount),
  warningsOnUpdate: (object, old) => serviceAccountWarnings(object as ServiceAccount, old as ServiceAccount),
};

const table: TableDefinition<ServiceAccount> = {
  columns: columns('NAME,AGE'),
  row: (account, clock) => [account.metadata.name, ageOf(account, clock)],
};

/** ServiceAccount. */
export const serviceAccountKind: KindDefinition = {
  ...resource('', 'v1', 'ServiceAccount', 'serviceaccounts', 'sa', { subresources: ['token'] }),
  strategy,
  table,
};
