/**
 * Volume types of particular vendors.
 * Follows pkg/apis/core/validation/validation.go (validateFCVolumeSource, validateAzureDisk and their like).
 * Simplified: checked for their required fields, and some for more.
 */
import type { AzureDiskVolumeSource, FCVolumeSource } from '../types';
import { type FieldErrors, invalid, notSupported, required } from './field-errors';
import { rangeMessage } from './names';

/** What must be given in the volume types of particular vendors. */
const REQUIRED_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['gcePersistentDisk', ['pdName']],
  ['awsElasticBlockStore', ['volumeID']],
  ['glusterfs', ['endpoints', 'path']],
  ['persistentVolumeClaim', ['claimName']],
  ['rbd', ['monitors', 'image']],
  ['cinder', ['volumeID']],
  ['cephfs', ['monitors']],
  ['quobyte', ['registry', 'volume']],
  ['flexVolume', ['driver']],
  ['azureFile', ['secretName', 'shareName']],
  ['vsphereVolume', ['volumePath']],
  ['photonPersistentDisk', ['pdID']],
  ['portworxVolume', ['volumeID']],
  ['azureDisk', ['diskName', 'diskURI']],
  ['storageos', ['volumeName']],
  ['scaleIO', ['gateway', 'system', 'volumeName']],
]);

const PARTITIONED: readonly string[] = ['gcePersistentDisk', 'awsElasticBlockStore'];

/** A volume of a vendor: what it must have. */
export function validateVendorVolume(
  errors: FieldErrors,
  field: string,
  type: string,
  source: Record<string, unknown>,
): void {
  const path = type === 'gcePersistentDisk' ? field.replace(/gcePersistentDisk$/, 'persistentDisk') : field;
  for (const name of REQUIRED_FIELDS.get(type) ?? []) {
    const value = source[name];
    if (!value || (Array.isArray(value) && value.length === 0)) errors.push(required(`${path}.${name}`));
  }
  const { partition } = source;
  if (PARTITIONED.includes(type) && typeof partition === 'number' && (partition < 0 || partition > 255)) {
    errors.push(invalid(`${path}.partition`, partition, rangeMessage(1, 255)));
  }
  if (type === 'fc') validateFibreChannel(errors, field, source as FCVolumeSource);
  if (type === 'azureDisk') validateAzureDisk(errors, field, source as unknown as AzureDiskVolumeSource);
}

function validateFibreChannel(errors: FieldErrors, field: string, { targetWWNs, wwids, lun }: FCVolumeSource): void {
  const names = targetWWNs ?? [];
  const path = `${field}.targetWWNs`;
  if (names.length === 0) {
    if (!wwids?.length) errors.push(required(path, 'must specify either targetWWNs or wwids, but not both'));
    return;
  }
  if (wwids?.length) errors.push(invalid(path, names, 'targetWWNs and wwids can not be specified simultaneously'));
  if (lun === undefined) errors.push(required(`${field}.lun`, 'lun is required if targetWWNs is specified'));
  else if (lun < 0 || lun > 255) errors.push(invalid(`${field}.lun`, lun, rangeMessage(0, 255)));
}

const MANAGED_DISK = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';
const CACHING_MODES = ['None', 'ReadOnly', 'ReadWrite'];
const DISK_KINDS = ['Dedicated', 'Managed', 'Shared'];

function validateAzureDisk(errors: FieldErrors, field: string, source: AzureDiskVolumeSource): void {
  const { cachingMode, kind, diskURI = '' } = source;
  if (cachingMode !== undefined && !CACHING_MODES.includes(cachingMode)) {
    errors.push(notSupported(`${field}.cachingMode`, cachingMode, CACHING_MODES));
  }
  if (kind === undefined) return;
  if (!DISK_KINDS.includes(kind)) errors.push(notSupported(`${field}.kind`, kind, DISK_KINDS));
  const [start, format] = kind === 'Managed' ? ['/subscriptions/', MANAGED_DISK] : ['https://', BLOB];
  if (!diskURI.startsWith(start)) errors.push(notSupported(`${field}.diskURI`, diskURI, [format]));
}
