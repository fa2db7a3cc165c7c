/**
 * NetworkPolicies.
 * Follows pkg/apis/networking/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { isWithinCidr, validateLegacyCidr } from './ip-addresses';
import { validateLabelSelector } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Subdomain, isPortName, isPortNumber } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const TYPES = ['Ingress', 'Egress'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** A NetworkPolicy that is to be created. */
export function validateNetworkPolicy(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, METADATA);
  validateSpec(errors, (object as NetworkPolicy).spec ?? {}, []);
  return errors;
}

/** An update of a NetworkPolicy; what was there of CIDRs may stay. */
export function validateNetworkPolicyUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  const known = ipBlocks((old as NetworkPolicy).spec).flatMap(({ block }) => [block.cidr, ...(block.except ?? [])]);
  validateSpec(errors, (object as NetworkPolicy).spec ?? {}, known);
  return errors;
}

/** Every block of addresses, with its path. */
export function ipBlocks({ ingress = [], egress = [] }: NetworkPolicySpec): { path: string; block: IPBlock }[] {
  const within = (peers: readonly NetworkPolicyPeer[] | undefined, path: string) =>
    (peers ?? []).flatMap(({ ipBlock }, index) =>
      ipBlock ? [{ path: `${path}[${index}].ipBlock`, block: ipBlock }] : [],
    );
  return [
    ...ingress.flatMap(({ from }, index) => within(from, `spec.ingress[${index}].from`)),
    ...egress.flatMap(({ to }, index) => within(to, `spec.egress[${index}].to`)),
  ];
}

function validateSpec(errors: FieldErrors, spec: NetworkPolicySpec, known: readonly string[]): void {
  const { podSelector, ingress = [], egress = [], policyTypes = [] } = spec;
  validateLabelSelector(errors, 'spec.podSelector', podSelector);
  const validateRule = (
    path: string,
    ports: readonly NetworkPolicyPort[] | undefined,
    side: string,
    peers: readonly NetworkPolicyPeer[] | undefined,
  ): void => {
    for (const [index, port] of (ports ?? []).entries()) validatePort(errors, `${path}.ports[${index}]`, port);
    for (const [index, peer] of (peers ?? []).entries()) validatePeer(errors, `${path}.${side}[${index}]`, peer, known);
  };
  for (const [index, { ports, from }] of ingress.entries()) validateRule(`spec.ingress[${index}]`, ports, 'from', from);
  for (const [index, { ports, to }] of egress.entries()) validateRule(`spec.egress[${index}]`, ports, 'to', to);
  if (policyTypes.length > TYPES.length) {
    errors.push(invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes'));
    return;
  }
  for (const [index, type] of policyTypes.entries())
    if (!TYPES.includes(type)) errors.push(notSupported(`spec.policyTypes[${index}]`, type, TYPES));
}

function validatePort(errors: FieldErrors, field: string, { protocol, port, endPort }: NetworkPolicyPort): void {
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    errors.push(notSupported(`${field}.protocol`, protocol, PROTOCOLS));
  const end = `${field}.endPort`;
  if (port === undefined) {
    if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is not specified'));
  } else if (typeof port === 'number') {
    pushInvalid(errors, `${field}.port`, port, isPortNumber(port));
    if (endPort === undefined) return;
    if (endPort < port) errors.push(invalid(end, port, 'must be greater than or equal to `port`'));
    pushInvalid(errors, end, endPort, isPortNumber(endPort));
  } else {
    if (endPort !== undefined) errors.push(invalid(end, endPort, 'may not be specified when `port` is non-numeric'));
    pushInvalid(errors, `${field}.port`, port, isPortName(port));
  }
}

function validatePeer(errors: FieldErrors, field: string, peer: NetworkPolicyPeer, known: readonly string[]): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (podSelector) validateLabelSelector(errors, `${field}.podSelector`, podSelector);
  if (namespaceSelector) validateLabelSelector(errors, `${field}.namespaceSelector`, namespaceSelector);
  if (ipBlock) validateBlock(errors, `${field}.ipBlock`, ipBlock, known);
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(field, 'must specify a peer'));
  else if (ipBlock && (podSelector || namespaceSelector))
    errors.push(forbiddenField(field, 'may not specify both ipBlock and another peer'));
}

function validateBlock(errors: FieldErrors, field: string, block: IPBlock, known: readonly string[]): void {
  const { cidr, except = [] } = block;
  if (!cidr) {
    errors.push(required(`${field}.cidr`));
    return;
  }
  validateLegacyCidr(errors, `${field}.cidr`, cidr, known);
  for (const [index, part] of except.entries()) {
    const path = `${field}.except[${index}]`;
    const isWithin = isWithinCidr(cidr, part);
    if (isWithin === 'unreadable') return;
    validateLegacyCidr(errors, path, part, known);
    if (isWithin === false) errors.push(invalid(path, part, 'must be a strict subset of `cidr`'));
  }
}
