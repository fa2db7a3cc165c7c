/**
 * Defaults of volumes. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go and the declared defaults of the volume sources.
 */
import type { PersistentVolumeClaimSpec, PersistentVolumeSpec, Volume, VolumeProjection } from '../types';
import { pullPolicyOf } from './container';
import { defaultResourceList } from './resource-list';

const DEFAULT_FILE_MODE = 0o644;
const TOKEN_LIFETIME_SECONDS = 3600;

/** Fills what a volume leaves open; one without any source becomes an emptyDir. */
export function defaultVolume(volume: Volume): void {
  if (!hasSource(volume)) volume.emptyDir = {};
  if (volume.secret) volume.secret.defaultMode ??= DEFAULT_FILE_MODE;
  if (volume.configMap) volume.configMap.defaultMode ??= DEFAULT_FILE_MODE;
  if (volume.hostPath) volume.hostPath.type ??= '';
  if (volume.downwardAPI) {
    volume.downwardAPI.defaultMode ??= DEFAULT_FILE_MODE;
    defaultFieldReferences(volume.downwardAPI.items);
  }
  if (volume.projected) {
    volume.projected.defaultMode ??= DEFAULT_FILE_MODE;
    for (const source of volume.projected.sources ?? []) {
      dropDisabledSources(source);
      defaultProjection(source);
    }
  }
  if (volume.image) volume.image.pullPolicy ||= pullPolicyOf(volume.image.reference ?? '');
  const template = volume.ephemeral?.volumeClaimTemplate;
  if (template) {
    template.spec ??= {};
    defaultClaimSpec(template.spec);
  }
  defaultNetworkVolume(volume);
}

/** The gates ClusterTrustBundleProjection and PodCertificateRequest are off in 1.36 (pkg/api/pod/util.go). */
function dropDisabledSources(source: VolumeProjection): void {
  delete source.clusterTrustBundle;
  delete source.podCertificate;
}

function hasSource(volume: Volume): boolean {
  for (const key in volume) {
    if (key !== 'name' && volume[key as keyof Volume] != null) return true;
  }
  return false;
}

/** A claim's spec, on its own and inside of templates. */
export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): void {
  spec.volumeMode ??= 'Filesystem';
  spec.resources ??= {};
  defaultResourceList(spec.resources.requests);
  defaultResourceList(spec.resources.limits);
}

type NetworkVolume = Pick<PersistentVolumeSpec, 'iscsi' | 'rbd' | 'azureDisk' | 'scaleIO'>;

/** Sources that a Pod's volume and a PersistentVolume have in common. */
export function defaultNetworkVolume({ iscsi, rbd, azureDisk, scaleIO }: NetworkVolume | Volume): void {
  if (iscsi) iscsi.iscsiInterface ||= 'default';
  if (rbd) {
    rbd.pool ||= 'rbd';
    rbd.user ||= 'admin';
    rbd.keyring ||= '/etc/ceph/keyring';
  }
  if (azureDisk) {
    azureDisk.cachingMode ??= 'ReadWrite';
    azureDisk.fsType ??= 'ext4';
    azureDisk.readOnly ??= false;
    azureDisk.kind ??= 'Shared';
  }
  if (scaleIO) {
    scaleIO.storageMode ||= 'ThinProvisioned';
    scaleIO.fsType ||= 'xfs';
  }
}

function defaultProjection(source: VolumeProjection): void {
  if (source.downwardAPI) defaultFieldReferences(source.downwardAPI.items);
  if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= TOKEN_LIFETIME_SECONDS;
}

function defaultFieldReferences(
  items: { fieldRef?: { apiVersion?: string }; resourceFieldRef?: { divisor?: string } }[] | undefined,
): void {
  for (const { fieldRef, resourceFieldRef } of items ?? []) {
    if (fieldRef) fieldRef.apiVersion ||= 'v1';
    if (resourceFieldRef) resourceFieldRef.divisor ??= '0';
  }
}
