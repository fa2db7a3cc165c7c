/**
 * PersistentVolumes. Follows pkg/registry/core/persistentvolume/strategy.go.
 * As a table: printPersistentVolume in pkg/printers/internalversion/printers.go.
 */
import { defaultPersistentVolume } from '../defaults/persistent-volume';
import type { KubeObject } from '../meta';
import type { PersistentVolume } from '../types';
import {
  validatePersistentVolume,
  validatePersistentVolumeStatusUpdate,
  validatePersistentVolumeUpdate,
} from '../validation/persistent-volume';
import { accessModesText, classOf } from '../volume-claim';
import { persistentVolumeWarnings } from '../warnings/persistent-volume';
import { type KindDefinition, resource } from './definition';
import type { Strategy } from './strategy';
import { ageOf, columns, type TableDefinition } from './table';

const warnings = (object: KubeObject) => persistentVolumeWarnings(object as PersistentVolume);

const strategy: Strategy = {
  default: defaultPersistentVolume,
  prepareForCreate(draft, { now }) {
    draft.status = { phase: 'Pending', lastPhaseTransitionTime: now };
  },
  prepareForStatusUpdate(draft, oldObject, { now }) {
    const { status } = draft as PersistentVolume;
    const { status: old } = oldObject as PersistentVolume;
    const isSet = status.lastPhaseTransitionTime !== undefined;
    if (status.phase === old.phase && !isSet) status.lastPhaseTransitionTime = old.lastPhaseTransitionTime;
    else if (status.phase === old.phase) return;
    else if (!isSet || status.lastPhaseTransitionTime === old.lastPhaseTransitionTime) {
      status.lastPhaseTransitionTime = now;
    }
  },
  validate: validatePersistentVolume,
  validateUpdate: validatePersistentVolumeUpdate,
  validateStatusUpdate: validatePersistentVolumeStatusUpdate,
  warningsOnCreate: warnings,
  warningsOnUpdate: warnings,
};

const table: TableDefinition<PersistentVolume> = {
  columns: columns(
    'NAME,CAPACITY,ACCESS MODES,RECLAIM POLICY,STATUS,CLAIM,STORAGECLASS,VOLUMEATTRIBUTESCLASS,REASON,AGE|VOLUMEMODE',
  ),
  row: (volume, clock) => {
    const { metadata, spec, status } = volume;
    return [
      metadata.name,
      spec.capacity?.storage ?? '0',
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
      classOf(volume),
      spec.volumeAttributesClassName ?? '<unset>',
      status?.reason ?? '',
      ageOf(volume, clock),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

/** PersistentVolume. */
export const persistentVolumeKind: KindDefinition = {
  ...resource('', 'v1', 'PersistentVolume', 'persistentvolumes', 'pv', { namespaced: false, subresources: ['status'] }),
  statusMetadata: ['annotations', 'finalizers'],
  strategy,
  table,
};
