/**
 * What claims, volumes and classes say about themselves, in one place for everybody who reads them.
 * Follows pkg/apis/core/v1/helper/helpers.go, component-helpers/storage/volume and pkg/volume/util/storageclass.go.
 */
import { joinKey, type ObjectMeta } from './meta';
import { valueIn } from './plain';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass, Volume } from './types';

/** The annotation by which classes were named before there was a field for it. */
export const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';
/** The claim is bound for good. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** The binding was the controller's choice, not a person's. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
/** Who made the volume. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** Who is to make the claim's volume, and the name it had before. */
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** The node for whose sake a claim that waits for its first consumer is provisioned. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
/** Claims and volumes in use stay until they are not. */
export const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection';
export const VOLUME_PROTECTION = 'kubernetes.io/pv-protection';
/** A class that says so never makes volumes. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

const MODES: readonly (readonly [mode: string, short: string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

/** `RWO,RWX`: always in this order. */
export function accessModesText(modes: readonly string[] | undefined): string {
  const shown = MODES.filter(([mode]) => modes?.includes(mode));
  return shown.map(([, short]) => short).join(',');
}

/** The class of a claim or volume; '' when it has none. */
export function classOf({ metadata, spec }: PersistentVolumeClaim | PersistentVolume): string {
  return valueIn(metadata.annotations, BETA_CLASS) ?? spec.storageClassName ?? '';
}

/** Whether a claim says anything of its class, be it that it wants none. */
export function hasClass({ metadata, spec }: PersistentVolumeClaim): boolean {
  return valueIn(metadata.annotations, BETA_CLASS) !== undefined || spec.storageClassName !== undefined;
}

/** Whether a class is marked as the default one. */
export function isDefaultClass({ annotations }: ObjectMeta): boolean {
  return ['', 'beta.'].some(
    (version) => valueIn(annotations, `storageclass.${version}kubernetes.io/is-default-class`) === 'true',
  );
}

/** The class that claims without one get: of several marked ones the newest, of equally old ones the first by name. */
export function defaultClassOf(classes: readonly StorageClass[]): StorageClass | undefined {
  const isBefore = ({ metadata: a }: StorageClass, { metadata: b }: StorageClass): boolean => {
    const [left, right] = [a.creationTimestamp ?? '', b.creationTimestamp ?? ''];
    return left === right ? a.name < b.name : left > right;
  };
  let chosen: StorageClass | undefined;
  for (const one of classes) {
    if (isDefaultClass(one.metadata) && (!chosen || isBefore(one, chosen))) chosen = one;
  }
  return chosen;
}

/** Whether the volume is meant for this claim: its reference names it, and its uid if it has one. */
export function isVolumeBoundTo({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = spec;
  if (!claimRef || claimRef.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return !claimRef.uid || claimRef.uid === metadata.uid;
}

/** The claim that is made for an ephemeral volume of a Pod. Follows component-helpers/storage/ephemeral/ephemeral.go (VolumeClaimName). */
export function ephemeralClaimName(podName: string, volumeName: string): string {
  return `${podName}-${volumeName}`;
}

/** The claim that a volume of a Pod stands for: one that people made, or the one that is made for the Pod. */
export function claimNameOf(podName: string, volume: Volume): string | undefined {
  const { name, persistentVolumeClaim, ephemeral } = volume;
  return persistentVolumeClaim?.claimName ?? (ephemeral && ephemeralClaimName(podName, name));
}

const NO_CLAIMS: readonly string[] = [];
const NO_VOLUMES: readonly Volume[] = [];

/** The claims of a Pod as `namespace/name`, each once. */
export function claimKeysOf({ metadata, spec }: Pod): readonly string[] {
  let keys: string[] | undefined;
  for (const volume of spec.volumes ?? NO_VOLUMES) {
    const name = claimNameOf(metadata.name, volume);
    if (name === undefined) continue;
    const key = joinKey(metadata.namespace, name);
    keys ??= [];
    if (!keys.includes(key)) keys.push(key);
  }
  return keys ?? NO_CLAIMS;
}
