/**
 * `get --raw PATH`: an object or a list as the API server writes it, and its health. Follows kubectl/pkg/rawhttp/raw.go and the paths of
 * apiserver/pkg/endpoints/installer.go. Left out: discovery and OpenAPI documents, subresources, watches.
 */
import type { Discovery } from '../engine/api/discovery';
import type { ResourceInfo } from '../engine/api/kinds/definition';
import { typeSchema } from '../engine/api/schema';
import { apiVersionOf } from '../engine/api/scheme';
import type { Call } from './command';
import { KubectlError } from './errors';
import { inTypeOrder } from './output/typed-json';
import { notFound } from './refusals';

interface Place {
  readonly info: ResourceInfo;
  /** How clients ask for the kind in this version. */
  readonly id: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

const MISSING = 'the server could not find the requested resource';
const HEALTH = ['/healthz', '/livez', '/readyz'];

function placeOf(path: string, discovery: Discovery): Place | undefined {
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

/** What the server answers. Throws as it refuses. */
export function rawAnswer(call: Call, uri: string): string {
  if (!uri.startsWith('/')) {
    throw new KubectlError(`--raw must be a valid URL path: parse ${JSON.stringify(uri)}: invalid URI for request`);
  }
  const [path = '', query = ''] = uri.split('?');
  if (HEALTH.includes(path)) return 'ok';
  const place = placeOf(path, call.io.client.discovery());
  if (place) {
    const { info, id, namespace, name } = place;
    if (name !== undefined)
      return `${JSON.stringify(inTypeOrder(call.io.client.get(id, namespace, name), info.kind))}\n`;
    return `${listed(call, place, new URLSearchParams(query))}\n`;
  }
  if (/^\/(?:version|metrics|openapi\/.*|api(?:\/v1)?|apis(?:\/[^/]+){0,2})\/?$/.test(path)) {
    throw new KubectlError(`kubestep: get --raw reads objects, lists and /healthz here, not ${path}`, { bare: true });
  }
  throw notFound(MISSING);
}

const EVICTION = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/eviction$/;

/** `create --raw` of an eviction, which kubectl has no command for; true when that is what was asked. */
export function rawEviction(call: Call): boolean {
  const [, namespace, name] = EVICTION.exec(call.flags.text('raw')) ?? [];
  if (!namespace || !name) return false;
  call.io.client.evict(namespace, name, {});
  call.out('{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}\n');
  return true;
}

/** Throws for `--raw` of commands that write. */
export function refuseRaw(call: Call): void {
  if (call.flags.text('raw') === '') return;
  throw new KubectlError('kubestep: --raw is simulated for get only', { bare: true });
}
