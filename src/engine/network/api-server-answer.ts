/**
 * What the API server answers to programs. Follows apiserver/pkg/endpoints/handlers/responsewriters/{errors,status}.go.
 * Left out: all but /version, /api and health, whatever the roles of who asks.
 */
import { SERVER_VERSION } from '../api/server-version';
import { claimsOf, ownerOf } from '../api/service-account-token';
import type { Pod } from '../api/types';

/** What stands in the token that a Pod finds. */
const FOUND = 'token';

interface Answer {
  readonly status: number;
  readonly body: string;
}

const said = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body, null, 2) });

const refusal = (code: number, reason: string, message: string, details?: object): Answer => {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason };
  return said(code, { ...status, ...(details ? { details } : {}), code });
};

/** Who a token stands for: its Pod's ServiceAccount, or whom its claims name; undefined: nobody has made it. */
function accountOf(token: string, pod: Pod | undefined): string | undefined {
  const spec = pod?.spec;
  if (token === FOUND) return spec && `${pod.metadata.namespace}:${spec.serviceAccountName ?? 'default'}`;
  const claims = claimsOf(token);
  if (!claims) return undefined;
  const { namespace, name } = ownerOf(claims);
  return `${namespace}:${name}`;
}

/** What is forbidden, in the authorizer's words. */
function forbidden(user: string, path: string): Answer {
  const [, group = '', namespace, resource, name] =
    /^\/(?:api|apis\/([^/]+))\/v\w+(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?/.exec(path) ?? [];
  if (resource === undefined)
    return refusal(403, 'Forbidden', `forbidden: User ${JSON.stringify(user)} cannot get path "${path}"`, {});
  const verb = name === undefined ? 'list' : 'get';
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const what = name === undefined ? resource : `${resource} ${JSON.stringify(name)}`;
  const why = `cannot ${verb} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(group)} ${where}`;
  const details = { ...(name === undefined ? {} : { name }), ...(group ? { group } : {}), kind: resource };
  return refusal(403, 'Forbidden', `${what} is forbidden: User ${JSON.stringify(user)} ${why}`, details);
}

/** What a GET of a path, perhaps with a query, comes to for a program of a Pod, or of nobody's. */
export function askServer(asked: string, headers: Readonly<Record<string, string>>, pod: Pod | undefined): Answer {
  const [path = ''] = asked.split('?');
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'authorization') ?? '';
  const [, token] = /^Bearer\s+(\S+)/i.exec(headers[name] ?? '') ?? [];
  const account = token === undefined ? undefined : accountOf(token, pod);
  if (token !== undefined && account === undefined) return refusal(401, 'Unauthorized', 'Unauthorized');
  if (/^\/(?:healthz|livez|readyz)(?:\/|$)/.test(path)) return { status: 200, body: 'ok' };
  if (/^\/version\/?$/.test(path)) return said(200, SERVER_VERSION);
  if (account === undefined) return forbidden('system:anonymous', path);
  if (!/^\/api\/?$/.test(path)) return forbidden(`system:serviceaccount:${account}`, path);
  const addresses = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }];
  return said(200, { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: addresses });
}
