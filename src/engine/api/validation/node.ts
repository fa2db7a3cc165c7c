/**
 * Nodes.
 * Follows pkg/apis/core/validation/validation.go (ValidateNode, ValidateNodeUpdate).
 * Left out: dynamic kubelet configuration, declared features, swap.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { Node } from '../types';
import { duplicate, type FieldErrors, forbiddenField, invalid } from './field-errors';
import { validateLegacyCidr } from './ip-addresses';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain } from './names';
import { validateResourceQuantity } from './resources';
import { validateTaints } from './scheduling';

const METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain };

/** A Node that is to be created. */
export function validateNode(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateContent(errors, object as Node);
  return errors;
}

function validateContent(errors: FieldErrors, { metadata, spec, status }: Node): void {
  validateObjectMeta(errors, metadata, METADATA);
  // Upstream names taints after the metadata, though they are in the spec.
  validateTaints(errors, 'metadata.taints', spec?.taints ?? []);
  validateResources(errors, status);
  for (const [index, cidr] of (spec?.podCIDRs ?? []).entries()) {
    validateLegacyCidr(errors, `spec.podCIDRs[${index}]`, cidr);
  }
  validateOneCidrPerFamily(errors, spec?.podCIDRs ?? []);
}

function validateOneCidrPerFamily(errors: FieldErrors, cidrs: readonly string[]): void {
  if (cidrs.length < 2) return;
  const families = new Set(cidrs.map((cidr) => cidr.includes(':')));
  if (cidrs.length === 2 && families.size === 2) return;
  errors.push(invalid('spec.podCIDRs', cidrs, 'may specify no more than one CIDR for each IP family'));
}

function validateResources(errors: FieldErrors, status: Node['status'] | undefined): void {
  for (const field of ['capacity', 'allocatable'] as const) {
    const list = status?.[field];
    for (const name in list) {
      validateResourceQuantity(errors, `status.${field}.${name}`, name, list[name] as string);
    }
  }
}

/** An update of a Node. */
export function validateNodeUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec = {} } = object as Node;
  const { metadata: oldMetadata, spec: old = {} } = oldObject as Node;
  const errors: FieldErrors = [];
  validateContent(errors, object as Node);
  validateObjectMetaUpdate(errors, metadata, oldMetadata);
  if (old.podCIDRs && old.podCIDRs.join() !== spec.podCIDRs?.join()) {
    errors.push(forbiddenField('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
  }
  if (old.providerID && old.providerID !== spec.providerID) {
    errors.push(forbiddenField('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
  return errors;
}

/** An update of a Node's status. */
export function validateNodeStatusUpdate(object: KubeObject): readonly FieldError[] {
  const { status } = object as Node;
  const errors: FieldErrors = [];
  validateResources(errors, status);
  const seen = new Set<string>();
  for (const [index, { type, address }] of (status?.addresses ?? []).entries()) {
    const key = `${type} ${address}`;
    if (seen.has(key)) errors.push(duplicate(`status.addresses[${index}]`, { Type: type, Address: address }));
    seen.add(key);
  }
  return errors;
}
