/**
 * What is said beside claims, volumes and classes.
 * Follows pkg/api/persistentvolumeclaim/util.go, pkg/api/persistentvolume/util.go and pkg/api/storage/util.go.
 */
import { deepEqual } from '../plain';
import { quantityMilli } from '../quantity';
import type {
  CSIDriver,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  StorageClass,
} from '../types';
import { BETA_CLASS } from '../volume-claim';
import { nodeLabelWarning, nodeSelectorTermWarnings } from './node-labels';

const CLASS_WARNING = 'deprecated since v1.8; use "storageClassName" attribute instead';
const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
const RECYCLE =
  'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

const TOKENS =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';

/** Sources that are out of use, in the order in which they are said. */
const DEPRECATED = [
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
] as const;

/** Of a claim's spec: a size that is no whole number of bytes. `field` is the spec's. */
export function claimSpecWarnings(spec: PersistentVolumeClaimSpec, field: string): string[] {
  const { requests, limits } = spec.resources ?? {};
  const lists = [['requests', requests] as const, ['limits', limits] as const];
  return lists.flatMap(([list, quantities]) => {
    const size = quantities?.storage;
    if (size === undefined || quantityMilli(size) % 1000 === 0) return [];
    return [`${field}.resources.${list}[storage]: fractional byte value "${size}" is invalid, must be an integer`];
  });
}

/** PersistentVolumeClaim. */
export function persistentVolumeClaimWarnings({ metadata, spec }: PersistentVolumeClaim): string[] {
  const hasAnnotation = metadata.annotations?.[BETA_CLASS] !== undefined;
  const ofClass = hasAnnotation ? [`metadata.annotations[${BETA_CLASS}]: ${CLASS_WARNING}`] : [];
  return [...ofClass, ...claimSpecWarnings(spec, 'spec')];
}

/** PersistentVolume. */
export function persistentVolumeWarnings({ metadata, spec }: PersistentVolume): string[] {
  const warnings: string[] = [];
  const annotations = [
    [BETA_CLASS, CLASS_WARNING],
    [MOUNT_OPTIONS, 'deprecated since v1.31; use "mountOptions" attribute instead'],
  ] as const;
  for (const [key, why] of annotations) {
    if (metadata.annotations?.[key] !== undefined) warnings.push(`metadata.annotations[${key}]: ${why}`);
  }
  if (spec.persistentVolumeReclaimPolicy === 'Recycle') {
    warnings.push(`spec.persistentVolumeReclaimPolicy: ${RECYCLE}`);
  }
  for (const [index, term] of (spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).entries()) {
    const field = `spec.nodeAffinity.required.nodeSelectorTerms[${index}]`;
    warnings.push(...nodeSelectorTermWarnings(term, field, false));
  }
  for (const [source, name, why] of DEPRECATED) if (spec[source]) warnings.push(`spec.${name}: ${why}`);
  return warnings;
}

/** StorageClass. */
export function storageClassWarnings({ allowedTopologies = [] }: StorageClass): string[] {
  return allowedTopologies.flatMap(({ matchLabelExpressions = [] }, index) =>
    matchLabelExpressions.flatMap(({ key }, at) => {
      const message = nodeLabelWarning(key);
      return message ? [`allowedTopologies[${index}].matchLabelExpressions[${at}].key: ${message}`] : [];
    }),
  );
}

/** CSIDriver, created (without `old`) or changed. */
export function csiDriverWarnings({ spec }: CSIDriver, old: CSIDriver | undefined): string[] {
  if (!spec.tokenRequests?.length || spec.serviceAccountTokenInSecrets !== undefined) return [];
  if (old && deepEqual(spec.tokenRequests, old.spec.tokenRequests)) return [];
  return [TOKENS];
}
