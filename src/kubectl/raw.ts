/**
 * `get --raw PATH`: an object, a part of it or a list as the API server writes it, what it serves, and its health. Follows
 * kubectl/pkg/rawhttp/raw.go and the paths of apiserver/pkg/endpoints/installer.go. Left out: OpenAPI documents, metrics, watches.
 */
import type { Discovery } from '../engine/api/discovery';
import { goJson } from '../engine/api/go-text';
import type { ResourceInfo } from '../engine/api/kinds/definition';
import type { PodLogOptions } from '../engine/api/pod-streams';
import { apiVersionOf, isCustomKind } from '../engine/api/scheme';
import type { Call } from './command';
import { KubectlError } from './errors';
import { asItem, inTypeOrder } from './output/typed-json';
import { documentOf, healthOf } from './raw-documents';
import { methodNotAllowed, notFound } from './refusals';

/** What a path means. */
export interface Place {
  readonly info: ResourceInfo;
  /** How clients ask for the kind in this version. */
  readonly id: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** The part of the object that is asked for. */
  readonly part: string | undefined;
}

const UNAVAILABLE = 'Error from server (ServiceUnavailable): the server is currently unable to handle the request';
const MISSING = 'the server could not find the requested resource';

const NAMESPACE_PARTS: readonly string[] = ['status', 'finalize'];

/** What a path means; undefined when nothing is there. */
export function placeOf(path: string, discovery: Discovery): Place | undefined {
  const match =
    /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)(?:\/([^/]+)(?:\/([a-z]+))?)?\/?$/.exec(path);
  if (!match) return undefined;
  const [, group = '', version = '', namespace, plural = '', name, part] = match;
  // What follows the name of a Namespace is a part of it, where it is no resource.
  if (namespace !== undefined && name === undefined && NAMESPACE_PARTS.includes(plural)) {
    const info = discovery.findResource(group, version, 'namespaces');
    return info && { info, id: info.id, namespace: undefined, name: namespace, part: plural };
  }
  const info = discovery.findResource(group, version, plural);
  if (!info || (namespace !== undefined && !info.namespaced)) return undefined;
  if (name !== undefined && info.namespaced && namespace === undefined) return undefined;
  const id = discovery.find(info.id) === info ? info.id : `${info.kind}.${version}.${group}`;
  return { info, id, namespace, name, part };
}

/** Custom objects are written as the maps that they are to the server, by the order of their keys. */
const isCustom = ({ id }: ResourceInfo): boolean => isCustomKind(id);

function listed(call: Call, { info, id, namespace }: Place, query: URLSearchParams): string {
  const selectors = {
    labelSelector: query.get('labelSelector') ?? undefined,
    fieldSelector: query.get('fieldSelector') ?? undefined,
  };
  const found = call.io.client.list(id, { namespace, ...selectors });
  const resourceVersion = String(call.io.client.listRevision(id, namespace));
  const list = { kind: `${info.kind}List`, apiVersion: apiVersionOf(info) };
  if (isCustom(info)) return goJson({ ...list, metadata: { continue: '', resourceVersion }, items: found });
  const items = found.map((object) => asItem(object, info.kind));
  return JSON.stringify({ ...list, metadata: { resourceVersion }, items });
}

/** What a real server answers and this one refuses. */
const UNREAD =
  /^\/(?:metrics(?:\/.*)?|openapi\/.*|openid\/v1\/jwks|flagz|statusz|api\/v1\/(?:namespaces\/[^/]+\/(?:pods|services)|nodes)\/[^/]+\/proxy(?:\/.*)?)$/;

/** Parts that answer with the whole object. */
const WHOLE: readonly string[] = ['status', 'resize', 'ephemeralcontainers'];

/** What a query asks of a log; it is never followed here. */
function logOptions(query: URLSearchParams): PodLogOptions {
  const given = [...new Set(query.keys())].flatMap((name): [string, string | number | boolean][] => {
    const value = query.get(name) ?? '';
    if (/^(container|sinceTime|stream)$/.test(name)) return [[name, value]];
    if (/^(previous|timestamps)$/.test(name)) return [[name, !/^(false|0)$/i.test(value)]];
    return /^(tailLines|limitBytes|sinceSeconds)$/.test(name) && /^-?\d+$/.test(value) ? [[name, Number(value)]] : [];
  });
  return Object.fromEntries(given);
}

function found(call: Call, { info, id, namespace, part }: Place, name: string, query: URLSearchParams): string {
  const { client } = call.io;
  const line = (object: object, type: string): string =>
    `${isCustom(info) && type === info.kind ? goJson(object) : JSON.stringify(inTypeOrder(object, type))}\n`;
  if (part === undefined) return line(client.get(id, namespace, name), info.kind);
  if (!info.subresources.some((each) => each === part)) throw notFound(MISSING);
  if (part === 'scale') return line(client.get(id, namespace, name, 'scale'), 'Scale');
  if (part === 'log') return client.log(namespace as string, name, logOptions(query)).text;
  if (WHOLE.includes(part)) return line(client.get(id, namespace, name), info.kind);
  throw methodNotAllowed('the server does not allow this method on the requested resource');
}

/** Throws for what is no path. */
export function refuseBadUri(uri: string): void {
  if (uri.startsWith('/')) return;
  throw new KubectlError(`--raw must be a valid URL path: parse ${JSON.stringify(uri)}: invalid URI for request`);
}

/** What the server answers. Throws as it refuses. */
export function rawAnswer(call: Call, uri: string): string {
  refuseBadUri(uri);
  const [path = '', query = ''] = uri.split('?');
  const place = placeOf(path, call.io.client.discovery());
  if (!place) call.io.client.visit(path);
  const { stale } = call.io.client.discovery();
  if (stale !== undefined && `${path}/`.startsWith(`/apis/${stale}/`))
    throw new KubectlError(UNAVAILABLE, { bare: true });
  const document = healthOf(path, new URLSearchParams(query)) ?? documentOf(path, call.io.client.discovery());
  if (document !== undefined) return document;
  if (UNREAD.test(path)) {
    const read = 'objects, their status and scale, lists, what is served, /version and paths of health';
    throw new KubectlError(`kubestep: get --raw reads ${read} here, not ${path}`, { bare: true });
  }
  if (!place) throw notFound(MISSING);
  const asked = new URLSearchParams(query);
  return place.name === undefined ? `${listed(call, place, asked)}\n` : found(call, place, place.name, asked);
}
