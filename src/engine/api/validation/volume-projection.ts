/**
 * Volumes made of other objects' contents: keys as files, fields of the Pod, projected volumes.
 * Follows pkg/apis/core/validation/validation.go (validateProjectedVolumeSource, validateDownwardAPIVolumeFile).
 * Left out: certificates and trust bundles in projected volumes.
 */
import type { DownwardAPIVolumeFile, KeyToPath, ProjectedVolumeSource, VolumeProjection } from '../types';
import { VOLUME_FIELDS, validateFieldReference, validateResourceReference } from './environment';
import { type FieldErrors, forbiddenField, invalid, required } from './field-errors';
import { validateFileMode, validateLocalPath } from './paths';

/** A key that becomes a file. */
export function validateKeyToPath(errors: FieldErrors, field: string, { key, path = '', mode }: KeyToPath): void {
  if (!key) errors.push(required(`${field}.key`));
  if (path === '') errors.push(required(`${field}.path`));
  validateLocalPath(errors, `${field}.path`, path);
  validateFileMode(errors, `${field}.mode`, mode);
}

/** A field that becomes a file. */
export function validateDownwardFile(errors: FieldErrors, field: string, file: DownwardAPIVolumeFile): void {
  const { path = '', fieldRef, resourceFieldRef, mode } = file;
  if (path === '') errors.push(required(`${field}.path`));
  validateLocalPath(errors, `${field}.path`, path);
  if (fieldRef) {
    validateFieldReference(errors, `${field}.fieldRef`, fieldRef, VOLUME_FIELDS);
    if (resourceFieldRef) {
      errors.push(invalid(field, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (resourceFieldRef) {
    validateResourceReference(errors, `${field}.resourceFieldRef`, resourceFieldRef, true);
  } else errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'));
  validateFileMode(errors, `${field}.mode`, mode);
}

/** A volume put together from several sources. */
export function validateProjected(errors: FieldErrors, field: string, projected: ProjectedVolumeSource): void {
  validateFileMode(errors, `${field}.defaultMode`, projected.defaultMode);
  const paths = new Set<string>();
  for (const [index, source] of (projected.sources ?? []).entries()) {
    validateProjection(errors, field, `${field}.sources[${index}]`, source, paths);
  }
}

function validateProjection(
  errors: FieldErrors,
  volumeField: string,
  field: string,
  source: VolumeProjection,
  paths: Set<string>,
): void {
  const claimPath = (path: string | undefined, shown: string) => {
    if (!path) return;
    if (paths.has(path)) errors.push(invalid(volumeField, shown, 'conflicting duplicate paths'));
    paths.add(path);
  };
  for (const type of ['secret', 'configMap'] as const) {
    const projection = source[type];
    if (!projection) continue;
    if (!projection.name) errors.push(required(`${field}.${type}.name`));
    for (const [index, item] of (projection.items ?? []).entries()) {
      validateKeyToPath(errors, `${field}.${type}.items[${index}]`, item);
      claimPath(item.path, projection.name ?? '');
    }
  }
  for (const file of source.downwardAPI?.items ?? []) {
    validateDownwardFile(errors, `${field}.downwardAPI`, file);
    claimPath(file.path, file.path);
  }
  validateTokenProjection(errors, volumeField, field, source);
  if (Object.values(source).filter((projection) => projection !== undefined).length > 1) {
    errors.push(forbiddenField(field, 'may not specify more than 1 volume type per source'));
  }
}

function validateTokenProjection(
  errors: FieldErrors,
  volumeField: string,
  field: string,
  source: VolumeProjection,
): void {
  const token = source.serviceAccountToken;
  if (!token) return;
  const { expirationSeconds = 0, path } = token;
  const expiration = `${field}.serviceAccountToken.expirationSeconds`;
  if (expirationSeconds < 600) {
    errors.push(invalid(expiration, expirationSeconds, 'may not specify a duration less than 10 minutes'));
  } else if (expirationSeconds > 2 ** 32) {
    errors.push(invalid(expiration, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'));
  }
  if (!path) errors.push(required(`${volumeField}.path`));
  else validateLocalPath(errors, `${volumeField}.path`, path);
}
