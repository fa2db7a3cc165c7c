/**
 * VolumeAttachments, CSIDrivers and CSINodes.
 * Follows pkg/apis/storage/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { CSIDriver, CSINode, CSINodeDriver, StorageTokenRequest, VolumeAttachment } from '../types';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
} from './field-errors';
import { validateQualifiedName } from './labels';
import { validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { CLUSTER_METADATA } from './storage-class';

const MAX_NODE_ID = 256;
const GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const LIFECYCLES = ['Persistent', 'Ephemeral'];
const ONE_SOURCE = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

/** The name of a storage driver. */
export function validateDriverName(errors: FieldErrors, field: string, name: string | undefined): void {
  if (!name) errors.push(required(field));
  else pushInvalid(errors, field, name, isDns1123Subdomain(name.toLowerCase()));
}

/** A VolumeAttachment that is to be created. */
export function validateVolumeAttachment(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as VolumeAttachment;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, CLUSTER_METADATA);
  validateDriverName(errors, 'spec.attacher', spec?.attacher);
  const { inlineVolumeSpec, persistentVolumeName: name } = spec?.source ?? {};
  if (!inlineVolumeSpec && name === undefined) errors.push(required('spec.source', ONE_SOURCE));
  else if (inlineVolumeSpec && name !== undefined) errors.push(forbiddenField('spec.source', ONE_SOURCE));
  else if (name === '') {
    errors.push(required('spec.source.persistentVolumeName', 'must specify non empty persistentVolumeName'));
  }
  pushInvalid(errors, 'spec.nodeName', spec?.nodeName ?? '', isDns1123Subdomain(spec?.nodeName ?? ''));
  if (name !== undefined) pushInvalid(errors, 'spec.source.persistentVolumeName', name, isDns1123Subdomain(name));
  return errors;
}

/** An update of a VolumeAttachment: its spec stays. */
export function validateVolumeAttachmentUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [...validateVolumeAttachment(object)];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validateImmutable(errors, 'spec', object.spec, old.spec);
  return errors;
}

/** A CSIDriver that is to be created. */
export function validateCsiDriver(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, CLUSTER_METADATA);
  validateDriverSpec(errors, object as CSIDriver);
  return errors;
}

/** An update of a CSIDriver. */
export function validateCsiDriverUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const driver = object as CSIDriver;
  const old = oldObject as CSIDriver;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, driver.metadata, old.metadata);
  validateDriverSpec(errors, driver);
  validateImmutable(errors, 'spec.attachedRequired', driver.spec.attachRequired, old.spec.attachRequired);
  const [modes, before] = [driver, old].map(({ spec }) => spec.volumeLifecycleModes);
  validateImmutable(errors, 'spec.volumeLifecycleModes', modes, before);
  return errors;
}

function validateDriverSpec(errors: FieldErrors, { spec }: CSIDriver): void {
  const { fsGroupPolicy, nodeAllocatableUpdatePeriodSeconds: period } = spec;
  if (fsGroupPolicy !== undefined && !GROUP_POLICIES.includes(fsGroupPolicy)) {
    errors.push(notSupported('spec.fsGroupPolicy', fsGroupPolicy, GROUP_POLICIES));
  }
  validateTokenRequests(errors, spec.tokenRequests ?? []);
  for (const mode of spec.volumeLifecycleModes ?? []) {
    if (!LIFECYCLES.includes(mode)) errors.push(notSupported('spec.volumeLifecycleModes', mode, LIFECYCLES));
  }
  if (period !== undefined && period < 10) {
    const field = 'spec.nodeAllocatableUpdatePeriodSeconds';
    errors.push(invalid(field, period, 'must be greater than or equal to 10 seconds'));
  }
  if (spec.serviceAccountTokenInSecrets !== undefined && !spec.tokenRequests?.length) {
    const why = 'serviceAccountTokenInSecrets is set but no tokenRequests are specified';
    errors.push(invalid('spec.serviceAccountTokenInSecrets', spec.serviceAccountTokenInSecrets, why));
  }
}

function validateTokenRequests(errors: FieldErrors, requests: readonly StorageTokenRequest[]): void {
  for (const [index, { audience = '', expirationSeconds: seconds }] of requests.entries()) {
    const field = `spec.tokenRequests[${index}]`;
    if (requests.findIndex((other) => (other.audience ?? '') === audience) < index) {
      errors.push(duplicate(`${field}.audience`, audience));
    } else if (seconds !== undefined && seconds < 600) {
      errors.push(invalid(`${field}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes'));
    } else if (seconds !== undefined && seconds > 2 ** 32) {
      const why = 'may not specify a duration larger than 2^32 seconds';
      errors.push(invalid(`${field}.expirationSeconds`, seconds, why));
    }
  }
}

/** A CSINode that is to be created. */
export function validateCsiNode(object: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as CSINode;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, metadata, CLUSTER_METADATA);
  const drivers = spec?.drivers ?? [];
  for (const [index, driver] of drivers.entries()) {
    const field = `spec.drivers[${index}]`;
    const isRepeated = drivers.findIndex(({ name }) => name === driver.name) < index;
    validateNodeDriver(errors, field, driver, isRepeated);
  }
  return errors;
}

function validateNodeDriver(errors: FieldErrors, field: string, driver: CSINodeDriver, isRepeated: boolean): void {
  const { name, nodeID = '', allocatable } = driver;
  // A driver without topology has null for its keys.
  const topologyKeys = driver.topologyKeys ?? [];
  validateDriverName(errors, `${field}.name`, name);
  if (nodeID === '') errors.push(required(`${field}.nodeID`));
  if (nodeID.length > MAX_NODE_ID) {
    errors.push(invalid(`${field}.nodeID`, nodeID, `must be ${MAX_NODE_ID} characters or less`));
  }
  if ((allocatable?.count ?? 0) < 0) {
    const why = 'must be greater than or equal to 0';
    errors.push(invalid(`${field}.allocatable.count`, allocatable?.count, why));
  }
  if (isRepeated) errors.push(duplicate(`${field}.name`, name));
  for (const [index, key] of topologyKeys.entries()) {
    if (key === '') errors.push(required(field));
    if (topologyKeys.indexOf(key) < index) errors.push(duplicate(field, key));
    validateQualifiedName(errors, field, key);
  }
}

/** An update of a CSINode: of a driver that is there only its limit changes. */
export function validateCsiNodeUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [...validateCsiNode(object)];
  for (const old of (oldObject as CSINode).spec?.drivers ?? []) {
    const driver = (object as CSINode).spec?.drivers?.find(({ name }) => name === old.name);
    const [after, before] = [driver ?? old, old].map((one) => ({ ...one, allocatable: undefined }));
    if (deepEqual(after, before)) continue;
    const { name, nodeID = '', topologyKeys } = after as CSINodeDriver;
    const printable = { Name: name, NodeID: nodeID, TopologyKeys: topologyKeys ?? null, Allocatable: null };
    errors.push(invalid('spec.drivers', printable, 'field is immutable'));
  }
  return errors;
}
