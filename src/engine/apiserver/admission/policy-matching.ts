/**
 * Which requests a policy or a binding is for. Follows apiserver/pkg/admission/plugin/policy/matching/matching.go.
 * Left out: equivalent versions, subresources but status and scale.
 */
import type { KubeObject } from '../../api/meta';
import { matchesLabelSelector } from '../../api/selector';
import type { MatchResources, NamedRuleWithOperations } from '../../api/types';
import type { AdmissionRequest } from '../strategy';

/** Whether a request is one that it is for. */
export function matches(match: MatchResources | undefined, object: KubeObject, request: AdmissionRequest): boolean {
  if (!match) return false;
  const { namespaceSelector, objectSelector, resourceRules, excludeResourceRules } = match;
  if (!inNamespace(namespaceSelector, object, request)) return false;
  if (objectSelector && !matchesLabelSelector(objectSelector, object.metadata.labels)) return false;
  if (excludeResourceRules?.some((rule) => isNamedBy(rule, object, request))) return false;
  return !resourceRules?.length || resourceRules.some((rule) => isNamedBy(rule, object, request));
}

/** Objects outside of namespaces are in any; a Namespace is in itself. */
function inNamespace(
  selector: MatchResources['namespaceSelector'],
  object: KubeObject,
  request: AdmissionRequest,
): boolean {
  if (!selector || (!selector.matchLabels && !selector.matchExpressions)) return true;
  const isNamespace = request.info.id === 'Namespace';
  if (!request.info.namespaced && !isNamespace) return true;
  const namespace = isNamespace ? object : request.find('Namespace', undefined, object.metadata.namespace ?? '');
  return matchesLabelSelector(selector, namespace?.metadata.labels);
}

const holds = (list: readonly string[] | undefined, one: string): boolean =>
  list?.includes('*') === true || list?.includes(one) === true;

function isNamedBy(
  rule: NamedRuleWithOperations,
  { metadata }: KubeObject,
  { info, operation, subresource: part = '' }: AdmissionRequest,
): boolean {
  const { resourceNames, resources = [], scope = '*' } = rule;
  if (scope === 'Namespaced' && !info.namespaced) return false;
  if (scope === 'Cluster' && info.namespaced) return false;
  if (!holds(rule.operations, operation) || !holds(rule.apiGroups, info.group)) return false;
  if (!holds(rule.apiVersions, info.version)) return false;
  const isOf = (resource: string, subresource = ''): boolean =>
    holds([resource], info.plural) && holds([subresource], part);
  if (!resources.some((each) => isOf(...(each.split('/') as [string, string?])))) return false;
  return !resourceNames?.length || resourceNames.includes(metadata.name);
}
