/**
 * The ports of a Service.
 * Follows pkg/apis/core/validation/validation.go (validateServicePort and the checks across ports).
 */
import type { ServicePort } from '../types';
import { duplicate, type FieldErrors, forbiddenField, notSupported, pushInvalid, required } from './field-errors';
import { internalForm } from './internal-form';
import { validateQualifiedName } from './labels';
import { isDns1123Label, isPortNumber } from './names';
import { validatePortNumberOrName } from './probe';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** Each port by itself; several ports need names. */
export function validateServicePorts(errors: FieldErrors, field: string, ports: readonly ServicePort[]): void {
  const names = new Set<string>();
  for (const [index, { name = '', port = 0, protocol = '', targetPort, appProtocol }] of ports.entries()) {
    const path = `${field}[${index}]`;
    if (name === '') {
      if (ports.length > 1) errors.push(required(`${path}.name`));
    } else {
      pushInvalid(errors, `${path}.name`, name, isDns1123Label(name));
      if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    pushInvalid(errors, `${path}.port`, port, isPortNumber(port));
    if (protocol === '') errors.push(required(`${path}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    validatePortNumberOrName(errors, `${path}.targetPort`, targetPort);
    if (appProtocol !== undefined) validateQualifiedName(errors, `${path}.appProtocol`, appProtocol);
  }
}

/** Node ports where there may be some, and no port or node port twice for a protocol. */
export function validateNodePorts(
  errors: FieldErrors,
  field: string,
  ports: readonly ServicePort[],
  type: string,
): void {
  if (type === 'ClusterIP') {
    for (const [index, { nodePort }] of ports.entries()) {
      if (!nodePort) continue;
      errors.push(forbiddenField(`${field}[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  }
  const nodePorts = new Set<string>();
  for (const [index, { nodePort, protocol }] of ports.entries()) {
    if (!nodePort) continue;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(`${field}[${index}].nodePort`, nodePort));
    nodePorts.add(key);
  }
  const numbers = new Set<string>();
  for (const [index, { port = 0, protocol }] of ports.entries()) {
    const key = `${protocol}/${port}`;
    if (numbers.has(key)) errors.push(duplicate(`${field}[${index}]`, internalForm('ServicePort', { protocol, port })));
    numbers.add(key);
  }
}
