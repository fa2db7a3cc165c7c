/**
 * Services.
 * Follows pkg/apis/core/validation/validation.go (validateService, ValidateServiceUpdate).
 * Left out: the annotations for source ranges and topology hints.
 */
import { isExternallyAccessible } from '../defaults/service';
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type { Service, ServiceSpec } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { validateEndpointIp, validateLegacyCidr, validateLegacyIp } from './ip-addresses';
import { validateLabels, validateQualifiedName } from './labels';
import { type MetadataRules, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { isDns1123Label, isDns1123Subdomain, isPortNumber } from './names';
import { isHeadless, validateServiceAddressChanges, validateServiceAddresses } from './service-addresses';
import { validateNodePorts, validateServicePorts } from './service-port';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Label };
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
const TRAFFIC_POLICIES = ['Cluster', 'Local'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const MAX_TIMEOUT_SECONDS = 86_400;
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

/** A Service that is to be created. */
export function validateService(object: KubeObject): readonly FieldError[] {
  const service = object as Service;
  const errors: FieldErrors = [];
  validateObjectMeta(errors, service.metadata, METADATA);
  validateSpec(errors, service.spec, undefined);
  return errors;
}

/** An update of a Service. */
export function validateServiceUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { metadata, spec } = object as Service;
  const { metadata: oldMetadata, spec: old } = oldObject as Service;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, metadata, oldMetadata);
  validateServiceAddressChanges(errors, spec, old);
  if (spec.type === 'LoadBalancer' && old.type === 'LoadBalancer' && spec.loadBalancerClass !== old.loadBalancerClass) {
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
  }
  validateLoadBalancerClass(errors, spec);
  if (needsHealthCheck(spec) && needsHealthCheck(old) && spec.healthCheckNodePort !== old.healthCheckNodePort) {
    errors.push(forbiddenField('spec.healthCheckNodePort', 'field is immutable'));
  }
  validateSpec(errors, spec, old);
  return errors;
}

/** Whether a load balancer asks each node if it has Pods of the Service. */
export function needsHealthCheck({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

function validateSpec(errors: FieldErrors, spec: ServiceSpec, old: ServiceSpec | undefined): void {
  const { ports = [] } = spec;
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  validateTypeFields(errors, spec);
  validateServicePorts(errors, 'spec.ports', ports);
  validateLabels(errors, 'spec.selector', spec.selector);
  validateAffinity(errors, spec);
  validateServiceAddresses(errors, spec, old);
  validateExternalIps(errors, spec, old);
  if (!spec.type) errors.push(required('spec.type'));
  else if (!TYPES.includes(spec.type)) errors.push(notSupported('spec.type', spec.type, TYPES));
  validateNodePorts(errors, 'spec.ports', ports, spec.type ?? '');
  validateLoadBalancerFields(errors, spec, old);
  validateExternalTraffic(errors, spec);
  validateInternalTraffic(errors, spec);
  const distribution = spec.trafficDistribution;
  if (distribution === undefined || DISTRIBUTIONS.includes(distribution)) return;
  errors.push(notSupported('spec.trafficDistribution', distribution, DISTRIBUTIONS));
}

function validateTypeFields(errors: FieldErrors, spec: ServiceSpec): void {
  const { type, externalName = '' } = spec;
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec)) {
    errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`));
  }
  if (type !== 'ExternalName') return;
  for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const) {
    if ((spec[field]?.length ?? 0) === 0) continue;
    errors.push(forbiddenField(`spec.${field}`, 'may not be set for ExternalName services'));
  }
  const name = externalName.endsWith('.') ? externalName.slice(0, -1) : externalName;
  if (name === '') errors.push(required('spec.externalName'));
  else pushInvalid(errors, 'spec.externalName', name, isDns1123Subdomain(name));
}

function validateAffinity(errors: FieldErrors, spec: ServiceSpec): void {
  const { sessionAffinity = '', sessionAffinityConfig: config } = spec;
  const field = 'spec.sessionAffinity';
  if (sessionAffinity === '') errors.push(required(field));
  else if (!AFFINITIES.includes(sessionAffinity)) errors.push(notSupported(field, sessionAffinity, AFFINITIES));
  if (sessionAffinity === 'None' && config) {
    errors.push(forbiddenField('spec.sessionAffinityConfig', 'must not be set when session affinity is None'));
  }
  if (sessionAffinity !== 'ClientIP') return;
  const seconds = config?.clientIP?.timeoutSeconds ?? 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return;
  const why = `must be greater than 0 and less than ${MAX_TIMEOUT_SECONDS}`;
  errors.push(invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', seconds, why));
}

function validateExternalIps(
  errors: FieldErrors,
  { externalIPs = [] }: ServiceSpec,
  old: ServiceSpec | undefined,
): void {
  for (const [index, ip] of externalIPs.entries()) {
    const path = `spec.externalIPs[${index}]`;
    const before = errors.length;
    validateLegacyIp(errors, path, ip, old?.externalIPs);
    if (errors.length === before) validateEndpointIp(errors, path, ip);
  }
}

function validateLoadBalancerFields(errors: FieldErrors, spec: ServiceSpec, old: ServiceSpec | undefined): void {
  const isLoadBalancer = spec.type === 'LoadBalancer';
  const { loadBalancerSourceRanges: ranges = [], allocateLoadBalancerNodePorts: allocates } = spec;
  const field = 'spec.LoadBalancerSourceRanges';
  if (ranges.length > 0 && !isLoadBalancer) errors.push(forbiddenField(field, ONLY_LOAD_BALANCER));
  const known = old?.loadBalancerSourceRanges?.map((range) => range.trim());
  for (const [index, range] of ranges.entries()) validateLegacyCidr(errors, `${field}[${index}]`, range.trim(), known);
  if (allocates !== undefined && !isLoadBalancer) {
    errors.push(forbiddenField('spec.allocateLoadBalancerNodePorts', ONLY_LOAD_BALANCER));
  }
  if (allocates === undefined && isLoadBalancer) errors.push(required('allocateLoadBalancerNodePorts'));
  validateLoadBalancerClass(errors, spec);
}

function validateLoadBalancerClass(errors: FieldErrors, { type, loadBalancerClass: name }: ServiceSpec): void {
  if (name === undefined) return;
  if (type === 'LoadBalancer') validateQualifiedName(errors, 'spec.loadBalancerClass', name);
  else errors.push(forbiddenField('spec.loadBalancerClass', ONLY_LOAD_BALANCER));
}

function validateExternalTraffic(errors: FieldErrors, spec: ServiceSpec): void {
  const { externalTrafficPolicy: policy = '', healthCheckNodePort: port = 0 } = spec;
  const field = 'spec.externalTrafficPolicy';
  if (!isExternallyAccessible(spec)) {
    if (policy) errors.push(invalid(field, policy, 'may only be set for externally-accessible services'));
  } else if (!policy) errors.push(required(field));
  else if (!TRAFFIC_POLICIES.includes(policy)) errors.push(notSupported(field, policy, TRAFFIC_POLICIES));
  if (needsHealthCheck(spec)) {
    if (port === 0) errors.push(required('spec.healthCheckNodePort'));
    else pushInvalid(errors, 'spec.healthCheckNodePort', port, isPortNumber(port));
  } else if (port !== 0) {
    const why = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid('spec.healthCheckNodePort', port, why));
  }
}

function validateInternalTraffic(errors: FieldErrors, { type = '', internalTrafficPolicy: policy }: ServiceSpec): void {
  const field = 'spec.internalTrafficPolicy';
  if (policy === undefined) {
    if (['NodePort', 'LoadBalancer', 'ClusterIP'].includes(type)) errors.push(required(field));
  } else if (!TRAFFIC_POLICIES.includes(policy)) errors.push(notSupported(field, policy, TRAFFIC_POLICIES));
}

const IP_MODES = ['Proxy', 'VIP'];

/** An update of a Service's status. */
export function validateServiceStatusUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const { spec, status } = object as Service;
  const old = (oldObject as Service).status?.loadBalancer?.ingress ?? [];
  const ingress = status?.loadBalancer?.ingress ?? [];
  const errors: FieldErrors = [];
  const field = 'status.loadBalancer.ingress';
  if (spec.type !== 'LoadBalancer' && ingress.length > 0) {
    errors.push(forbiddenField(field, "may only be used when `spec.type` is 'LoadBalancer'"));
    return errors;
  }
  const known = old.map(({ ip = '' }) => ip);
  for (const [index, { ip = '', ipMode, hostname = '' }] of ingress.entries()) {
    const path = `${field}[${index}]`;
    if (ip) validateLegacyIp(errors, `${path}.ip`, ip, known);
    if (ip && ipMode === undefined) errors.push(required(`${path}.ipMode`, 'must be specified when `ip` is set'));
    else if (!ip && ipMode !== undefined) {
      errors.push(forbiddenField(`${path}.ipMode`, 'may not be specified when `ip` is not set'));
    } else if (ipMode !== undefined && !IP_MODES.includes(ipMode)) {
      errors.push(notSupported(`${path}.ipMode`, ipMode, IP_MODES));
    }
    if (hostname) pushInvalid(errors, `${path}.hostname`, hostname, isDns1123Subdomain(hostname));
  }
  return errors;
}
