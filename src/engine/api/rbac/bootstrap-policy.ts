/**
 * The roles and bindings that every cluster has from the start, read from the lines of bootstrap-policy.generated.ts, with those that
 * kubeadm adds for its administrator and for kube-proxy.
 * Follows plugin/pkg/auth/authorizer/rbac/bootstrappolicy and cmd/kubeadm/app/{phases/kubeconfig,phases/addons/proxy}.
 */
import type { KubeObject } from '../meta';
import type { ClusterRole, PolicyRule, RoleBinding, Subject } from '../types';
import { CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, ROLE_BINDINGS, ROLES } from './bootstrap-policy.generated';
import { aggregatedRules, RBAC_GROUP } from './policy-rule';

const VERBS: Readonly<Record<string, string>> = {
  c: 'create',
  d: 'delete',
  x: 'deletecollection',
  g: 'get',
  l: 'list',
  p: 'patch',
  u: 'update',
  w: 'watch',
};
const KINDS: Readonly<Record<string, string>> = { U: 'User', G: 'Group', S: 'ServiceAccount' };
const AGGREGATE = `${RBAC_GROUP}/aggregate-to-`;
const LABELS = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const ANNOTATIONS = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' };
const CONTROLLER = 'system:controller:';

/** What kubeadm binds. */
const KUBEADM_BINDINGS = [
  'kubeadm:cluster-admins|cluster-admin|G kubeadm:cluster-admins',
  'kubeadm:node-proxier|system:node-proxier|S kube-proxy kube-system',
];

const linesOf = (text: string): string[] => text.trim().split('\n');

function ruleOf(text: string): PolicyRule {
  const [verbs = '', groups = '', resources = '', names] = text.split(' ');
  const words = verbs.startsWith('=') ? verbs.slice(1).split(',') : [...verbs].map((letter) => VERBS[letter] as string);
  if (groups === 'url') return { verbs: words, nonResourceURLs: resources.split(',') };
  const apiGroups = groups.split(',').map((group) => (group === '-' ? '' : group));
  const rule: PolicyRule = { apiGroups, resources: resources.split(','), verbs: words };
  return names ? { ...rule, resourceNames: names.split(',') } : rule;
}

const rulesIn = (text: string): PolicyRule[] => (text ? text.split(';').map(ruleOf) : []);

/** The rules of a ClusterRole as it stands in the policy. */
export function bootstrapRules(name: string): PolicyRule[] {
  const start = CLUSTER_ROLES.indexOf(`\n${name}|`) + name.length + 2;
  return rulesIn(CLUSTER_ROLES.slice(start, CLUSTER_ROLES.indexOf('\n', start)));
}

function objectOf(kind: string, path: string, labels: Record<string, string>, isKubeadm: boolean): KubeObject {
  const slash = path.indexOf('/');
  const [namespace, name] = slash < 0 ? [undefined, path] : [path.slice(0, slash), path.slice(slash + 1)];
  const marks = isKubeadm ? {} : { labels: { ...LABELS, ...labels }, annotations: ANNOTATIONS };
  const metadata = { name, ...(namespace ? { namespace } : {}), ...marks };
  return { apiVersion: `${RBAC_GROUP}/v1`, kind, metadata };
}

function clusterRoleOf(line: string): ClusterRole {
  const bar = line.indexOf('|');
  const [name = '', to] = line.slice(0, bar).split('>');
  const role: ClusterRole = objectOf('ClusterRole', name, to ? { [`${AGGREGATE}${to}`]: 'true' } : {}, false);
  role.rules = rulesIn(line.slice(bar + 1));
  if (role.rules.length > 0) return role;
  return { ...role, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${AGGREGATE}${name}`]: 'true' } }] } };
}

function subjectOf(text: string): Subject {
  const [letter = '', name = '', namespace] = text.split(' ');
  const kind = KINDS[letter] as string;
  return namespace ? { kind, name, namespace } : { apiGroup: RBAC_GROUP, kind, name };
}

function bindingOf(kind: string, role: string, line: string, isKubeadm = false): RoleBinding {
  const [path = '', name = path, subjects = `S ${path.slice(CONTROLLER.length)} kube-system`] = line.split('|');
  return {
    ...objectOf(kind, path, {}, isKubeadm),
    roleRef: { apiGroup: RBAC_GROUP, kind: role, name },
    ...(subjects ? { subjects: subjects.split(';').map(subjectOf) } : {}),
  };
}

/** Roles that gather others are filled already, as their controller would; `view` comes before `edit`, `edit` before `admin`. */
function aggregated(roles: readonly ClusterRole[]): ClusterRole[] {
  let all = [...roles];
  for (const name of ['view', 'edit', 'admin']) {
    all = all.map((role) => (role.metadata.name === name ? { ...role, rules: aggregatedRules(role, all) } : role));
  }
  return all;
}

/** All of them, without what the server makes of metadata. */
export function bootstrapPolicy(): KubeObject[] {
  return [
    ...aggregated(linesOf(CLUSTER_ROLES).map(clusterRoleOf)),
    ...linesOf(CLUSTER_ROLE_BINDINGS).map((line) => bindingOf('ClusterRoleBinding', 'ClusterRole', line)),
    ...KUBEADM_BINDINGS.map((line) => bindingOf('ClusterRoleBinding', 'ClusterRole', line, true)),
    ...linesOf(ROLES).map((line) => {
      const bar = line.indexOf('|');
      return { ...objectOf('Role', line.slice(0, bar), {}, false), rules: rulesIn(line.slice(bar + 1)) };
    }),
    ...linesOf(ROLE_BINDINGS).map((line) => bindingOf('RoleBinding', 'Role', line)),
  ];
}
