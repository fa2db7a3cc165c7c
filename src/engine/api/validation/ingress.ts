/**
 * Ingresses and IngressClasses.
 * Follows pkg/apis/networking/validation/validation.go.
 */
import type { FieldError } from '../field-error';
import type { KubeObject } from '../meta';
import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressClass,
  IngressClassParametersReference,
  IngressRule,
  IngressTLS,
  TypedLocalObjectReference,
} from '../types';
import {
  type FieldErrors,
  forbiddenField,
  invalid,
  notSupported,
  pushInvalid,
  required,
  tooLong,
} from './field-errors';
import { ipFamilyOf, validateLegacyIp } from './ip-addresses';
import { type MetadataRules, validateImmutable, validateObjectMeta, validateObjectMetaUpdate } from './metadata';
import { byteLength, isDns1123Label, isDns1123Subdomain, isPortName, isPortNumber, isWildcardSubdomain } from './names';
import { validateDomainPrefixedPath, validateKindAndName } from './references';

const METADATA: MetadataRules = { namespaced: true, name: isDns1123Subdomain };
const CLASS_METADATA: MetadataRules = { namespaced: false, name: isDns1123Subdomain };

/** The annotation that named the class before there was a field. */
export const INGRESS_CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** What an Ingress that is there already may keep. */
interface Leniency {
  readonly secretNames: boolean;
  readonly wildcardRules: boolean;
}

/** An Ingress that is to be created. */
export function validateIngress(object: KubeObject): readonly FieldError[] {
  const ingress = object as Ingress;
  const errors: FieldErrors = [];
  validateBody(errors, ingress, { secretNames: false, wildcardRules: false });
  const annotation = ingress.metadata.annotations?.[INGRESS_CLASS_ANNOTATION];
  const { ingressClassName } = ingress.spec ?? {};
  if (annotation !== undefined && ingressClassName !== undefined && annotation !== ingressClassName) {
    const why = 'must match `ingressClassName` when both are specified';
    errors.push(invalid(`annotations.${INGRESS_CLASS_ANNOTATION}`, annotation, why));
  }
  return errors;
}

/** An update of an Ingress. */
export function validateIngressUpdate(object: KubeObject, oldObject: KubeObject): readonly FieldError[] {
  const old = oldObject as Ingress;
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  const secretNames = (old.spec.tls ?? []).some(
    ({ secretName }) => secretName && isDns1123Subdomain(secretName).length,
  );
  const wildcardRules = (old.spec.rules ?? []).some((rule) => {
    const wrong: FieldErrors = [];
    validateRuleValue(wrong, '', rule);
    return rule.host?.includes('*') && wrong.length > 0;
  });
  validateBody(errors, object as Ingress, { secretNames, wildcardRules });
  return errors;
}

/** An update of an Ingress's status. */
export function validateIngressStatusUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  const known = ((old as Ingress).status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  for (const [index, { ip, hostname }] of ((object as Ingress).status?.loadBalancer?.ingress ?? []).entries()) {
    const path = `status.loadBalancer.ingress[${index}]`;
    if (ip) validateLegacyIp(errors, `${path}.ip`, ip, known);
    if (!hostname) continue;
    pushInvalid(errors, `${path}.hostname`, hostname, isDns1123Subdomain(hostname));
    refuseAddress(errors, `${path}.hostname`, hostname);
  }
  return errors;
}

function refuseAddress(errors: FieldErrors, field: string, host: string): void {
  if (ipFamilyOf(host)) errors.push(invalid(field, host, 'must be a DNS name, not an IP address'));
}

function validateBody(errors: FieldErrors, { metadata, spec }: Ingress, leniency: Leniency): void {
  validateObjectMeta(errors, metadata, METADATA);
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec ?? {};
  if (rules.length === 0 && !defaultBackend)
    errors.push(invalid('spec', null, 'either `defaultBackend` or `rules` must be specified'));
  if (defaultBackend) validateBackend(errors, 'spec.defaultBackend', defaultBackend);
  for (const [index, rule] of rules.entries()) validateRule(errors, `spec.rules[${index}]`, rule, leniency);
  for (const [index, one] of tls.entries()) validateTls(errors, `spec.tls[${index}]`, one, leniency);
  if (ingressClassName !== undefined)
    pushInvalid(errors, 'spec.ingressClassName', ingressClassName, isDns1123Subdomain(ingressClassName));
}

function validateHost(errors: FieldErrors, field: string, host: string): void {
  pushInvalid(errors, field, host, host.includes('*') ? isWildcardSubdomain(host) : isDns1123Subdomain(host));
}

function validateTls(errors: FieldErrors, field: string, { hosts, secretName }: IngressTLS, leniency: Leniency): void {
  for (const [index, host] of (hosts ?? []).entries()) validateHost(errors, `${field}.hosts[${index}]`, host);
  if (secretName && !leniency.secretNames)
    pushInvalid(errors, `${field}.secretName`, secretName, isDns1123Subdomain(secretName));
}

function validateRule(errors: FieldErrors, field: string, rule: IngressRule, leniency: Leniency): void {
  const { host } = rule;
  if (host) {
    refuseAddress(errors, `${field}.host`, host);
    validateHost(errors, `${field}.host`, host);
  }
  if (!host?.includes('*') || !leniency.wildcardRules) validateRuleValue(errors, field, rule);
}

function validateRuleValue(errors: FieldErrors, field: string, { http }: IngressRule): void {
  if (!http) return;
  if (!http.paths?.length) errors.push(required(`${field}.http.paths`));
  for (const [index, path] of (http.paths ?? []).entries()) validatePath(errors, `${field}.http.paths[${index}]`, path);
}

const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const SUFFIXES = ['/..', '/.'];
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

function validatePath(errors: FieldErrors, field: string, { path = '', pathType, backend }: HTTPIngressPath): void {
  if (pathType === undefined) {
    errors.push(required(`${field}.pathType`, 'pathType must be specified'));
    return;
  }
  const refuse = (why: string) => errors.push(invalid(`${field}.path`, path, why));
  const isExactOrPrefix = pathType === 'Exact' || pathType === 'Prefix';
  if (!PATH_TYPES.includes(pathType)) errors.push(notSupported(`${field}.pathType`, pathType, PATH_TYPES));
  else if (!path.startsWith('/') && (isExactOrPrefix || path)) refuse('must be an absolute path');
  if (isExactOrPrefix) {
    for (const sequence of SEQUENCES) if (path.includes(sequence)) refuse(`must not contain '${sequence}'`);
    for (const suffix of SUFFIXES) if (path.endsWith(suffix)) refuse(`cannot end with '${suffix}'`);
  }
  validateBackend(errors, `${field}.backend`, backend ?? {});
}

function validateBackend(errors: FieldErrors, field: string, { service, resource }: IngressBackend): void {
  if (resource && service) {
    errors.push(invalid(field, '', 'cannot set both resource and service backends'));
  } else if (resource) {
    validateReference(errors, `${field}.resource`, resource);
  } else if (!service) {
    errors.push(invalid(field, '', 'resource or service backend is required'));
  } else {
    const { name } = service;
    const { name: portName, number } = service.port ?? {};
    if (!name) errors.push(required(`${field}.service.name`));
    else pushInvalid(errors, `${field}.service.name`, name, isDns1123Label(name));
    if (portName && number) errors.push(invalid(field, '', 'cannot set both port name & port number'));
    else if (portName) pushInvalid(errors, `${field}.service.port.name`, portName, isPortName(portName));
    else if (number) pushInvalid(errors, `${field}.service.port.number`, number, isPortNumber(number));
    else errors.push(required(field, 'port name or number is required'));
  }
}

function validateReference(
  errors: FieldErrors,
  field: string,
  reference: TypedLocalObjectReference | IngressClassParametersReference,
): void {
  const { apiGroup } = reference;
  if (apiGroup !== undefined) pushInvalid(errors, `${field}.apiGroup`, apiGroup, isDns1123Subdomain(apiGroup));
  validateKindAndName(errors, field, reference);
}

/** An IngressClass that is to be created. */
export function validateIngressClass(object: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMeta(errors, object.metadata, CLASS_METADATA);
  const { controller = '', parameters } = (object as IngressClass).spec ?? {};
  if (byteLength(controller) > 250) errors.push(tooLong('spec.controller', 250));
  validateDomainPrefixedPath(errors, 'spec.controller', controller);
  if (parameters) validateParameters(errors, 'spec.parameters', parameters);
  return errors;
}

/** An update of an IngressClass. */
export function validateIngressClassUpdate(object: KubeObject, old: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  validateObjectMetaUpdate(errors, object.metadata, old.metadata);
  const controllerOf = (one: KubeObject) => (one as IngressClass).spec?.controller ?? '';
  validateImmutable(errors, 'spec.controller', controllerOf(object), controllerOf(old));
  return [...errors, ...validateIngressClass(object)];
}

function validateParameters(errors: FieldErrors, field: string, parameters: IngressClassParametersReference): void {
  const { scope, namespace } = parameters;
  validateReference(errors, field, parameters);
  if (scope === undefined) errors.push(required(`${field}.scope`));
  else if (scope === 'Namespace') {
    if (namespace === undefined)
      errors.push(required(`${field}.namespace`, "`parameters.scope` is set to 'Namespace'"));
    else pushInvalid(errors, `${field}.namespace`, namespace, isDns1123Label(namespace));
  } else if (scope !== 'Cluster') errors.push(notSupported(`${field}.scope`, scope, ['Cluster', 'Namespace']));
  else if (namespace !== undefined)
    errors.push(forbiddenField(`${field}.namespace`, "`parameters.scope` is set to 'Cluster'"));
}
