/**
 * Volumes that come over the network or from a storage driver.
 * Follows pkg/apis/core/validation/validation.go (validateNFSVolumeSource, validateISCSIVolumeSource, validateCSIVolumeSource).
 */
import type { CSIVolumeSource, ISCSIVolumeSource, NFSVolumeSource } from '../types';
import { type FieldErrors, invalid, pushInvalid, required, tooLong } from './field-errors';
import { isDns1123Subdomain, rangeMessage } from './names';

/** A file system of an NFS server. */
export function validateNfs(errors: FieldErrors, field: string, { server, path = '' }: NFSVolumeSource): void {
  if (!server) errors.push(required(`${field}.server`));
  if (path === '') errors.push(required(`${field}.path`));
  if (!path.startsWith('/')) errors.push(invalid(`${field}.path`, path, 'must be an absolute path'));
}

const ISCSI_NAMES = [
  /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9-.]+)(:[^,;*&$|\s]+)$/,
  /^eui.[a-zA-Z0-9]{16}$/,
  /^naa.[a-zA-Z0-9]{32}$/,
];

/** A disk behind iSCSI. */
export function validateIscsi(errors: FieldErrors, field: string, source: ISCSIVolumeSource): void {
  const { targetPortal, iqn, lun = 0, chapAuthDiscovery, chapAuthSession, secretRef, initiatorName } = source;
  if (!targetPortal) errors.push(required(`${field}.targetPortal`));
  if (!iqn) errors.push(required(`${field}.iqn`));
  else validateIscsiName(errors, `${field}.iqn`, iqn);
  if (lun < 0 || lun > 255) errors.push(invalid(`${field}.lun`, lun, rangeMessage(0, 255)));
  if ((chapAuthDiscovery || chapAuthSession) && !secretRef) errors.push(required(`${field}.secretRef`));
  if (initiatorName !== undefined) validateIscsiName(errors, `${field}.initiatorname`, initiatorName);
}

function validateIscsiName(errors: FieldErrors, field: string, name: string): void {
  const kind = ['iqn', 'eui', 'naa'].findIndex((prefix) => name.startsWith(prefix));
  if (kind < 0) errors.push(invalid(field, name, 'must be valid format starting with iqn, eui, or naa'));
  else if (!ISCSI_NAMES[kind]?.test(name)) errors.push(invalid(field, name, 'must be valid format'));
}

/** A volume of a storage driver. */
export function validateCsi(errors: FieldErrors, field: string, source: CSIVolumeSource): void {
  const { driver = '', nodePublishSecretRef } = source;
  if (driver === '') errors.push(required(`${field}.driver`));
  else {
    if (driver.length > 63) errors.push(tooLong(`${field}.driver`, 63));
    pushInvalid(errors, `${field}.driver`, driver, isDns1123Subdomain(driver.toLowerCase()));
  }
  if (!nodePublishSecretRef) return;
  const { name = '' } = nodePublishSecretRef;
  if (name === '') errors.push(required(`${field}.nodePublishSecretRef.name`));
  else pushInvalid(errors, `${field}.name`, name, isDns1123Subdomain(name));
}
