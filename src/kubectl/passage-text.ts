/** How the requests of a command went through the API server, in one plain sentence: which rule let them through, or which station refused. */
import type { Passage } from '../engine/api/request';

/** Of the administrator only refusals are worth a word. */
const ADMINISTRATOR = 'kubernetes-admin';

/** `RBAC: allowed by RoleBinding "read/shop" of Role "reader" to User "jane"` without its beginning. */
const ruleOf = (allowedBy: string): string => allowedBy.replace(/^RBAC: allowed by /, '');

/** Text to put behind what a command did; '' where there is nothing to say. */
export function passageText(requests: readonly Passage[] | undefined): string {
  const refused = requests?.find(({ refusedAt }) => refusedAt && refusedAt !== 'storage' && refusedAt !== 'validation');
  if (refused) return ` (${refusalText(refused)})`;
  const last = requests?.findLast(({ user, allowedBy }) => user !== ADMINISTRATOR && allowedBy);
  return last?.allowedBy ? ` (${last.user} may ${wishOf(last)}: ${ruleOf(last.allowedBy)})` : '';
}

function refusalText(passage: Passage): string {
  const { user, refusedAt, allowedBy = '' } = passage;
  if (refusedAt === 'authentication')
    return 'the request was refused at authentication: it may not be sent in that name';
  if (refusedAt === 'authorization' && allowedBy) {
    return `the request passed authentication as ${user} and was refused at authorization: he would grant rights he does not have`;
  }
  if (refusedAt === 'authorization') {
    return `the request passed authentication as ${user} and was refused at authorization: no rule bound to him lets him ${wishOf(passage)}`;
  }
  return `the request passed authentication and authorization as ${user} and was refused at admission`;
}

/** `delete pods in default`. */
function wishOf({ verb, resource, namespace }: Passage): string {
  return namespace ? `${verb} ${resource} in ${namespace}` : `${verb} ${resource}`;
}
