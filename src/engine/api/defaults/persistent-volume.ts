/**
 * Defaults of volumes, claims and classes. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go and pkg/apis/storage/v1/defaults.go; a hidden feature's field is not filled.
 */
import type { KubeObject } from '../meta';
import type { CSIDriver, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../types';
import { defaultResourceList } from './resource-list';
import { defaultClaimSpec, defaultNetworkVolume } from './volume';

/** PersistentVolumeClaim. */
export function defaultPersistentVolumeClaim(draft: KubeObject): void {
  const claim = draft as PersistentVolumeClaim;
  claim.spec ??= {};
  defaultClaimSpec(claim.spec);
  claim.status ??= {};
  claim.status.phase ||= 'Pending';
}

/** PersistentVolume. */
export function defaultPersistentVolume(draft: KubeObject): void {
  const volume = draft as PersistentVolume;
  volume.spec ??= {};
  const { spec } = volume;
  spec.persistentVolumeReclaimPolicy ||= 'Retain';
  spec.volumeMode ??= 'Filesystem';
  defaultResourceList(spec.capacity);
  if (spec.hostPath) spec.hostPath.type ??= '';
  defaultNetworkVolume(spec);
  volume.status ??= {};
  volume.status.phase ||= 'Pending';
}

/** StorageClass. */
export function defaultStorageClass(draft: KubeObject): void {
  const storageClass = draft as StorageClass;
  storageClass.reclaimPolicy ??= 'Delete';
  storageClass.volumeBindingMode ??= 'Immediate';
}

/** CSIDriver. */
export function defaultCsiDriver(draft: KubeObject): void {
  const driver = draft as CSIDriver;
  driver.spec ??= {};
  const { spec } = driver;
  spec.attachRequired ??= true;
  spec.podInfoOnMount ??= false;
  spec.storageCapacity ??= false;
  spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
  if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent'];
  spec.requiresRepublish ??= false;
  spec.seLinuxMount ??= false;
}
