/** ConfigMap as a table row. Follows printConfigMap in pkg/printers/internalversion/printers.go. */
import type { ConfigMap } from '../../engine/api/types';
import { ageOf, columns, type Printer } from './columns';

/** ConfigMap. */
export const configMapPrinter: Printer<ConfigMap> = {
  columns: columns('NAME,DATA,AGE'),
  row: (map, clock) => {
    const count = Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length;
    return [map.metadata.name, String(count), ageOf(map, clock)];
  },
};
