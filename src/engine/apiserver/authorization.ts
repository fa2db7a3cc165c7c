/**
 * Whether somebody may do something: the second stage of a request. There is one mode so far, in which everything is allowed.
 * Follows apiserver/pkg/authorization/authorizer/interfaces.go and apiserver/pkg/endpoints/handlers/responsewriters/errors.go.
 */
import type { UserInfo } from '../api/request';
import { forbidden } from '../api/status-error';

/** What is to be decided. */
export interface Attributes {
  readonly user: UserInfo;
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Decides; `reason` is what a refusal adds in the end. */
export type Authorizer = (attributes: Attributes) => { readonly allowed: boolean; readonly reason?: string };

/** --authorization-mode=AlwaysAllow. */
export const alwaysAllow: Authorizer = () => ({ allowed: true });

/** Throws 403 unless it is allowed. */
export function authorize(authorizer: Authorizer, attributes: Attributes): void {
  const { allowed, reason } = authorizer(attributes);
  if (allowed) return;
  const { group, resource, subresource, name = '' } = attributes;
  const why = reason ? `${sentence(attributes)}: ${reason}` : sentence(attributes);
  throw forbidden(group, subresource ? `${resource}/${subresource}` : resource, name, why);
}

/** `User "jane" cannot list resource "pods" in API group "" in the namespace "shop"`. */
function sentence({ user, verb, group, resource, subresource, namespace }: Attributes): string {
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  return `User "${user.name}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
}
