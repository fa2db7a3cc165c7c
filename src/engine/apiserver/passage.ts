/** How a request went: the stations it passed, and the one that refused it. Follows DefaultBuildHandlerChain in apiserver/pkg/server/config.go. */
import type { ApiRequest, Passage, Station, UserInfo } from '../api/request';
import type { StatusError } from '../api/status-error';

/** What is known of a request by the time it is answered. */
export interface Passed {
  user?: UserInfo;
  allowedBy?: string;
}

/** The station of a refusal: by how far the request had come, and by what is said. */
function stationOf({ user, allowedBy }: Passed, { reason, message }: StatusError): Station {
  if (!user) return 'authentication';
  if (allowedBy === undefined || message.includes('is attempting to grant RBAC permissions')) return 'authorization';
  if (reason === 'Forbidden' || message.includes('ValidatingAdmissionPolicy ')) return 'admission';
  return reason === 'Invalid' || reason === 'BadRequest' ? 'validation' : 'storage';
}

/** The evidence that a request leaves. */
export function passageOf(request: ApiRequest, passed: Passed, refusal?: StatusError): Passage {
  const { group, resource, subresource, verb, namespace, name, user: sender, groups, impersonate } = request;
  const user = passed.user ?? impersonate ?? { name: sender, groups };
  const qualified = `${group ? `${resource}.${group}` : resource}${subresource ? `/${subresource}` : ''}`;
  return {
    user: user.name,
    groups: user.groups,
    verb,
    resource: qualified,
    ...(namespace ? { namespace } : {}),
    ...(name ? { name } : {}),
    ...(passed.allowedBy ? { allowedBy: passed.allowedBy } : {}),
    ...(refusal ? { refusedAt: stationOf(passed, refusal) } : {}),
  };
}
