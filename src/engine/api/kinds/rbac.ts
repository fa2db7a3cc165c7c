/**
 * Roles, ClusterRoles and their bindings. Follows pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/strategy.go; who may
 * write them beyond his own rights is in apiserver/authorization/escalation.ts.
 * As tables: rest.NewDefaultTableConvertor for roles, printRoleBinding in pkg/printers/internalversion/printers.go.
 */
import { defaultBinding, defaultRole } from '../defaults/rbac';
import type { KubeObject } from '../meta';
import { RBAC_GROUP } from '../rbac/policy-rule';
import type { RoleBinding, Subject } from '../types';
import { RBAC_CHECKS } from '../validation/rbac';
import { type KindDefinition, resource } from './definition';
import { ageOf, columns, type TableDefinition } from './table';

const roles: TableDefinition = {
  columns: columns('NAME,CREATED AT'),
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? '<unknown>'],
};

function names(subjects: readonly Subject[], kind: string): string {
  const text = ({ name, namespace }: Subject): string =>
    kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name;
  return subjects
    .filter((subject) => subject.kind === kind)
    .map(text)
    .join(', ');
}

const bindings: TableDefinition = {
  columns: columns('NAME,ROLE,AGE|USERS,GROUPS,SERVICEACCOUNTS'),
  row: (object, clock) => {
    const { metadata, roleRef, subjects = [] } = object as RoleBinding;
    const role = `${roleRef.kind}/${roleRef.name}`;
    const wide = ['User', 'Group', 'ServiceAccount'].map((kind) => names(subjects, kind));
    return [metadata.name, role, ageOf(object, clock), ...wide];
  },
};

function kind(name: string, check: keyof typeof RBAC_CHECKS, fill: (draft: KubeObject) => void): KindDefinition {
  const namespaced = !name.startsWith('Cluster');
  return {
    ...resource(RBAC_GROUP, 'v1', name, `${name.toLowerCase()}s`, '', { namespaced }),
    strategy: { default: fill, ...RBAC_CHECKS[check] },
    table: fill === defaultRole ? roles : bindings,
  };
}

/** Role. */
export const roleKind = kind('Role', 'role', defaultRole);
/** ClusterRole. */
export const clusterRoleKind = kind('ClusterRole', 'clusterRole', defaultRole);
/** RoleBinding. */
export const roleBindingKind = kind('RoleBinding', 'roleBinding', defaultBinding);
/** ClusterRoleBinding. */
export const clusterRoleBindingKind = kind('ClusterRoleBinding', 'clusterRoleBinding', defaultBinding);

/** What decides who may do what: the kinds whose changes matter to authorization. */
export const RBAC_KINDS = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'] as const;
