/**
 * PersistentVolumeClaims. Follows pkg/registry/core/persistentvolumeclaim/strategy.go and pkg/api/persistentvolumeclaim/util.go.
 * As a table: printPersistentVolumeClaim in pkg/printers/internalversion/printers.go.
 */
import { defaultPersistentVolumeClaim } from '../defaults/persistent-volume';
import type { KubeObject } from '../meta';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../types';
import {
  validatePersistentVolumeClaim,
  validatePersistentVolumeClaimStatusUpdate,
  validatePersistentVolumeClaimUpdate,
} from '../validation/persistent-volume-claim';
import { accessModesText, classOf } from '../volume-claim';
import { persistentVolumeClaimWarnings } from '../warnings/persistent-volume';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

/** dataSource and dataSourceRef say the same; a dataSource that is neither a claim nor a snapshot is dropped. */
function normalizeDataSources(spec: PersistentVolumeClaimSpec, old: PersistentVolumeClaimSpec | undefined): void {
  if (spec.dataSourceRef?.namespace && !old?.dataSourceRef) delete spec.dataSourceRef;
  const isNew = !old?.dataSource && !old?.dataSourceRef;
  if (isNew && !spec.dataSourceRef && spec.dataSource) {
    const { apiGroup = '', kind } = spec.dataSource;
    const isKnown =
      (kind === 'PersistentVolumeClaim' && apiGroup === '') ||
      (kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io');
    if (!isKnown) delete spec.dataSource;
  }
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource && !spec.dataSourceRef.namespace) {
    const { namespace: _none, ...source } = spec.dataSourceRef;
    spec.dataSource = source;
  }
}

const warnings = (object: KubeObject) => persistentVolumeClaimWarnings(object as PersistentVolumeClaim);

const strategy: Strategy = {
  default: defaultPersistentVolumeClaim,
  prepareForCreate(draft) {
    draft.status = { phase: 'Pending' };
    normalizeDataSources((draft as PersistentVolumeClaim).spec, undefined);
  },
  prepareForUpdate(draft, old) {
    normalizeDataSources((draft as PersistentVolumeClaim).spec, (old as PersistentVolumeClaim).spec);
  },
  validate: validatePersistentVolumeClaim,
  validateUpdate: validatePersistentVolumeClaimUpdate,
  validateStatusUpdate: validatePersistentVolumeClaimStatusUpdate,
  warningsOnCreate: warnings,
  warningsOnUpdate: warnings,
};

const table: TableDefinition<PersistentVolumeClaim> = {
  columns: columns('NAME,STATUS,VOLUME,CAPACITY,ACCESS MODES,STORAGECLASS,VOLUMEATTRIBUTESCLASS,AGE|VOLUMEMODE'),
  row: (claim, clock) => {
    const { metadata, spec, status } = claim;
    const isBound = !!spec.volumeName;
    return [
      metadata.name,
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec.volumeName ?? '',
      isBound ? (status?.capacity?.storage ?? '0') : '',
      isBound ? accessModesText(status?.accessModes) : '',
      classOf(claim),
      spec.volumeAttributesClassName ?? '<unset>',
      ageOf(claim, clock),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

/** PersistentVolumeClaim. */
export const persistentVolumeClaimKind: KindDefinition = {
  ...resource('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'pvc', { subresources: ['status'] }),
  statusMetadata: ['annotations', 'finalizers'],
  strategy,
  table,
};
