/**
 * The cluster IPs of a Service and their families.
 * Follows pkg/apis/core/validation/validation.go (ValidateServiceClusterIPsRelatedFields, validateUpgradeDowngrade…).
 */
import type { ServiceSpec } from '../types';
import { duplicate, type FieldErrors, invalid, notSupported, required } from './field-errors';
import { ipFamilyOf, validateLegacyIp } from './ip-addresses';

const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** Whether the Service has no address of its own: its name stands for its Pods' addresses. */
export function isHeadless({ clusterIPs }: ServiceSpec): boolean {
  return clusterIPs?.length === 1 && clusterIPs[0] === 'None';
}

/** Cluster IPs, their families and the policy, as they fit together. */
export function validateServiceAddresses(errors: FieldErrors, spec: ServiceSpec, old: ServiceSpec | undefined): void {
  if (spec.type === 'ExternalName') return;
  const { clusterIP = '', clusterIPs = [] } = spec;
  const field = 'spec.clusterIPs';
  if (clusterIP === '') {
    if (clusterIPs.length > 0) {
      errors.push(invalid(field, clusterIPs, 'must be empty when `clusterIP` is not specified'));
    }
  } else if (clusterIPs.length === 0) errors.push(required(field));
  else if (clusterIPs[0] !== clusterIP) errors.push(invalid(field, clusterIPs, 'first value must match `clusterIP`'));
  validateFamilies(errors, spec);
  validateIps(errors, field, spec, old);
}

function validateFamilies(errors: FieldErrors, { ipFamilies = [], ipFamilyPolicy }: ServiceSpec): void {
  const seen = new Set<string>();
  for (const [index, family] of ipFamilies.entries()) {
    const path = `spec.ipFamilies[${index}]`;
    if (!FAMILIES.includes(family)) errors.push(notSupported(path, family, FAMILIES));
    if (seen.has(family)) errors.push(duplicate(path, family));
    seen.add(family);
  }
  if (ipFamilyPolicy === undefined || POLICIES.includes(ipFamilyPolicy)) return;
  errors.push(notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, POLICIES));
}

function validateIps(errors: FieldErrors, field: string, spec: ServiceSpec, old: ServiceSpec | undefined): void {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  let hasInvalid = false;
  for (const [index, ip] of clusterIPs.entries()) {
    if (index === 0 && ip === 'None') {
      if (clusterIPs.length === 1) continue;
      hasInvalid = true;
      errors.push(invalid(field, clusterIPs, "'None' must be the first and only value"));
      continue;
    }
    const before = errors.length;
    validateLegacyIp(errors, `${field}[${index}]`, ip, old?.clusterIPs);
    hasInvalid ||= errors.length > before;
  }
  if (clusterIPs.length > 2) errors.push(invalid(field, clusterIPs, 'may only hold up to 2 values'));
  if (hasInvalid) return;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map(ipFamilyOf)).size < 2) {
    errors.push(invalid(field, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  if (isHeadless(spec)) return;
  for (const [index, ip] of clusterIPs.entries()) {
    const family = ipFamilies[index];
    if (family === undefined || !FAMILIES.includes(family) || ipFamilyOf(ip) === family) continue;
    errors.push(
      invalid(`${field}[${index}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${index}]\``),
    );
  }
}

const MAY_NOT_CHANGE = 'may not change once set';

/** Which changes of the addresses an update may make. */
export function validateServiceAddressChanges(errors: FieldErrors, spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return;
  const headless = isHeadless(spec);
  const wasHeadless = isHeadless(old);
  if (!headless || !wasHeadless) validateChanges(errors, 'clusterIPs', spec, old);
  if (headless === wasHeadless && !headless) validateChanges(errors, 'ipFamilies', spec, old);
}

function validateChanges(
  errors: FieldErrors,
  list: 'clusterIPs' | 'ipFamilies',
  spec: ServiceSpec,
  old: ServiceSpec,
): void {
  const now = spec[list] ?? [];
  const before = old[list] ?? [];
  // An absent list prints as null, as a Go nil does.
  const printed = now.length > 0 ? now : null;
  const isIps = list === 'clusterIPs';
  if (before.length === now.length) {
    for (const [index, value] of before.entries()) {
      if (value === now[index]) continue;
      errors.push(invalid(`spec.${list}[${isIps ? index : 0}]`, printed, MAY_NOT_CHANGE));
    }
    return;
  }
  if (before.length > 0 && now.length > 0 && now[0] !== before[0]) {
    errors.push(invalid(`spec.${list}[0]`, isIps ? printed : (spec.clusterIPs ?? null), MAY_NOT_CHANGE));
  }
  if (before.length < now.length) return;
  const what = isIps ? 'clusterIP' : 'ipFamily';
  if ((spec.clusterIPs?.length ?? 0) === 0) {
    errors.push(invalid(`spec.${list}[0]`, printed, `primary ${what} can not be unset`));
  }
  if (now.length !== 1 || spec.ipFamilyPolicy === 'SingleStack') return;
  const why = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? null, why));
}
