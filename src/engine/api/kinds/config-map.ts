/**
 * ConfigMaps. Follows pkg/registry/core/configmap/strategy.go.
 * As a table: printConfigMap in pkg/printers/internalversion/printers.go.
 */
import type { ConfigMap } from '../types';
import { validateConfigMap, validateConfigMapUpdate } from '../validation/config-map';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const strategy: Strategy = {
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
};

const table: TableDefinition<ConfigMap> = {
  columns: columns('NAME,DATA,AGE'),
  row: (map, clock) => {
    const count = Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length;
    return [map.metadata.name, String(count), ageOf(map, clock)];
  },
};

/** ConfigMap. */
export const configMapKind: KindDefinition = {
  ...resource('', 'v1', 'ConfigMap', 'configmaps', 'cm'),
  strategy,
  table,
};
