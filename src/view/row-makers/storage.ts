/** The rows of claims and volumes. */
import type { KubeObject } from '../../engine/api/meta';
import type { PersistentVolume, PersistentVolumeClaim } from '../../engine/api/types';
import { accessModesText, classOf } from '../../engine/api/volume-claim';
import { type ClaimRow, type RowBase, rowId, type StorageLook, type VolumeRow } from '../rows';

const CLAIM_LOOKS: Readonly<Record<string, StorageLook>> = { Bound: 'bound', Lost: 'failed' };

/** A PersistentVolumeClaim. */
export function claimRow(base: RowBase, object: KubeObject): ClaimRow {
  const { spec, status } = object as Partial<PersistentVolumeClaim>;
  const isEnding = !!object.metadata.deletionTimestamp;
  const phase = status?.phase ?? 'Pending';
  return {
    ...base,
    kind: 'PersistentVolumeClaim',
    look: isEnding ? 'terminating' : (CLAIM_LOOKS[phase] ?? 'pending'),
    status: isEnding ? 'Terminating' : phase,
    volume: spec?.volumeName ? rowId('PersistentVolume', undefined, spec.volumeName) : undefined,
    size: status?.capacity?.storage ?? spec?.resources?.requests?.storage ?? '',
    modes: accessModesText(status?.accessModes ?? spec?.accessModes),
    storageClass: spec ? classOf(object as PersistentVolumeClaim) : '',
  };
}

const VOLUME_LOOKS: Readonly<Record<string, StorageLook>> = {
  Available: 'available',
  Bound: 'bound',
  Released: 'released',
  Failed: 'failed',
};

/** A PersistentVolume. */
export function volumeRow(base: RowBase, object: KubeObject): VolumeRow {
  const { spec, status } = object as Partial<PersistentVolume>;
  const isEnding = !!object.metadata.deletionTimestamp;
  const phase = status?.phase ?? 'Pending';
  const claim = spec?.claimRef;
  return {
    ...base,
    kind: 'PersistentVolume',
    look: isEnding ? 'terminating' : (VOLUME_LOOKS[phase] ?? 'pending'),
    status: isEnding ? 'Terminating' : phase,
    claim: claim?.name ? rowId('PersistentVolumeClaim', claim.namespace, claim.name) : undefined,
    size: spec?.capacity?.storage ?? '',
    modes: accessModesText(spec?.accessModes),
    storageClass: spec ? classOf(object as PersistentVolume) : '',
    reclaimPolicy: spec?.persistentVolumeReclaimPolicy ?? '',
  };
}
