/**
 * Whether somebody may do something: the second stage of a request. A member of system:masters may do anything; kubelets are judged by the
 * node authorizer (node-authorizer.ts), then everyone by the roles bound to him (rbac-authorizer.ts).
 * Follows apiserver/pkg/authorization/{authorizer/interfaces.go,union/union.go}, apiserver/pkg/endpoints/handlers/responsewriters/errors.go
 * and pkg/kubeapiserver/authorizer/config.go (--authorization-mode=Node,RBAC).
 */
import type { Asked } from '../../api/rbac/policy-rule';
import type { UserInfo } from '../../api/request';
import { forbidden, StatusError } from '../../api/status-error';
import type { PolicyRule } from '../../api/types';

/** What is to be decided. */
export interface Attributes extends Asked {
  readonly user: UserInfo;
  readonly namespace?: string;
  readonly fieldSelector?: string;
}

/** An answer: `reason` is why it is allowed, or what a refusal adds in the end. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** All rules of a user in a namespace, and what was wrong with finding them. */
export interface UserRules {
  readonly rules: readonly PolicyRule[];
  readonly errors: readonly string[];
  /** True when he may do more than the rules say. */
  readonly incomplete?: boolean;
}

/** Decides, and tells what it would decide. */
export interface Authorizer {
  decide(attributes: Attributes): Decision;
  rulesFor(user: UserInfo, namespace: string): UserRules;
  /** What a role grants that a binding in this namespace refers to. Throws 404. */
  rulesOf(roleRef: { readonly kind: string; readonly name: string }, namespace: string): readonly PolicyRule[];
}

/** Throws 403 unless it is allowed; returns why it is. */
export function authorize(authorizer: Authorizer, attributes: Attributes): string {
  const { allowed, reason } = authorizer.decide(attributes);
  if (!allowed) throw refuse(attributes, reason);
  return reason;
}

/** The 403 of a refusal. */
export function refuse(attributes: Attributes, reason: string): StatusError {
  const { group = '', resource = '', name = '', path } = attributes;
  const safe = sentence(attributes).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const why = reason ? `${safe}: ${reason}` : safe;
  if (path !== undefined) return new StatusError('Forbidden', 403, `forbidden: ${why}`);
  return forbidden(group, resource, name, why);
}

/** `User "jane" cannot list resource "pods" in API group "" in the namespace "shop"`. */
function sentence({ user, verb, group = '', resource, subresource, namespace, path }: Attributes): string {
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (path !== undefined) return `${who} path ${JSON.stringify(path)}`;
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  return `${who} resource "${what}" in API group "${group}" ${where}`;
}
