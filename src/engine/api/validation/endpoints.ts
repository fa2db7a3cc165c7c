/**
 * Endpoints.
 * Follows pkg/apis/core/validation/validation.go (ValidateEndpoints and what it calls).
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import { deepEqual } from '../plain';
import { timestampProblem } from '../timestamp';
import type { CoreEndpointPort, EndpointAddress, Endpoints } from '../types';
import { type FieldErrors, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateEndpointIp, validateLegacyIp } from './ip-addresses';
import { validateQualifiedName } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label, isDns1123Subdomain, isPortNumber } from './names';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const LAST_CHANGE = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Endpoints that are to be created. */
export function validateEndpoints(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateMeta(errors, object);
  validateSubsets(errors, object as Endpoints);
  return errors;
}

/** An update of Endpoints: subsets that stay as they are need not be valid. */
export function validateEndpointsUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  validateMeta(errors, object);
  if (!deepEqual((object as Endpoints).subsets, (old as Endpoints).subsets))
    validateSubsets(errors, object as Endpoints);
  return errors;
}

function validateMeta(errors: FieldErrors, { metadata }: KubeObject): void {
  validateObjectMeta(errors, metadata, METADATA);
  const time = metadata.annotations?.[LAST_CHANGE];
  const problem = time === undefined ? undefined : timestampProblem(time);
  if (problem === undefined) return;
  const [what] = problem.split(': ');
  const quoted = JSON.stringify(time);
  const why =
    what === 'not an RFC 3339 time'
      ? `parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoted} as "2006"`
      : `parsing time ${quoted}: ${what}`;
  errors.push(invalid(`annotations.${LAST_CHANGE}`, time, why));
}

function validateSubsets(errors: FieldErrors, { subsets = [] }: Endpoints): void {
  for (const [index, { addresses = [], notReadyAddresses = [], ports = [] }] of subsets.entries()) {
    const path = `subsets[${index}]`;
    if (addresses.length === 0 && notReadyAddresses.length === 0)
      errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
    for (const [at, address] of addresses.entries()) validateAddress(errors, `${path}.addresses[${at}]`, address);
    for (const [at, address] of notReadyAddresses.entries())
      validateAddress(errors, `${path}.notReadyAddresses[${at}]`, address);
    for (const [at, port] of ports.entries()) validatePort(errors, `${path}.ports[${at}]`, port, ports.length > 1);
  }
}

function validateAddress(errors: FieldErrors, field: string, { ip = '', hostname, nodeName }: EndpointAddress): void {
  validateLegacyIp(errors, `${field}.ip`, ip);
  if (hostname) pushInvalid(errors, `${field}.hostname`, hostname, isDns1123Label(hostname));
  if (nodeName !== undefined) pushInvalid(errors, `${field}.nodeName`, nodeName, isDns1123Subdomain(nodeName));
  validateEndpointIp(errors, `${field}.ip`, ip);
}

function validatePort(errors: FieldErrors, field: string, port: CoreEndpointPort, needsName: boolean): void {
  const { name, protocol = '', appProtocol } = port;
  if (name) pushInvalid(errors, `${field}.name`, name, isDns1123Label(name));
  else if (needsName) errors.push(required(`${field}.name`));
  pushInvalid(errors, `${field}.port`, port.port ?? 0, isPortNumber(port.port ?? 0));
  if (!protocol) errors.push(required(`${field}.protocol`));
  else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${field}.protocol`, protocol, PROTOCOLS));
  if (appProtocol !== undefined) validateQualifiedName(errors, `${field}.appProtocol`, appProtocol);
}
