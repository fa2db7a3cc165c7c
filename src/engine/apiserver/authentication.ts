/**
 * Who asks: the first stage of a request. Names are taken from the request, as if its certificate or token had been checked; whoever may
 * impersonate is treated as the one named.
 * Follows apiserver/pkg/authentication/group/authenticated_group_adder.go and apiserver/pkg/endpoints/filters/impersonation.
 */
import type { ApiRequest, UserInfo } from '../api/request';
import { badRequest } from '../api/status-error';
import { type Authorizer, authorize } from './authorization';

const ANONYMOUS = 'system:anonymous';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):[^:]+$/;

/** The user that the rest of the request is judged by. Throws 400 and 403. */
export function authenticate(request: ApiRequest, authorizer: Authorizer): UserInfo {
  const { user: name, groups, uid, impersonate } = request;
  const user = withStandardGroups({ name, groups, uid });
  if (!impersonate) return user;
  if (!impersonate.name) {
    const what = impersonate.uid ? `uid ${impersonate.uid}` : `groups [${impersonate.groups.join(' ')}]`;
    throw badRequest(`requested ${what} without impersonating a user`);
  }
  authorizeImpersonation(user, impersonate, authorizer);
  return withStandardGroups(impersonate);
}

/** Everyone is authenticated, apart from the anonymous; a service account is also in the groups of its namespace. */
function withStandardGroups(user: UserInfo): UserInfo {
  const account = user.groups.length === 0 ? SERVICE_ACCOUNT.exec(user.name) : null;
  const given = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : user.groups;
  const own = user.name === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED;
  return given.includes(own) && given === user.groups ? user : { ...user, groups: [...given, own] };
}

/** Each name used is a right of its own. */
function authorizeImpersonation(user: UserInfo, { name, groups, uid }: UserInfo, authorizer: Authorizer): void {
  const ask = (group: string, resource: string, of: string, namespace?: string) =>
    authorize(authorizer, { user, verb: 'impersonate', group, version: 'v1', resource, namespace, name: of });
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  if (account) ask('', 'serviceaccounts', account[2] as string, account[1]);
  else ask('', 'users', name);
  for (const group of groups) ask('', 'groups', group);
  if (uid) ask('authentication.k8s.io', 'uids', uid);
}
