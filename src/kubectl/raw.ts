/**
 * `get --raw PATH`: an object or a list as the API server writes it, and its health. Follows kubectl/pkg/rawhttp/raw.go and the paths of
 * apiserver/pkg/endpoints/installer.go. Left out: lists of kinds, OpenAPI documents, subresources, watches.
 */
import type { Discovery } from '../engine/api/discovery';
import type { ResourceInfo } from '../engine/api/kinds/definition';
import { typeSchema } from '../engine/api/schema';
import { apiVersionOf } from '../engine/api/scheme';
import type { Call } from './command';
import { KubectlError } from './errors';
import { inTypeOrder } from './output/typed-json';
import { documentOf, healthOf } from './raw-documents';
import { notFound } from './refusals';

/** What a path means. */
export interface Place {
  readonly info: ResourceInfo;
  /** How clients ask for the kind in this version. */
  readonly id: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

const MISSING = 'the server could not find the requested resource';

/** What a path means; undefined when nothing is there. */
export function placeOf(path: string, discovery: Discovery): Place | undefined {
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)(?:\/([^/]+))?\/?$/.exec(path);
  if (!match) return undefined;
  const [, group = '', version = '', namespace, plural = '', name] = match;
  const info = discovery.findResource(group, version, plural);
  if (!info || (namespace !== undefined && !info.namespaced)) return undefined;
  if (name !== undefined && info.namespaced && namespace === undefined) return undefined;
  const id = discovery.find(info.id) === info ? info.id : `${info.kind}.${version}.${group}`;
  return { info, id, namespace, name };
}

function listed(call: Call, { info, id, namespace }: Place, query: URLSearchParams): string {
  const selectors = {
    labelSelector: query.get('labelSelector') ?? undefined,
    fieldSelector: query.get('fieldSelector') ?? undefined,
  };
  const items = call.io.client.list(id, { namespace, ...selectors }).map((object) => {
    // Custom objects are maps to the server, which name their kind also in lists.
    if (!typeSchema(info.kind)) return inTypeOrder(object, '');
    const { kind: _kind, apiVersion: _version, ...item } = object;
    return inTypeOrder(item, info.kind);
  });
  const metadata = { resourceVersion: String(call.io.client.listRevision(id, namespace)) };
  return JSON.stringify({ kind: `${info.kind}List`, apiVersion: apiVersionOf(info), metadata, items });
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
  const health =
    healthOf(path, new URLSearchParams(query).has('verbose')) ?? documentOf(path, call.io.client.discovery());
  if (health !== undefined) return health;
  if (place) {
    const { info, id, namespace, name } = place;
    if (name !== undefined)
      return `${JSON.stringify(inTypeOrder(call.io.client.get(id, namespace, name), info.kind))}\n`;
    return `${listed(call, place, new URLSearchParams(query))}\n`;
  }
  if (/^\/(?:metrics|openapi\/.*|api(?:\/v1)?|apis(?:\/[^/]+\/[^/]+)?)\/?$/.test(path)) {
    throw new KubectlError(`kubestep: get --raw reads objects, lists, groups, /version and /readyz here, not ${path}`, {
      bare: true,
    });
  }
  throw notFound(MISSING);
}
