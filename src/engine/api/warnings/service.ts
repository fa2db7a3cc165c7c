/** What the API server says beside its answer of a Service that it accepts. Follows pkg/api/service/warnings.go. */
import type { Service } from '../types';
import { quoteGo } from '../validation/field-errors';
import { addressWarnings } from '../validation/ip-addresses';

const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

/** See the header. */
export function serviceWarnings({ metadata, spec }: Service): string[] {
  const warnings: string[] = [];
  const { externalIPs = [], loadBalancerIP, clusterIP, type } = spec;
  const isHeadless = type === 'ClusterIP' && clusterIP === 'None';
  const isExternalName = type === 'ExternalName';
  const each = (list: readonly string[] | undefined, field: string) =>
    (list ?? []).flatMap((text, index) => addressWarnings(`spec.${field}[${index}]`, text));
  if (Object.hasOwn(metadata.annotations ?? {}, TOPOLOGY_HINTS)) {
    warnings.push(`annotation ${TOPOLOGY_HINTS} is deprecated, please use ${TOPOLOGY_MODE} instead`);
  }
  if (clusterIP && clusterIP !== 'None') warnings.push(...each(spec.clusterIPs, 'clusterIPs'));
  if (isHeadless) {
    if (loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  warnings.push(...each(externalIPs, 'externalIPs'));
  if (externalIPs.length > 0 && !isHeadless && !isExternalName) {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  warnings.push(...addressWarnings('spec.loadBalancerIP', loadBalancerIP));
  warnings.push(...each(spec.loadBalancerSourceRanges, 'loadBalancerSourceRanges'));
  if (isExternalName && externalIPs.length > 0) {
    warnings.push(`spec.externalIPs is ignored when spec.type is ${quoteGo('ExternalName')}`);
  }
  if (!isExternalName && spec.externalName) {
    warnings.push(`spec.externalName is ignored when spec.type is not ${quoteGo('ExternalName')}`);
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}
