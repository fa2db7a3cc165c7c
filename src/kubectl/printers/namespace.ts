/** Namespace as a table row. Follows printNamespace in pkg/printers/internalversion/printers.go. */
import type { Namespace } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** Namespace. */
export const namespacePrinter: Printer<Namespace> = {
  columns: columns('NAME,STATUS,AGE'),
  row: (namespace, clock) => [namespace.metadata.name, namespace.status?.phase ?? '', ageOf(namespace, clock)],
};
