/** Defaults of roles and bindings. Fills in place. Follows pkg/apis/rbac/v1/defaults.go. */
import type { KubeObject } from '../meta';
import { RBAC_GROUP } from '../rbac/policy-rule';
import type { ClusterRole, RoleBinding } from '../types';

/** A role that grants nothing is written with `rules: null`. */
export function defaultRole(draft: KubeObject): void {
  const role = draft as ClusterRole;
  if (!role.rules?.length) (role as { rules: unknown }).rules = null;
}

/** The API groups of the role and of Users and Groups. */
export function defaultBinding(draft: KubeObject): void {
  const { roleRef, subjects } = draft as RoleBinding;
  if (roleRef && !roleRef.apiGroup) roleRef.apiGroup = RBAC_GROUP;
  for (const subject of subjects ?? []) {
    const isPerson = subject.kind === 'User' || subject.kind === 'Group';
    if (isPerson && !subject.apiGroup) subject.apiGroup = RBAC_GROUP;
  }
}
