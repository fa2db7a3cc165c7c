/**
 * The spec of a Pod, in a Pod or in a template.
 * Follows pkg/apis/core/validation/validation.go (ValidatePodSpec).
 * Left out: host processes of Windows, scheduling groups.
 */

import { aggregateRequests } from '../defaults/pod';
import type { ObjectMeta } from '../meta';
import { valueIn } from '../plain';
import { compareQuantities } from '../quantity';
import type { Container, HostAlias, PodDNSConfig, PodSpec } from '../types';
import { validateAffinity } from './affinity';
import { type PodContext, validateContainers, validateEphemeralContainers, validateInitContainers } from './container';
import {
  duplicate,
  type FieldErrors,
  forbiddenField,
  invalid,
  notFoundValue,
  notSupported,
  pushInvalid,
  required,
  tooLong,
} from './field-errors';
import { internalForm } from './internal-form';
import { validateLegacyIp } from './ip-addresses';
import { validateLabels, validateQualifiedName } from './labels';
import { isDns1123Label, isDns1123Subdomain, isDns1123SubdomainWithUnderscore, rangeMessage } from './names';
import { validateOperatingSystem } from './operating-system';
import { validateResourceRequirements } from './resources';
import { validateSchedulingGates, validateTolerations, validateTopologySpread } from './scheduling';
import { validateHostUsers, validatePodSecurityContext } from './security-context';
import { validateVolumes } from './volume';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];
const MAX_INT32 = 2147483647;

/** Validates a spec. `meta` is the Pod's own metadata; a template has none. */
export function validatePodSpec(errors: FieldErrors, field: string, spec: PodSpec, meta: ObjectMeta | undefined): void {
  const isPod = meta !== undefined;
  const gracePeriodSeconds = spec.terminationGracePeriodSeconds;
  if (gracePeriodSeconds === undefined) errors.push(required(`${field}.terminationGracePeriodSeconds`));
  const context: PodContext = {
    spec,
    volumes: validateVolumes(errors, `${field}.volumes`, spec.volumes, { meta, isPod }),
    claimNames: [...new Set(spec.resourceClaims?.map((claim) => claim.name).filter(Boolean))],
    hooks: { gracePeriodSeconds },
  };
  validateResourceClaims(errors, `${field}.resourceClaims`, spec.resourceClaims);
  validateContainers(errors, `${field}.containers`, context);
  validateInitContainers(errors, `${field}.initContainers`, context);
  validateEphemeralContainers(errors, `${field}.ephemeralContainers`, context);
  if (spec.resources) validatePodResources(errors, `${field}.resources`, spec, context.claimNames);
  if (spec.hostNetwork) validateHostPortsMatch(errors, `${field}.containers`, spec.containers ?? [], isPod);
  validateChoice(errors, `${field}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES);
  validateChoice(errors, `${field}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES);
  validateLabels(errors, `${field}.nodeSelector`, spec.nodeSelector);
  validatePodSecurityContext(errors, `${field}.securityContext`, spec);
  validateAffinity(errors, `${field}.affinity`, spec.affinity);
  validateDns(errors, `${field}.dnsConfig`, spec.dnsConfig, spec.dnsPolicy);
  for (const [index, { conditionType = '' }] of (spec.readinessGates ?? []).entries()) {
    validateQualifiedName(errors, `${field}.readinessGates[${index}].conditionType`, conditionType);
  }
  validateSchedulingGates(errors, `${field}.schedulingGates`, spec.schedulingGates);
  validateTopologySpread(errors, `${field}.topologySpreadConstraints`, spec.topologySpreadConstraints);
  validateHostUsers(errors, field, spec);
  validateNames(errors, field, spec);
  if (spec.overhead) validateResourceRequirements(errors, `${field}.overhead`, { limits: spec.overhead }, 'container');
  validateOperatingSystem(errors, field, spec);
  validateFileKeys(errors, field, context);
}

function validateChoice(
  errors: FieldErrors,
  field: string,
  value: string | undefined,
  choices: readonly string[],
): void {
  if (!value) errors.push(required(field));
  else if (!choices.includes(value)) errors.push(notSupported(field, value, choices));
}

function validateSubdomain(errors: FieldErrors, field: string, name: string | undefined): void {
  if (name) pushInvalid(errors, field, name, isDns1123Subdomain(name));
}

function validateLabel(errors: FieldErrors, field: string, name: string | undefined): void {
  if (name) pushInvalid(errors, field, name, isDns1123Label(name));
}

function validateNames(errors: FieldErrors, field: string, spec: PodSpec): void {
  if (spec.hostnameOverride !== undefined) validateHostnameOverride(errors, `${field}.hostnameOverride`, spec);
  validateSubdomain(errors, `${field}.serviceAccountName`, spec.serviceAccountName);
  validateSubdomain(errors, `${field}.nodeName`, spec.nodeName);
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && (deadline < 1 || deadline > MAX_INT32)) {
    errors.push(invalid(`${field}.activeDeadlineSeconds`, deadline, rangeMessage(1, MAX_INT32)));
  }
  validateLabel(errors, `${field}.hostname`, spec.hostname);
  validateLabel(errors, `${field}.subdomain`, spec.subdomain);
  validateTolerations(errors, `${field}.tolerations`, spec.tolerations);
  validateHostAliases(errors, `${field}.hostAliases`, spec.hostAliases);
  validateSubdomain(errors, `${field}.priorityClassName`, spec.priorityClassName);
  if (spec.runtimeClassName !== undefined) {
    pushInvalid(errors, `${field}.runtimeClassName`, spec.runtimeClassName, isDns1123Subdomain(spec.runtimeClassName));
  }
  if (spec.preemptionPolicy !== undefined) {
    validateChoice(errors, `${field}.preemptionPolicy`, spec.preemptionPolicy, PREEMPTION_POLICIES);
  }
}

function validateHostnameOverride(errors: FieldErrors, field: string, spec: PodSpec): void {
  const { hostnameOverride: name = '', setHostnameAsFQDN, hostNetwork } = spec;
  if (setHostnameAsFQDN) errors.push(forbiddenField(field, 'may not be specified when setHostnameAsFQDN is true'));
  if (hostNetwork) errors.push(forbiddenField(field, 'may not be specified when hostNetwork is true'));
  if (name.length > 64) errors.push(tooLong(field, 64));
  pushInvalid(errors, field, name, isDns1123Subdomain(name));
}

function validateHostAliases(errors: FieldErrors, field: string, aliases: readonly HostAlias[] | undefined): void {
  for (const [index, { ip = '', hostnames }] of (aliases ?? []).entries()) {
    validateLegacyIp(errors, `${field}[${index}].ip`, ip);
    for (const [position, hostname] of (hostnames ?? []).entries()) {
      pushInvalid(errors, `${field}[${index}].hostnames[${position}]`, hostname, isDns1123Subdomain(hostname));
    }
  }
}

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_CHARACTERS = 2048;

function validateDns(
  errors: FieldErrors,
  field: string,
  config: PodDNSConfig | undefined,
  policy: string | undefined,
): void {
  if (policy === 'None') {
    if (!config) {
      errors.push(required(field, 'must provide `dnsConfig` when `dnsPolicy` is None'));
      return;
    }
    if ((config.nameservers?.length ?? 0) === 0) {
      const why = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      errors.push(required(`${field}.nameservers`, why));
      return;
    }
  }
  if (!config) return;
  const { nameservers = [], searches = [], options = [] } = config;
  if (nameservers.length > MAX_NAMESERVERS) {
    errors.push(invalid(`${field}.nameservers`, nameservers, `must not have more than ${MAX_NAMESERVERS} nameservers`));
  }
  for (const [index, ip] of nameservers.entries()) validateLegacyIp(errors, `${field}.nameservers[${index}]`, ip);
  validateSearches(errors, `${field}.searches`, searches);
  for (const [index, option] of options.entries()) {
    if (!option.name) errors.push(required(`${field}.options[${index}]`, 'must not be empty'));
  }
}

function validateSearches(errors: FieldErrors, field: string, searches: readonly string[]): void {
  if (searches.length > MAX_SEARCHES) {
    errors.push(invalid(field, searches, `must not have more than ${MAX_SEARCHES} search paths`));
  }
  if (searches.join(' ').length > MAX_SEARCH_CHARACTERS) {
    const why = `must not have more than ${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`;
    errors.push(invalid(field, searches, why));
  }
  for (const [index, search] of searches.entries()) {
    if (search === '.') continue;
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    pushInvalid(errors, `${field}[${index}]`, name, isDns1123SubdomainWithUnderscore(name));
  }
}

function validateHostPortsMatch(
  errors: FieldErrors,
  field: string,
  containers: readonly Container[],
  isPod: boolean,
): void {
  for (const [index, { ports }] of containers.entries()) {
    for (const [position, { hostPort = 0, containerPort }] of (ports ?? []).entries()) {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) continue;
      const path = `${field}[${index}].ports[${position}].hostPort`;
      errors.push(invalid(path, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
    }
  }
}

function validatePodResources(errors: FieldErrors, field: string, spec: PodSpec, claimNames: readonly string[]): void {
  if (spec.os?.name === 'windows') {
    errors.push(forbiddenField(field, 'may not be set for a windows pod'));
    return;
  }
  const resources = spec.resources ?? {};
  if (resources.claims) {
    errors.push(forbiddenField(`${field}.claims`, 'claims may not be set for Resources at pod-level'));
  }
  validateResourceRequirements(errors, field, resources, 'pod', claimNames);
  for (const name in resources.requests) {
    const request = resources.requests[name] as string;
    const together = aggregateRequests(spec, name);
    if (together === undefined || compareQuantities(together, request) <= 0) continue;
    const why = `must be greater than or equal to aggregate container requests of ${together}`;
    errors.push(invalid(`${field}.requests[${name}]`, request, why));
  }
  for (const [index, container] of (spec.containers ?? []).entries()) {
    for (const name in container.resources?.limits) {
      const limit = valueIn(container.resources?.limits, name) as string;
      const podLimit = valueIn(resources.limits, name);
      if (podLimit === undefined || compareQuantities(limit, podLimit) <= 0) continue;
      const path = `${field}.containers[${index}][${name}].limits`;
      errors.push(invalid(path, limit, `must be less than or equal to pod limits of ${podLimit}`));
    }
  }
}

/** Devices of claims: only what the Pod says of them, as nothing here allocates them. */
function validateResourceClaims(errors: FieldErrors, field: string, claims: PodSpec['resourceClaims']): void {
  const seen = new Set<string>();
  for (const [index, entry] of (claims ?? []).entries()) {
    const { name, resourceClaimName: claim, resourceClaimTemplateName: template } = entry;
    const path = `${field}[${index}]`;
    if (!name) errors.push(required(`${path}.name`));
    else if (seen.has(name)) errors.push(duplicate(`${path}.name`, name));
    else validateLabel(errors, `${path}.name`, name);
    seen.add(name);
    if (claim !== undefined && template !== undefined) {
      const why = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
      errors.push(invalid(path, internalForm('PodResourceClaim', entry), why));
    } else if (claim === undefined && template === undefined) {
      const why = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
      errors.push(invalid(path, internalForm('PodResourceClaim', entry), why));
    }
    validateSubdomain(errors, `${path}.resourceClaimName`, claim);
    validateSubdomain(errors, `${path}.resourceClaimTemplateName`, template);
  }
}

/** Variables read from files need an emptyDir to read them from. */
function validateFileKeys(errors: FieldErrors, field: string, { spec }: PodContext): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    for (const [index, { env }] of (spec[list] ?? []).entries()) {
      for (const [position, { valueFrom }] of (env ?? []).entries()) {
        if (!valueFrom?.fileKeyRef) continue;
        const { volumeName: name = '' } = valueFrom.fileKeyRef;
        const path = `${field}.${list}[${index}].env[${position}].valueFrom.fileKeyRef.volumeName`;
        const volume = spec.volumes?.findLast((candidate) => candidate.name === name);
        if (!volume) errors.push(notFoundValue(path, name));
        else if (!volume.emptyDir) errors.push(invalid(path, name, 'referenced volume must be of type emptyDir'));
      }
    }
  }
}
