/**
 * StorageClasses. Follows pkg/registry/storage/storageclass/strategy.go.
 * As a table: printStorageClass in pkg/printers/internalversion/printers.go.
 */
import { defaultStorageClass } from '../defaults/persistent-volume';
import type { KubeObject } from '../meta';
import type { StorageClass } from '../types';
import { validateStorageClass, validateStorageClassUpdate } from '../validation/storage-class';
import { isDefaultClass } from '../volume-claim';
import { storageClassWarnings } from '../warnings/persistent-volume';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const warnings = (object: KubeObject) => storageClassWarnings(object as StorageClass);

const strategy: Strategy = {
  default: defaultStorageClass,
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
  warningsOnCreate: warnings,
  warningsOnUpdate: warnings,
};

const table: TableDefinition<StorageClass> = {
  columns: columns('NAME,PROVISIONER,RECLAIMPOLICY,VOLUMEBINDINGMODE,ALLOWVOLUMEEXPANSION,AGE'),
  row: (storageClass, clock) => [
    `${storageClass.metadata.name}${isDefaultClass(storageClass.metadata) ? ' (default)' : ''}`,
    storageClass.provisioner,
    storageClass.reclaimPolicy ?? 'Delete',
    storageClass.volumeBindingMode ?? 'Immediate',
    String(storageClass.allowVolumeExpansion ?? false),
    ageOf(storageClass, clock),
  ],
};

/** StorageClass. */
export const storageClassKind: KindDefinition = {
  ...resource('storage.k8s.io', 'v1', 'StorageClass', 'storageclasses', 'sc', { namespaced: false }),
  strategy,
  table,
};
