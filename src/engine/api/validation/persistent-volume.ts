/**
 * PersistentVolumes: where their data lies never changes.
 * Follows pkg/apis/core/validation/validation.go (ValidatePersistentVolumeSpec, ValidatePersistentVolumeUpdate) and
 * pkg/volume/validation/pv_validation.go. Simplified: volume types of particular vendors are checked for their required fields only.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { compareQuantities } from '../quantity';
import type { CSIPersistentVolumeSource, PersistentVolume, PersistentVolumeSpec, SecretReference } from '../types';
import { validateNodeSelector } from './affinity';
import { validateDriverName } from './csi';
import {
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
  sortedMap,
} from './field-errors';
import { internalForm } from './internal-form';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label, isDns1123Subdomain } from './names';
import { validatePathWithoutBacksteps } from './paths';
import { unifiedDiff } from './unified-diff';
import { validateHostPath } from './volume';
import { validateAccessModes, validateVolumeMode } from './volume-claim';
import { validateIscsi, validateNfs } from './volume-network';
import { validateVendorVolume } from './volume-vendor';

const METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain };
const POLICIES = ['Delete', 'Recycle', 'Retain'];
const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';

/** The sources in upstream's order, and those that take the old annotation for mount options. */
const [SOURCES = [], WITH_OPTIONS = []] = [
  'hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd quobyte cephfs iscsi cinder fc flexVolume azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk scaleIO local storageos csi',
  'gcePersistentDisk awsElasticBlockStore glusterfs nfs rbd quobyte cephfs iscsi cinder azureFile vsphereVolume photonPersistentDisk azureDisk',
].map((names) => names.split(' ') as (keyof PersistentVolumeSpec)[]);

/** A volume that is to be created. */
export function validatePersistentVolume(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as PersistentVolume;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, METADATA);
  validateVolumeSpec(errors, 'spec', spec);
  if (metadata.annotations?.[MOUNT_OPTIONS] !== undefined && !WITH_OPTIONS.some((source) => spec[source])) {
    const field = `metadata.annotations.${MOUNT_OPTIONS}`;
    errors.push(forbiddenField(field, 'may not specify mount options for this volume type'));
  }
  return errors;
}

function validateVolumeSpec(errors: FieldErrors, field: string, spec: PersistentVolumeSpec): void {
  const { accessModes = [], persistentVolumeReclaimPolicy: policy, hostPath, storageClassName } = spec;
  if (accessModes.length === 0) errors.push(required(`${field}.accessModes`));
  validateAccessModes(errors, field, accessModes);
  validateCapacity(errors, `${field}.capacity`, spec.capacity ?? {});
  if (policy && !POLICIES.includes(policy)) {
    errors.push(notSupported(`${field}.persistentVolumeReclaimPolicy`, policy, POLICIES));
  }
  if (spec.nodeAffinity?.required) {
    validateNodeSelector(errors, `${field}.nodeAffinity.required`, spec.nodeAffinity.required);
  } else if (spec.nodeAffinity) {
    errors.push(required(`${field}.nodeAffinity.required`, 'must specify required node constraints'));
  }
  validateSource(errors, field, spec);
  if (policy === 'Recycle' && hostPath && /^\/+$/.test(hostPath.path)) {
    errors.push(
      forbiddenField(`${field}.persistentVolumeReclaimPolicy`, "may not be 'recycle' for a hostPath mount of '/'"),
    );
  }
  if (storageClassName) {
    pushInvalid(errors, `${field}.storageClassName`, storageClassName, isDns1123Subdomain(storageClassName));
  }
  validateVolumeMode(errors, `${field}.volumeMode`, spec.volumeMode);
  validateAttributesClass(errors, field, spec);
}

function validateCapacity(errors: FieldErrors, field: string, capacity: Readonly<Record<string, string>>): void {
  const names = Object.keys(capacity).sort();
  if (names.length === 0) errors.push(required(field));
  if (!names.includes('storage') || names.length > 1) {
    errors.push(notSupported(field, sortedMap(capacity), ['storage']));
  }
  for (const name of names) {
    const size = capacity[name] as string;
    if (compareQuantities(size, '0') > 0) continue;
    if (compareQuantities(size, '0') < 0) {
      errors.push(invalid(`${field}[${name}]`, size, 'must be a valid resource quantity'));
    }
    errors.push(invalid(`${field}[${name}]`, size, 'must be greater than zero'));
  }
}

function validateAttributesClass(errors: FieldErrors, field: string, spec: PersistentVolumeSpec): void {
  const { volumeAttributesClassName: name, csi } = spec;
  if (name === undefined) return;
  const path = `${field}.volumeAttributesClassName`;
  if (name === '') errors.push(required(path, 'an empty string is disallowed'));
  else pushInvalid(errors, path, name, isDns1123Subdomain(name));
  if (!csi) errors.push(required(`${field}.csi`, 'has to be specified when using volumeAttributesClassName'));
}

function validateSource(errors: FieldErrors, field: string, spec: PersistentVolumeSpec): void {
  let found = false;
  for (const type of SOURCES) {
    if (spec[type] === undefined) continue;
    if (found && type !== 'flexVolume') {
      const name = type === 'cephfs' ? 'cephFS' : type;
      errors.push(forbiddenField(`${field}.${name}`, 'may not specify more than 1 volume type'));
    } else validateSourceOfType(errors, `${field}.${type}`, type, spec);
    found = true;
  }
  if (!found) errors.push(required(field, 'must specify a volume type'));
}

function validateSourceOfType(
  errors: FieldErrors,
  field: string,
  type: keyof PersistentVolumeSpec,
  spec: PersistentVolumeSpec,
): void {
  if (type === 'hostPath' && spec.hostPath) validateHostPath(errors, field, spec.hostPath);
  else if (type === 'nfs' && spec.nfs) validateNfs(errors, field, spec.nfs);
  else if (type === 'iscsi' && spec.iscsi) validateIscsi(errors, field, spec.iscsi);
  else if (type === 'csi' && spec.csi) validateCsiSource(errors, field, spec.csi);
  else if (type === 'local' && spec.local) {
    const { path } = spec.local;
    if (path) validatePathWithoutBacksteps(errors, `${field}.path`, path);
    else errors.push(required(`${field}.path`));
    if (!spec.nodeAffinity) errors.push(required('spec.nodeAffinity', 'Local volume requires node affinity'));
  } else validateVendorVolume(errors, field, type, spec[type] as Record<string, unknown>);
}

const SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
] as const;

function validateCsiSource(errors: FieldErrors, field: string, source: CSIPersistentVolumeSource): void {
  validateDriverName(errors, `${field}.driver`, source.driver);
  if (!source.volumeHandle) errors.push(required(`${field}.volumeHandle`));
  for (const name of SECRETS) {
    const secret = source[name];
    if (secret) validateSecretReference(errors, `${field}.${name}`, secret);
  }
}

function validateSecretReference(errors: FieldErrors, field: string, { name, namespace }: SecretReference): void {
  if (name) pushInvalid(errors, `${field}.name`, name, isDns1123Subdomain(name));
  else errors.push(required(`${field}.name`));
  if (namespace) pushInvalid(errors, `${field}.namespace`, namespace, isDns1123Label(namespace));
  else errors.push(required(`${field}.namespace`));
}

/** An update of a volume. */
export function validatePersistentVolumeUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { spec } = object as PersistentVolume;
  const { spec: old } = oldObject as PersistentVolume;
  const errors: FieldErrors = [...validatePersistentVolume(object)];
  let comparable = spec;
  // A secret for growing it may be given later.
  if (old.csi && spec.csi && !old.csi.controllerExpandSecretRef) {
    comparable = { ...spec, csi: { ...spec.csi, controllerExpandSecretRef: undefined } };
  }
  const isSame = SOURCES.every((source) => deepEqual(old[source], comparable[source]));
  const [left, right] = isSame ? [] : [old, comparable].map((one) => internalForm('PersistentVolumeSource', one));
  if (!deepEqual(left, right)) {
    const why = `spec.persistentvolumesource is immutable after creation\n${unifiedDiff(left, right)}`;
    errors.push(forbiddenField('spec.persistentvolumesource', why));
  }
  validateImmutable(errors, 'volumeMode', spec.volumeMode, old.volumeMode);
  if (old.nodeAffinity && !deepEqual(old.nodeAffinity, spec.nodeAffinity)) {
    const printable = spec.nodeAffinity ? internalForm('VolumeNodeAffinity', spec.nodeAffinity) : null;
    errors.push(invalid('nodeAffinity', printable, 'field is immutable, except for updating from beta label to GA'));
  }
  if (old.volumeAttributesClassName !== undefined && spec.volumeAttributesClassName === undefined) {
    errors.push(forbiddenField('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

/** An update of a volume's status. */
export function validatePersistentVolumeStatusUpdate({ metadata }: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, old.metadata);
  return errors;
}
