/**
 * Where a container mounts volumes and finds block devices.
 * Follows pkg/apis/core/validation/validation.go (ValidateVolumeMounts, ValidateVolumeDevices).
 */
import type { Container, VolumeMount } from '../types';
import { type FieldErrors, forbiddenField, invalid, notFoundValue, notSupported, required } from './field-errors';
import { hasBackstep, validateDescendingPath } from './paths';
import type { VolumesByName } from './volume';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE_READ_ONLY = ['Disabled', 'Enabled', 'IfPossible'];

/** The mounts of a container; upstream names the list, not the entry, where a subpath is wrong. */
export function validateVolumeMounts(
  errors: FieldErrors,
  field: string,
  container: Container,
  volumes: VolumesByName,
): void {
  const mounts = container.volumeMounts;
  if (!mounts) return;
  const paths = new Set<string>();
  for (let index = 0; index < mounts.length; index++) {
    const mount = mounts[index] as VolumeMount;
    const path = `${field}[${index}]`;
    const { name = '', mountPath = '' } = mount;
    if (name === '') errors.push(required(`${path}.name`));
    if (!volumes.has(name)) errors.push(notFoundValue(`${path}.name`, name));
    if (mountPath === '') errors.push(required(`${path}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${path}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    validateNotADevice(errors, path, container, name, mountPath);
    validateMountDetails(errors, field, path, mount, container);
  }
}

function validateNotADevice(
  errors: FieldErrors,
  field: string,
  container: Container,
  name: string,
  path: string,
): void {
  const devices = new Map(container.volumeDevices?.map((device) => [device.name, device.devicePath]));
  if (devices.has(name)) errors.push(invalid(`${field}.name`, name, 'must not already exist in volumeDevices'));
  if ([...devices.values()].includes(path)) {
    errors.push(invalid(`${field}.mountPath`, path, 'must not already exist as a path in volumeDevices'));
  }
}

function validateMountDetails(
  errors: FieldErrors,
  listField: string,
  field: string,
  mount: VolumeMount,
  container: Container,
): void {
  const { subPath, subPathExpr, mountPropagation, recursiveReadOnly } = mount;
  if (subPath) validateDescendingPath(errors, `${listField}.subPath`, subPath);
  if (subPathExpr) {
    if (subPath) {
      errors.push(invalid(`${field}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
    }
    validateDescendingPath(errors, `${listField}.subPathExpr`, subPathExpr);
  }
  if (mountPropagation !== undefined) {
    validatePropagation(errors, `${listField}.mountPropagation`, mountPropagation, container);
  }
  if (recursiveReadOnly !== undefined) validateRecursive(errors, `${listField}.recursiveReadOnly`, mount);
}

function validatePropagation(errors: FieldErrors, field: string, propagation: string, container: Container): void {
  if (!PROPAGATIONS.includes(propagation)) errors.push(notSupported(field, propagation, PROPAGATIONS));
  if (propagation !== 'Bidirectional' || container.securityContext?.privileged === true) return;
  errors.push(forbiddenField(field, 'Bidirectional mount propagation is available only to privileged containers'));
}

function validateRecursive(errors: FieldErrors, field: string, mount: VolumeMount): void {
  const { recursiveReadOnly = '', readOnly, mountPropagation = 'None' } = mount;
  if (recursiveReadOnly === 'Disabled') return;
  if (!RECURSIVE_READ_ONLY.includes(recursiveReadOnly)) {
    errors.push(notSupported(field, recursiveReadOnly, RECURSIVE_READ_ONLY));
    return;
  }
  if (!readOnly) errors.push(forbiddenField(field, 'may only be specified when readOnly is true'));
  if (mountPropagation !== 'None') {
    errors.push(forbiddenField(field, 'may only be specified when mountPropagation is None or not specified'));
  }
}

/** The block devices of a container. */
export function validateVolumeDevices(
  errors: FieldErrors,
  field: string,
  container: Container,
  volumes: VolumesByName,
): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [index, { name = '', devicePath = '' }] of (container.volumeDevices ?? []).entries()) {
    const path = `${field}[${index}]`;
    const volume = volumes.get(name);
    if (name === '') errors.push(required(`${path}.name`));
    if (names.has(name)) errors.push(invalid(`${path}.name`, name, 'must be unique'));
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      const why = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.push(invalid(`${path}.name`, name, why));
    }
    if (!volume) errors.push(notFoundValue(`${path}.name`, name));
    if (devicePath === '') errors.push(required(`${path}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${path}.devicePath`, devicePath, 'must be unique'));
    if (hasBackstep(devicePath)) {
      errors.push(invalid(`${path}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    validateNotMounted(errors, path, container, name, devicePath);
    if (name !== '') names.add(name);
  }
}

function validateNotMounted(
  errors: FieldErrors,
  field: string,
  container: Container,
  name: string,
  path: string,
): void {
  // Upstream remembers a path for each name: the last one.
  const mounts = new Map(container.volumeMounts?.map((mount) => [mount.name, mount.mountPath]));
  if (mounts.has(name)) errors.push(invalid(`${field}.name`, name, 'must not already exist in volumeMounts'));
  if ([...mounts.values()].includes(path)) {
    errors.push(invalid(`${field}.devicePath`, path, 'must not already exist as a path in volumeMounts'));
  }
}
