/**
 * What the API server answers to programs. Follows apiserver/pkg/endpoints/handlers/responsewriters/{errors,status}.go.
 * Left out: discovery but for /api, parts of objects, watches and writes, whatever the roles of who asks.
 */
import type { Discovery } from '../api/discovery';
import { goJson } from '../api/go-text';
import type { KubeObject } from '../api/meta';
import { statusOf } from '../api/request';
import { apiVersionOf, isCustomKind } from '../api/scheme';
import { SERVER_VERSION } from '../api/server-version';
import { claimsOf, ownerOf } from '../api/service-account-token';
import { StatusError } from '../api/status-error';
import type { Pod } from '../api/types';
import type { Client } from '../client/client';
import type { NetworkRequest } from './request';

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

const RESOURCE = /^\/(?:api|apis\/([^/]+))\/(v\w+)(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?\/?/;

/** What is forbidden, in the authorizer's words. */
function forbidden(user: string, path: string): Answer {
  const [, group = '', , namespace, resource, name] = RESOURCE.exec(path) ?? [];
  if (resource === undefined)
    return refusal(403, 'Forbidden', `forbidden: User ${JSON.stringify(user)} cannot get path "${path}"`, {});
  const verb = name === undefined ? 'list' : 'get';
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const what = name === undefined ? resource : `${resource} ${JSON.stringify(name)}`;
  const why = `cannot ${verb} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(group)} ${where}`;
  const details = { ...(name === undefined ? {} : { name }), ...(group ? { group } : {}), kind: resource };
  return refusal(403, 'Forbidden', `${what} is forbidden: User ${JSON.stringify(user)} ${why}`, details);
}

/** A parameter of a query; selectors have no letters beyond ASCII. */
function parameterOf(query: string, key: string): string | undefined {
  const found = query.split('&').find((each) => each.startsWith(`${key}=`));
  const plain = found?.slice(key.length + 1).replaceAll('+', ' ');
  return plain?.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The object or the list that a path names, if it names one. */
function readBy(client: Client, discovery: Discovery, path: string, query: string): Answer | undefined {
  const [whole = '', group = '', version = '', namespace, plural = '', name] = RESOURCE.exec(path) ?? [];
  const info = discovery.findResource(group, version, plural);
  if (!info || whole !== path || /(?:^|&)watch\b/.test(query)) return undefined;
  const plain = ({ kind: _kind, apiVersion: _version, ...rest }: KubeObject): object => rest;
  const apiVersion = apiVersionOf(info);
  const isCustom = isCustomKind(info.id);
  // Custom objects are written as the maps that they are there, by the order of their keys.
  const write = (body: object): Answer => ({
    status: 200,
    body: isCustom ? goJson(body, '  ') : JSON.stringify(body, null, 2),
  });
  try {
    if (name !== undefined) {
      const object = client.get<KubeObject>(info.id, namespace, name);
      return write({ kind: info.kind, apiVersion, ...plain(object) });
    }
    const [labelSelector, fieldSelector] = ['labelSelector', 'fieldSelector'].map((key) => parameterOf(query, key));
    const found = client.list(info.id, { namespace, labelSelector, fieldSelector });
    const resourceVersion = String(client.listRevision(info.id, namespace));
    const list = { kind: `${info.kind}List`, apiVersion };
    return isCustom
      ? write({ ...list, metadata: { continue: '', resourceVersion }, items: found })
      : write({ ...list, metadata: { resourceVersion }, items: found.map(plain) });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return said(error.code, statusOf(error));
  }
}

/** What a request for a path, perhaps with a query, comes to for a program of a Pod, or of nobody's. */
export function askServer(
  client: Client,
  { method, path: asked, headers }: Pick<NetworkRequest, 'method' | 'path' | 'headers'>,
  pod: Pod | undefined,
): Answer {
  const [path = '', query = ''] = asked.split('?');
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'authorization') ?? '';
  const [, token] = /^Bearer\s+(\S+)/i.exec(headers[name] ?? '') ?? [];
  const account = token === undefined ? undefined : accountOf(token, pod);
  if (token !== undefined && account === undefined) return refusal(401, 'Unauthorized', 'Unauthorized');
  if (/^\/(?:healthz|livez|readyz)(?:\/|$)/.test(path)) return { status: 200, body: 'ok' };
  if (/^\/version\/?$/.test(path)) return said(200, SERVER_VERSION);
  const user = account === undefined ? 'system:anonymous' : `system:serviceaccount:${account}`;
  const acting = client.acting({ identity: { name: user, groups: [] }, managedFields: true });
  const read = method === 'GET' && readBy(acting, client.discovery(), path, query);
  if (read) return read;
  if (account === undefined || !/^\/api\/?$/.test(path)) return forbidden(user, path);
  const addresses = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }];
  return said(200, { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: addresses });
}
