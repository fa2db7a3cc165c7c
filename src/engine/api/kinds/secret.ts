/**
 * Secrets. Follows pkg/registry/core/secret/strategy.go.
 * As a table: printSecret in pkg/printers/internalversion/printers.go.
 */
import { defaultSecret } from '../defaults/secret';
import type { Secret } from '../types';
import { validateSecret, validateSecretUpdate } from '../validation/secret';
import { secretWarnings } from '../warnings/others';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  default: defaultSecret,
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
  warningsOnCreate: (object) => secretWarnings(object as Secret),
  warningsOnUpdate: (object) => secretWarnings(object as Secret),
};

const table: TableDefinition<Secret> = {
  columns: columns('NAME,TYPE,DATA,AGE'),
  row: (secret, clock) => [
    secret.metadata.name,
    secret.type ?? '',
    String(Object.keys(secret.data ?? {}).length),
    ageOf(secret, clock),
  ],
};

/** Secret. */
export const secretKind: KindDefinition = {
  ...resource('', 'v1', 'Secret', 'secrets', ''),
  selectableFields: ['type'],
  strategy,
  table,
};
