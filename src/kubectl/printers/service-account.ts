/** ServiceAccount as a table row. Follows printServiceAccount in pkg/printers/internalversion/printers.go. */
import type { ServiceAccount } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** ServiceAccount. */
export const serviceAccountPrinter: Printer<ServiceAccount> = {
  columns: columns('NAME,AGE'),
  row: (account, clock) => [account.metadata.name, ageOf(account, clock)],
};
