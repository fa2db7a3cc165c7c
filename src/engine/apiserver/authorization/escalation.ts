/**
 * Nobody grants what he does not have: who writes a role needs its rules or the verb `escalate`, who writes a binding the role's rules or
 * the verb `bind` on it.
 * Follows pkg/registry/rbac/escalation_check.go, pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased/storage.go
 * and ConfirmNoEscalation in pkg/registry/rbac/validation/rule.go.
 */
import type { KubeObject } from '../../api/meta';
import { deepEqual } from '../../api/plain';
import { compactRules, compactText, RBAC_GROUP, uncoveredRules } from '../../api/rbac/policy-rule';
import { forbidden, isReason, notFound } from '../../api/status-error';
import type { ClusterRole, PolicyRule, RoleBinding } from '../../api/types';
import { quoteGo } from '../../api/validation/field-errors';
import type { Exchange } from '../exchange';
import { EVERYTHING, isPrivileged } from './cluster-authorizer';

/** Throws 403 when a write of a role or binding would grant more than its writer has. Called once admission has completed the draft. */
export function confirmNoEscalation(exchange: Exchange, draft: KubeObject, old: KubeObject | undefined): void {
  const { info, user } = exchange;
  if (info.group !== RBAC_GROUP || info.schema || isPrivileged(user)) return;
  const isRole = info.kind.endsWith('Role');
  if (isRole && may(exchange, 'escalate', info.plural, exchange.request.name ?? '')) return;
  if (old && onlyCollectorsFields(draft, old)) return;
  if (isRole) confirmRole(exchange, draft as ClusterRole, old as ClusterRole | undefined);
  else confirmBinding(exchange, draft as RoleBinding);
}

function may({ user, authorizer, request }: Exchange, verb: string, resource: string, name: string): boolean {
  const { namespace } = request;
  return authorizer.decide({ user, verb, group: RBAC_GROUP, resource, name, namespace }).allowed;
}

/** Finalizers and owners are all that the garbage collector changes. */
function onlyCollectorsFields(draft: KubeObject, old: KubeObject): boolean {
  const { finalizers, ownerReferences } = old.metadata;
  return deepEqual({ ...draft, metadata: { ...draft.metadata, finalizers, ownerReferences } }, old);
}

function confirmRole(exchange: Exchange, role: ClusterRole, old: ClusterRole | undefined): void {
  const missing = missingRights(exchange, role.rules ?? []);
  if (missing) throw refuse(exchange, role, missing);
  const gathers = (one: ClusterRole | undefined) => (one?.aggregationRule?.clusterRoleSelectors ?? []).length > 0;
  if ((gathers(role) || gathers(old)) && missingRights(exchange, EVERYTHING)) {
    throw refuse(exchange, role, 'must have cluster-admin privileges to use the aggregationRule');
  }
}

function confirmBinding(exchange: Exchange, binding: RoleBinding): void {
  const { kind = '', name = '' } = binding.roleRef ?? {};
  const isKnown = kind === 'Role' || kind === 'ClusterRole';
  // Upstream lets members of system:masters through to validation, which has better words.
  if (!isKnown && !missingRights(exchange, EVERYTHING)) return;
  if (isKnown && may(exchange, 'bind', `${kind.toLowerCase()}s`, name)) return;
  const missing = missingRights(exchange, rulesToGrant(exchange, kind, name));
  if (missing) throw refuse(exchange, binding, missing);
}

/** A role that is not there is told of by the resource of the request, in whose name storage looks it up. */
function rulesToGrant({ authorizer, info, request }: Exchange, kind: string, name: string): readonly PolicyRule[] {
  try {
    return authorizer.rulesOf({ kind, name }, request.namespace ?? '');
  } catch (error) {
    throw isReason(error, 'NotFound') ? notFound(info.group, info.plural, name) : error;
  }
}

const refuse = ({ info }: Exchange, object: KubeObject, why: string) =>
  forbidden(info.group, info.plural, object.metadata.name, why);

/** What the writer lacks of some rules, in upstream's words; undefined when he lacks nothing. */
function missingRights({ user, authorizer, request }: Exchange, rules: readonly PolicyRule[]): string | undefined {
  const own = authorizer.rulesFor(user, request.namespace ?? '');
  const missing = uncoveredRules(own.rules, rules);
  if (missing.length === 0) return undefined;
  const lines = [...new Set(compactRules(missing).map(compactText))].sort().join('\n');
  const groups = `[${user.groups.map(quoteGo).join(' ')}]`;
  const errors = own.errors.length > 0 ? `; resolution errors: [${own.errors.join(', ')}]` : '';
  return `user ${quoteGo(user.name)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:\n${lines}${errors}`;
}
