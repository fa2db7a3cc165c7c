/** kubectl describe of roles and bindings. Follows RoleDescriber and RoleBindingDescriber in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import { goText } from '../../engine/api/go-text';
import { breakdownRule, compactRules, ruleText } from '../../engine/api/rbac/policy-rule';
import type { ClusterRole, PolicyRule, RoleBinding } from '../../engine/api/types';
import { annotationLines, type Describer, field, labelLines } from './text';

const heading = ({ metadata: { name, labels, annotations } }: ClusterRole): string =>
  field('Name', name) + labelLines('Labels', labels) + annotationLines('Annotations', annotations);

/** `deployments.apps/scale`. */
function resourceText({ resources, apiGroups }: PolicyRule): string {
  const [resource = '', ...subresource] = (resources?.[0] ?? '').split('/');
  const group = apiGroups?.[0];
  return [group && resource ? `${resource}.${group}` : resource, ...subresource].join('/');
}

/** Rules put together by resource, in the order in which kubectl prints them. */
function printedRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const compact = compactRules(rules.flatMap(breakdownRule), true).map((rule) => ({ rule, text: ruleText(rule) }));
  return compact.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ rule }) => rule);
}

/** The titles of a table of rules. */
export const RULE_TITLES: readonly string[] = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];

/** The rows of a table of rules. */
export function ruleRows(rules: readonly PolicyRule[]): string[][] {
  return printedRules(rules).map((rule) => [
    resourceText(rule),
    ...[rule.nonResourceURLs, rule.resourceNames, rule.verbs].map((list) => goText(list ?? [])),
  ]);
}

/** Role and ClusterRole. */
export const describeRole: Describer<ClusterRole> = (role) => {
  const rows = [RULE_TITLES, RULE_TITLES.map((title) => '-'.repeat(title.length)), ...ruleRows(role.rules ?? [])];
  return [`${heading(role)}PolicyRule:\n${rows.map((row) => `  ${row.join('\t')}\n`).join('')}`];
};

/** RoleBinding and ClusterRoleBinding. */
export const describeBinding: Describer<RoleBinding> = (binding) => {
  const { roleRef, subjects = [] } = binding;
  const rows = subjects.map(({ kind, name, namespace = '' }) => `  ${kind}\t${name}\t${namespace}\n`);
  const role = `Role:\n${field('Kind', roleRef.kind, 1)}${field('Name', roleRef.name, 1)}`;
  return [`${heading(binding)}${role}Subjects:\n  Kind\tName\tNamespace\n  ----\t----\t---------\n${rows.join('')}`];
};
