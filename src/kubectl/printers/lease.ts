/** Lease as a table row. Follows printLease in pkg/printers/internalversion/printers.go. */
import type { Lease } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** Lease. */
export const leasePrinter: Printer<Lease> = {
  columns: columns('NAME,HOLDER,AGE'),
  row: (lease, clock) => [lease.metadata.name, lease.spec?.holderIdentity ?? '', ageOf(lease, clock)],
};
