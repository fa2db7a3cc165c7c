/**
 * Volumes of a Pod.
 * Follows pkg/apis/core/validation/validation.go (ValidateVolumes, validateVolumeSource).
 * Simplified: volume types of particular vendors are checked for their required fields only.
 */
import type { ObjectMeta } from '../meta';
import { compareQuantities } from '../quantity';
import type {
  CSIVolumeSource,
  EphemeralVolumeSource,
  HostPathVolumeSource,
  ISCSIVolumeSource,
  KeyToPath,
  NFSVolumeSource,
  ProjectedVolumeSource,
  Volume,
} from '../types';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
} from './field-errors';
import { validateAnnotations, validateLabels } from './labels';
import { isDns1123Label, isDns1123Subdomain } from './names';
import { validateDescendingPath, validateFileMode, validatePathWithoutBacksteps } from './paths';
import { validateClaimSpec } from './volume-claim';
import { validateCsi, validateIscsi, validateNfs } from './volume-network';
import { validateDownwardFile, validateKeyToPath, validateProjected } from './volume-projection';
import { validateVendorVolume } from './volume-vendor';

/** The sources in the order in which upstream looks at them; only the first one given is checked. */
const SOURCE_TYPES = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
] as const;
type SourceType = (typeof SOURCE_TYPES)[number];

/** As upstream names them where there are two. */
const MISSPELT: { readonly [type in SourceType]?: string } = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' };

/** Whose volumes they are: a Pod's own, or a template's (without metadata). */
export interface VolumeOwner {
  readonly meta: ObjectMeta | undefined;
  readonly isPod: boolean;
}

/** Volumes that are valid, by name: only these can be mounted. */
export type VolumesByName = ReadonlyMap<string, Volume>;

const NO_VOLUMES: VolumesByName = new Map();

/** All volumes of a Pod; returns the valid ones by name. */
export function validateVolumes(
  errors: FieldErrors,
  field: string,
  volumes: readonly Volume[] | undefined,
  owner: VolumeOwner,
): VolumesByName {
  if (!volumes || volumes.length === 0) return NO_VOLUMES;
  const valid = new Map<string, Volume>();
  const created = volumes.filter((volume) => volume.ephemeral && owner.meta?.name);
  const claims = new Set(created.map((volume) => `${owner.meta?.name}-${volume.name}`));
  for (let index = 0; index < volumes.length; index++) {
    const volume = volumes[index] as Volume;
    const path = `${field}[${index}]`;
    const before = errors.length;
    validateSource(errors, path, volume, owner);
    if (!volume.name) errors.push(required(`${path}.name`));
    else pushInvalid(errors, `${path}.name`, volume.name, isDns1123Label(volume.name));
    if (valid.has(volume.name)) errors.push(duplicate(`${path}.name`, volume.name));
    if (errors.length === before) valid.set(volume.name, volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim === undefined || !claims.has(claim)) continue;
    const why = 'must not reference a PVC that gets created for an ephemeral volume';
    errors.push(invalid(`${path}.persistentVolumeClaim.claimName`, claim, why));
  }
  return valid;
}

function validateSource(errors: FieldErrors, field: string, volume: Volume, owner: VolumeOwner): void {
  let found = false;
  for (const type of SOURCE_TYPES) {
    if (volume[type] === undefined) continue;
    if (found)
      errors.push(forbiddenField(`${field}.${MISSPELT[type] ?? type}`, 'may not specify more than 1 volume type'));
    else validateSourceOfType(errors, `${field}.${type}`, type, volume, owner);
    found = true;
  }
  if (!found) errors.push(required(field, 'must specify a volume type'));
}

function validateSourceOfType(
  errors: FieldErrors,
  field: string,
  type: SourceType,
  volume: Volume,
  owner: VolumeOwner,
): void {
  switch (type) {
    case 'emptyDir':
      validateEmptyDir(errors, field, volume.emptyDir?.sizeLimit);
      break;
    case 'hostPath':
      validateHostPath(errors, field, volume.hostPath as HostPathVolumeSource);
      break;
    case 'gitRepo':
      if (!volume.gitRepo?.repository) errors.push(required(`${field}.repository`));
      validateDescendingPath(errors, `${field}.directory`, volume.gitRepo?.directory ?? '');
      break;
    case 'secret':
      validateKeyed(errors, field, 'secretName', volume.secret?.secretName, volume.secret ?? {});
      break;
    case 'configMap':
      validateKeyed(errors, field, 'name', volume.configMap?.name, volume.configMap ?? {});
      break;
    case 'nfs':
      validateNfs(errors, field, volume.nfs as NFSVolumeSource);
      break;
    case 'iscsi':
      validateIscsi(errors, field, volume.iscsi as ISCSIVolumeSource);
      break;
    case 'downwardAPI':
      validateFileMode(errors, `${field}.defaultMode`, volume.downwardAPI?.defaultMode);
      for (const file of volume.downwardAPI?.items ?? []) validateDownwardFile(errors, field, file);
      break;
    case 'projected':
      validateProjected(errors, field, volume.projected as ProjectedVolumeSource);
      break;
    case 'csi':
      validateCsi(errors, field, volume.csi as CSIVolumeSource);
      break;
    case 'ephemeral':
      validateEphemeral(errors, field, volume, owner.meta?.name);
      break;
    case 'image':
      validateImage(errors, field, volume, owner.isPod);
      break;
    default:
      validateVendorVolume(errors, field, type, volume[type] as Record<string, unknown>);
  }
}

function validateEmptyDir(errors: FieldErrors, field: string, sizeLimit: string | undefined): void {
  if (sizeLimit === undefined || compareQuantities(sizeLimit, '0') >= 0) return;
  errors.push(forbiddenField(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity'));
}

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** A directory or file of the node. */
export function validateHostPath(errors: FieldErrors, field: string, { path, type = '' }: HostPathVolumeSource): void {
  if (!path) {
    errors.push(required(`${field}.path`));
    return;
  }
  validatePathWithoutBacksteps(errors, `${field}.path`, path);
  if (!HOST_PATH_TYPES.includes(type)) errors.push(notSupported(`${field}.type`, type, HOST_PATH_TYPES));
}

function validateKeyed(
  errors: FieldErrors,
  field: string,
  nameField: string,
  name: string | undefined,
  source: { defaultMode?: number; items?: KeyToPath[] },
): void {
  if (!name) errors.push(required(`${field}.${nameField}`));
  validateFileMode(errors, `${field}.defaultMode`, source.defaultMode);
  for (const [index, item] of (source.items ?? []).entries()) {
    validateKeyToPath(errors, `${field}.items[${index}]`, item);
  }
}

function validateEphemeral(errors: FieldErrors, field: string, volume: Volume, podName: string | undefined): void {
  const { volumeClaimTemplate: template } = volume.ephemeral as EphemeralVolumeSource;
  const path = `${field}.volumeClaimTemplate`;
  if (!template) errors.push(required(path));
  else {
    validateAnnotations(errors, `${path}.metadata.annotations`, template.metadata?.annotations);
    validateLabels(errors, `${path}.metadata.labels`, template.metadata?.labels);
    if (template.metadata?.name) errors.push(forbiddenField(`${path}.metadata.name`, 'cannot be set'));
    validateClaimSpec(errors, `${path}.spec`, template.spec ?? {});
  }
  if (!podName || !volume.name) return;
  const claim = `${podName}-${volume.name}`;
  const messages = isDns1123Subdomain(claim).map((message) => `PVC name "${claim}": ${message}`);
  pushInvalid(errors, `${field.slice(0, -'.ephemeral'.length)}.name`, volume.name, messages);
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** When an image is pulled. */
export function validatePullPolicy(errors: FieldErrors, field: string, policy: string | undefined): void {
  if (!policy) errors.push(required(field));
  else if (!PULL_POLICIES.includes(policy)) errors.push(notSupported(field, policy, PULL_POLICIES));
}

function validateImage(errors: FieldErrors, field: string, { image }: Volume, isPod: boolean): void {
  if (isPod && !image?.reference) errors.push(required(`${field}.reference`));
  validatePullPolicy(errors, `${field}.pullPolicy`, image?.pullPolicy);
}
