/**
 * Who asks: the first stage of a request. Names are taken from the request, as if its certificate or token had been checked; whoever may
 * impersonate is treated as the one named.
 * Follows apiserver/pkg/authentication/group/authenticated_group_adder.go and apiserver/pkg/endpoints/filters/impersonation
 * (constrained impersonation, on since 1.36, is tried before the older right).
 */
import type { ApiRequest, UserInfo } from '../api/request';
import { badRequest, type StatusError } from '../api/status-error';
import { type Attributes, type Authorizer, refuse } from './authorization/authorizer';

const ANONYMOUS = 'system:anonymous';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';
const MASTERS = 'system:masters';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;
const NODE = /^system:node:(.+)$/;

/** The user that the rest of the request is judged by. Throws 400 and 403. */
export function authenticate(request: ApiRequest, authorizer: Authorizer): UserInfo {
  const { user: name, groups, uid, impersonate } = request;
  const user = withStandardGroups({ name, groups, uid });
  if (!impersonate) return user;
  if (!impersonate.name) {
    const what = impersonate.uid ? `uid ${impersonate.uid}` : `groups [${impersonate.groups.join(' ')}]`;
    throw badRequest(`requested ${what} without impersonating a user`);
  }
  const refusal = refusalOf(user, request, impersonate, authorizer);
  if (refusal) throw refusal;
  return withStandardGroups(impersonate);
}

/** Everyone is authenticated, apart from the anonymous; a service account is also in the groups of its namespace. */
export function withStandardGroups(user: UserInfo): UserInfo {
  const { name, groups } = user;
  const account = groups.length === 0 ? SERVICE_ACCOUNT.exec(name) : null;
  const given = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : groups;
  const own = name === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED;
  if (given.includes(own) || given.includes(UNAUTHENTICATED)) return user;
  return { ...user, groups: [...given, own] };
}

/** Why somebody may not be another one: every way of impersonating is tried, the first one's refusal is told. */
function refusalOf(
  user: UserInfo,
  request: ApiRequest,
  wanted: UserInfo,
  authorizer: Authorizer,
): StatusError | undefined {
  const constrained = modeOf(wanted);
  if (!constrained) return checkIdentity(user, wanted, '', authorizer);
  const { verb, group, resource, subresource, namespace, name, path } = request;
  const on = `impersonate-on:${constrained}:${verb}`;
  const asked = { user, verb: on, group, resource, subresource, namespace, name, path };
  const refusal = check(authorizer, asked) ?? checkIdentity(user, wanted, constrained, authorizer);
  return refusal && checkIdentity(user, wanted, '', authorizer) && refusal;
}

/** The constrained way that fits whom somebody wants to be. */
function modeOf({ name, groups, uid, extra }: UserInfo): string | undefined {
  const isPlain = groups.length === 0 && !uid && !extra;
  if (NODE.test(name)) return isPlain ? 'arbitrary-node' : undefined;
  if (SERVICE_ACCOUNT.test(name)) return isPlain ? 'serviceaccount' : undefined;
  return 'user-info';
}

function check(authorizer: Authorizer, attributes: Attributes): StatusError | undefined {
  const { allowed, reason } = authorizer.decide(attributes);
  return allowed ? undefined : refuse(attributes, reason);
}

/** Each name used is a right of its own. `mode`: the constrained way, or '' for the older one. */
function checkIdentity(
  user: UserInfo,
  { name, groups, uid, extra = {} }: UserInfo,
  mode: string,
  authorizer: Authorizer,
): StatusError | undefined {
  const verb = mode ? `impersonate:${mode}` : 'impersonate';
  const group = mode ? 'authentication.k8s.io' : '';
  const [, namespace, account] = SERVICE_ACCOUNT.exec(name) ?? [];
  const [, node] = (mode && NODE.exec(name)) || [];
  const identity = account
    ? { resource: 'serviceaccounts', namespace, name: account }
    : { resource: node ? 'nodes' : 'users', name: node ?? name };
  const asked: Attributes[] = [{ user, verb, group, ...identity }];
  if (uid) asked.push({ user, verb, group: 'authentication.k8s.io', resource: 'uids', name: uid });
  for (const each of groups) {
    const attributes = { user, verb, group, resource: 'groups', name: each };
    if (mode && each === MASTERS) return refuse(attributes, 'impersonating the system:masters group is not allowed');
    asked.push(attributes);
  }
  for (const [subresource, values] of Object.entries(extra)) {
    const resource = { group: 'authentication.k8s.io', resource: 'userextras', subresource };
    for (const value of values) asked.push({ user, verb, ...resource, name: value });
  }
  for (const attributes of asked) {
    const refusal = check(authorizer, attributes);
    if (refusal) return refusal;
  }
  return undefined;
}
