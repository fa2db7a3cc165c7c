/**
 * Kinds of storage.k8s.io that say what volumes there may be: classes and capacities. Drivers are in csi.ts.
 * Follows pkg/apis/storage/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { compareQuantities } from '../quantity';
import type { CSIStorageCapacity, StorageClass, TopologySelectorTerm, VolumeAttributesClass } from '../types';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
  sortedMap,
  tooLong,
} from './field-errors';
import { printableSelector, validateLabelSelector, validateQualifiedName } from './labels';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { byteLength, isDns1123Subdomain } from './names';

/** Of kinds that belong to the whole cluster. */
export const CLUSTER_METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain };
const NAMESPACED_METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const POLICIES = ['Delete', 'Retain'];
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];
const MAX_PARAMETERS = 512;
const MAX_PARAMETER_BYTES = 256 * 1024;

/** A StorageClass that is to be created. */
export function validateStorageClass(object: KubeObject): readonly FieldError[] {
  const { metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode, allowedTopologies } =
    object as StorageClass;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, CLUSTER_METADATA);
  validateProvisioner(errors, 'provisioner', provisioner);
  validateParameters(errors, parameters);
  if (reclaimPolicy && !POLICIES.includes(reclaimPolicy)) {
    errors.push(notSupported('reclaimPolicy', reclaimPolicy, POLICIES));
  }
  if (volumeBindingMode === undefined) errors.push(required('volumeBindingMode'));
  else if (!BINDING_MODES.includes(volumeBindingMode)) {
    errors.push(notSupported('volumeBindingMode', volumeBindingMode, BINDING_MODES));
  }
  validateTopologies(errors, allowedTopologies ?? []);
  return errors;
}

function validateProvisioner(errors: FieldErrors, field: string, name: string | undefined): void {
  if (!name) errors.push(required(field));
  else validateQualifiedName(errors, field, name.toLowerCase());
}

function validateParameters(errors: FieldErrors, parameters: Readonly<Record<string, string>> = {}): void {
  const entries = Object.entries(parameters);
  if (entries.length > MAX_PARAMETERS) {
    errors.push(tooLong('parameters', MAX_PARAMETERS));
    return;
  }
  for (const [key] of entries) if (key === '') errors.push(invalid('parameters', key, 'field can not be empty.'));
  const size = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (size > MAX_PARAMETER_BYTES) errors.push(tooLong('parameters', MAX_PARAMETER_BYTES));
}

/** Upstream looks for twins in a list that begins with as many empty terms as there are terms, so an empty one is always told of. */
function validateTopologies(errors: FieldErrors, terms: readonly TopologySelectorTerm[]): void {
  const seen: object[] = terms.map(() => []);
  for (const [index, { matchLabelExpressions = [] }] of terms.entries()) {
    const expressions = new Map<string, readonly string[]>();
    const field = `allowedTopologies[${index}].matchLabelExpressions`;
    for (const [at, { key, values = [] }] of matchLabelExpressions.entries()) {
      const path = `${field}[${at}]`;
      if (values.length === 0) errors.push(required(`${path}.values`));
      for (const [place, value] of values.entries()) {
        if (values.indexOf(value) < place) errors.push(duplicate(`${path}.values[${place}]`, value));
      }
      validateQualifiedName(errors, `${path}.key`, key ?? '');
      if (expressions.has(key)) errors.push(duplicate(`${path}.key`, key));
      expressions.set(key, [...values].sort());
    }
    const term = [...expressions].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const other of seen) if (deepEqual(other, term)) errors.push(duplicate(field, ''));
    seen.push(term);
  }
}

/** An update of a StorageClass: all that decides how volumes come into being stays. */
export function validateStorageClassUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const storageClass = object as StorageClass;
  const old = oldObject as StorageClass;
  const errors: FieldErrors = [...validateStorageClass(object)];
  validateObjectMetaUpdate(errors, storageClass.metadata, old.metadata);
  const printable = sortedMap(storageClass.parameters);
  validateImmutable(errors, 'parameters', storageClass.parameters ?? {}, old.parameters ?? {}, printable);
  for (const field of ['provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const) {
    validateImmutable(errors, field, storageClass[field], old[field]);
  }
  return errors;
}

/** A VolumeAttributesClass that is to be created. */
export function validateVolumeAttributesClass(object: KubeObject): readonly FieldError[] {
  const { metadata, driverName, parameters } = object as VolumeAttributesClass;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, CLUSTER_METADATA);
  validateProvisioner(errors, 'driverName', driverName);
  validateParameters(errors, parameters);
  if (Object.keys(parameters ?? {}).length === 0) {
    errors.push(required('parameters', 'must contain at least one key/value pair'));
  }
  return errors;
}

/** An update of a VolumeAttributesClass. */
export function validateVolumeAttributesClassUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const attributes = object as VolumeAttributesClass;
  const old = oldObject as VolumeAttributesClass;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, attributes.metadata, old.metadata);
  for (const field of ['driverName', 'parameters'] as const) {
    if (!deepEqual(attributes[field], old[field])) {
      errors.push(forbiddenField(field, `updates to ${field} are forbidden.`));
    }
  }
  errors.push(...validateVolumeAttributesClass(object));
  return errors;
}

/** A CSIStorageCapacity that is to be created. */
export function validateCsiStorageCapacity(object: KubeObject): readonly FieldError[] {
  const { metadata, nodeTopology, storageClassName = '', capacity } = object as CSIStorageCapacity;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, NAMESPACED_METADATA);
  validateLabelSelector(errors, 'nodeTopology', nodeTopology);
  pushInvalid(errors, 'storageClassName', storageClassName, isDns1123Subdomain(storageClassName));
  if (capacity !== undefined && compareQuantities(capacity, '0') < 0) {
    errors.push(invalid('capacity', capacity, 'must be greater than or equal to 0'));
  }
  return errors;
}

/** An update of a CSIStorageCapacity. */
export function validateCsiStorageCapacityUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const capacity = object as CSIStorageCapacity;
  const old = oldObject as CSIStorageCapacity;
  const errors: FieldErrors = [...validateCsiStorageCapacity(object)];
  validateObjectMetaUpdate(errors, capacity.metadata, old.metadata);
  const printable = capacity.nodeTopology ? printableSelector(capacity.nodeTopology) : null;
  validateImmutable(errors, 'nodeTopology', capacity.nodeTopology, old.nodeTopology, printable);
  validateImmutable(errors, 'storageClassName', capacity.storageClassName, old.storageClassName);
  return errors;
}
