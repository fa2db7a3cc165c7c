/** Secret as a table row. Follows printSecret in pkg/printers/internalversion/printers.go. */
import type { Secret } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** Secret. */
export const secretPrinter: Printer<Secret> = {
  columns: columns('NAME,TYPE,DATA,AGE'),
  row: (secret, clock) => [
    secret.metadata.name,
    secret.type ?? '',
    String(Object.keys(secret.data ?? {}).length),
    ageOf(secret, clock),
  ],
};
