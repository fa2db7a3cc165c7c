/**
 * EndpointSlices.
 * Follows pkg/apis/discovery/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import type { Endpoint, EndpointHints, EndpointPort, EndpointSlice } from '../types';
import { duplicate, type FieldErrors, invalid, notSupported, pushInvalid, required, tooMany } from './field-errors';
import { ipFamilyOf, validateEndpointIp, validateIp, validateLegacyIp } from './ip-addresses';
import { validateQualifiedName } from './labels';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label, isDns1123Subdomain, isLabelValue } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_PORTS = 20_000;
const MAX_HINTS = 8;

/** An EndpointSlice that is to be created. */
export function validateEndpointSlice(object: KubeObject): readonly FieldError[] {
  const slice = object as EndpointSlice;
  const errors: FieldErrors = [];
  validateBody(errors, slice);
  validateEndpoints(errors, slice);
  return errors;
}

/** An update of an EndpointSlice; endpoints that did not change are not checked again. */
export function validateEndpointSliceUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const slice = object as EndpointSlice;
  const old = oldObject as EndpointSlice;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, slice.metadata, old.metadata);
  validateBody(errors, slice);
  if (!deepEqual(slice.endpoints, old.endpoints)) validateEndpoints(errors, slice);
  validateImmutable(errors, 'addressType', slice.addressType, old.addressType);
  return errors;
}

function validateBody(errors: FieldErrors, slice: EndpointSlice): void {
  validateObjectMeta(errors, slice.metadata, METADATA);
  if (!slice.addressType) errors.push(required('addressType'));
  else if (!ADDRESS_TYPES.includes(slice.addressType)) {
    errors.push(notSupported('addressType', slice.addressType, ADDRESS_TYPES));
  }
  validatePorts(errors, slice.ports ?? []);
}

function validatePorts(errors: FieldErrors, ports: readonly EndpointPort[]): void {
  if (ports.length > MAX_PORTS) {
    errors.push(tooMany('ports', ports.length, MAX_PORTS));
    return;
  }
  const names = new Set<string>();
  for (const [index, { name = '', protocol, appProtocol }] of ports.entries()) {
    const path = `ports[${index}]`;
    if (name !== '') pushInvalid(errors, `${path}.name`, name, isDns1123Label(name));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    if (protocol === undefined) errors.push(required(`${path}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    if (appProtocol !== undefined) validateQualifiedName(errors, `${path}.appProtocol`, appProtocol);
  }
}

function validateEndpoints(errors: FieldErrors, slice: EndpointSlice): void {
  const endpoints = slice.endpoints ?? [];
  if (endpoints.length > MAX_ENDPOINTS) {
    errors.push(tooMany('endpoints', endpoints.length, MAX_ENDPOINTS));
    return;
  }
  for (let index = 0; index < endpoints.length; index++) {
    validateEndpoint(errors, `endpoints[${index}]`, endpoints[index] as Endpoint, slice.addressType);
  }
}

function validateEndpoint(errors: FieldErrors, field: string, endpoint: Endpoint, addressType: string): void {
  const { addresses = [], nodeName, hostname, hints } = endpoint;
  const path = `${field}.addresses`;
  if (addresses.length === 0) errors.push(required(path, 'must contain at least 1 address'));
  else if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(path, addresses.length, MAX_ADDRESSES));
  for (let index = 0; index < addresses.length; index++) {
    validateAddress(errors, path, index, addresses[index] as string, addressType);
  }
  if (nodeName !== undefined) pushInvalid(errors, `${field}.nodeName`, nodeName, isDns1123Subdomain(nodeName));
  if (hostname !== undefined) pushInvalid(errors, `${field}.hostname`, hostname, isDns1123Label(hostname));
  if (hints) validateHints(errors, `${field}.hints`, hints);
}

function validateAddress(
  errors: FieldErrors,
  field: string,
  index: number,
  address: string,
  addressType: string,
): void {
  const path = `${field}[${index}]`;
  if (addressType === 'FQDN') {
    validateDomainName(errors, path, address);
    return;
  }
  if (addressType !== 'IPv4' && addressType !== 'IPv6') return;
  const before = errors.length;
  if (addressType === 'IPv4') validateLegacyIp(errors, path, address);
  else validateIp(errors, path, address);
  if (errors.length > before) return;
  if (ipFamilyOf(address) !== addressType) errors.push(invalid(field, address, `must be an ${addressType} address`));
  validateEndpointIp(errors, path, address);
}

function validateDomainName(errors: FieldErrors, field: string, address: string): void {
  const name = address.endsWith('.') ? address.slice(0, -1) : address;
  const messages = isDns1123Subdomain(name);
  if (address === '') errors.push(required(field));
  else if (messages.length > 0) errors.push(invalid(field, name, messages.join(',')));
  else if (!name.includes('.')) {
    errors.push(invalid(field, name, 'should be a domain with at least two segments separated by dots'));
  }
}

function validateHints(errors: FieldErrors, field: string, { forZones = [], forNodes = [] }: EndpointHints): void {
  validateHintNames(errors, `${field}.forZones`, forZones, isLabelValue);
  validateHintNames(errors, `${field}.forNodes`, forNodes, isDns1123Subdomain);
}

function validateHintNames(
  errors: FieldErrors,
  field: string,
  hints: readonly { name: string }[],
  check: (name: string) => readonly string[],
): void {
  if (hints.length > MAX_HINTS) {
    errors.push(tooMany(field, hints.length, MAX_HINTS));
    return;
  }
  const seen = new Set<string>();
  for (const [index, { name = '' }] of hints.entries()) {
    if (seen.has(name)) errors.push(duplicate(`${field}[${index}].name`, name));
    seen.add(name);
    pushInvalid(errors, `${field}[${index}].name`, name, check(name));
  }
}
